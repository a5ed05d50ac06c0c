import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Serves its page like Assay does, and takes none of its precautions. */
const MAIN = `
const { app, BrowserWindow, protocol } = require('electron');
const privileges = { standard: true, secure: true, supportFetchAPI: true };
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
app.whenReady().then(() => {
  const headers = { 'Content-Type': 'text/html' };
  protocol.handle('app', () => new Response('<!doctype html><body>open</body>', { headers }));
  new BrowserWindow().loadURL('app://ui/index.html');
});
`;

/** Writes the planted fault: an application that a hostile page can send from. */
export function writeUnhardenedApp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-unhardened-'));
  const manifest = { name: 'unhardened', version: '1.0.0', main: 'main.cjs' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.cjs'), MAIN);
  return folder;
}
