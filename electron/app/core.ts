import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createJobRunner } from '../workers/jobRunner';
import { createCore, type Core } from './createContext';
import { dispatch } from './dispatch';
import { createLog, type Log } from './log';
import { parentPort, type ParentPort } from '../workers/parentPort';
import { AUTO_LOCK_AFTER_MS } from '../vault/vaultStatus';
import { createIdleLock } from './idleLock';
import { startIntakeLoop } from './intakeLoop';
import { createShellLink } from './shellLink';
import type { CorePlaces, ShellToCore } from './shellMessages';
import { serveWindow } from './windowPort';

/** Entry of the core process: keys, the database and the gate live here and nowhere else. */
function main(shell: ParentPort): void {
  const link = createShellLink(shell);
  let core: Core | null = null;
  const idle = createIdleLock(AUTO_LOCK_AFTER_MS, () => {
    if (core === null || core.context.vault.session() === null) return;
    void dispatch(core, 'vault.lock', { reason: 'idle' });
  });
  shell.on('message', ({ data, ports }) => {
    const message = data as ShellToCore; // only the shell holds the other end
    if (message.type === 'start') core = startCore(message.places, link);
    else if (message.type === 'window' && core !== null && ports[0] !== undefined)
      serveWindow(core, ports[0], idle);
    else if (message.type === 'lock' && core !== null)
      void dispatch(core, 'vault.lock', { reason: message.reason });
    else link.receive(message, ports);
  });
}

function startCore(places: CorePlaces, link: ReturnType<typeof createShellLink>): Core {
  const log = fileLog(join(places.userDataFolder, 'logs'));
  const core = createCore({
    ports: link.portsFor(places),
    log,
    jobs: createJobRunner(link.startJob),
    onFolder: link.noteFolder,
  });
  if (places.folder !== null) reopen(core, places.folder);
  startIntakeLoop(core);
  process.on('uncaughtException', (error) => log.error('uncaught exception in core', { error }));
  return core;
}

/** After a lock the same workspace is shown again; a folder that is gone leads to the first screen. */
function reopen({ context: { vault, log } }: Core, folder: string): void {
  try {
    vault.open(folder);
  } catch (error) {
    log.error('the locked workspace cannot be shown again', { error });
  }
}

function fileLog(folder: string): Log {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'core.log');
  return createLog((line) => {
    try {
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      process.stderr.write(`${line}\n`); // a full disk must not stop core
    }
  });
}

const shell = parentPort();
if (shell === null) throw new Error('core runs as a utility process of the shell');
main(shell);
