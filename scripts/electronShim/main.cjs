// Stands in for Electron's own default application, which the registry-borne runtime lacks:
// `electron [-r module]... FOLDER` loads the application in FOLDER.
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, resolve } = require('node:path');

/** @returns {{ modules: string[], folder: string | null }} */
function readArguments() {
  const modules = [];
  const args = process.argv.slice(1);
  while (args.length > 0) {
    const arg = args.shift() ?? '';
    if (arg === '-r' || arg === '--require') modules.push(args.shift() ?? '');
    else if (!arg.startsWith('-')) return { modules, folder: resolve(arg) };
  }
  return { modules, folder: null };
}

const { modules, folder } = readArguments();
for (const name of modules) require(name);
if (folder === null) {
  console.error('usage: electron [-r module]... FOLDER');
  app.exit(2);
} else {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  app.setName(manifest.productName ?? manifest.name);
  // Electron's own default application calls these too, though their types are not published.
  const { setVersion, setAppPath } = /** @type {Record<string, (value: string) => void>} */ (
    /** @type {unknown} */ (app)
  );
  setVersion?.call(app, manifest.version);
  setAppPath?.call(app, folder);
  const { _load } = /** @type {{ _load(id: string, parent: unknown, isMain: boolean): void }} */ (
    /** @type {unknown} */ (Module)
  );
  _load.call(Module, join(folder, manifest.main), Module, true);
}
