import { app } from 'electron';
import type { LockReason } from '../app/shellMessages';
import { startCore, type CoreProcess } from './coreProcess';
import { giveUp, MIN_UPTIME_MS } from './giveUp';
import { answerTokens } from './ipcMain';
import { corePlaces } from './hostPorts';
import { createWindow } from './window';
import { serveUi } from './protocol';

/** The running application as the shell sees it: one window and one core, replaced together on lock. */
export interface Application {
  focus(): void;
  lock(reason: LockReason): void;
}

export function startApplication(): Application {
  serveUi();
  let core: CoreProcess;
  let window = createWindow(null);

  function startPair(folder: string | null): void {
    const startedAtMs = Date.now();
    let openFolder = folder;
    const started = startCore(corePlaces(folder), {
      currentWindow: () => window,
      onFolder: (opened) => (openFolder = opened),
      onRestartLocked: (lockedFolder) => replacePair(lockedFolder),
      onDied: (code) => {
        if (Date.now() - startedAtMs < MIN_UPTIME_MS)
          return giveUp(`The process that keeps the workspace (code ${code})`);
        replacePair(openFolder);
      },
    });
    const target = window;
    // A window that loads again needs a new port; the old one ended with its page.
    target.webContents.on('did-finish-load', () => started.joinWindow(target));
    core = started;
  }

  /** Locking leaves no copy of a key: the core process ends and the renderer is a new one. */
  function replacePair(folder: string | null): void {
    const old = window;
    core.kill();
    window = createWindow(old.getBounds());
    startPair(folder);
    old.destroy();
  }

  answerTokens(
    () => window,
    (token, path) => core.rememberToken(token, path),
  );
  startPair(null);
  app.on('will-quit', () => core.kill());
  return {
    focus() {
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    lock: (reason) => core.lock(reason),
  };
}
