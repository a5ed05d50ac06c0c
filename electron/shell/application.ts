import { app, dialog, type BrowserWindow } from 'electron';
import type { LockReason } from '../app/shellMessages';
import { startCore, type CoreProcess } from './coreProcess';
import { answerTokens } from './ipcMain';
import { corePlaces } from './hostPorts';
import { createWindow } from './window';
import { serveUi } from './protocol';

/** The running application as the shell sees it: one window and one core, replaced together on lock. */
export interface Application {
  focus(): void;
  lock(reason: LockReason): void;
}

const MIN_UPTIME_BEFORE_RESTART_MS = 2_000;

export function startApplication(): Application {
  serveUi();
  let core: CoreProcess;
  let window = createWindow(null);

  function startPair(folder: string | null): void {
    const startedAtMs = Date.now();
    core = startCore(corePlaces(folder), {
      currentWindow: () => window,
      onRestartLocked: (lockedFolder) => replacePair(lockedFolder),
      onDied: (code) => {
        if (Date.now() - startedAtMs < MIN_UPTIME_BEFORE_RESTART_MS) return reportBrokenCore(code);
        replacePair(folder);
      },
    });
    connect(window);
  }

  function connect(target: BrowserWindow): void {
    const joined = core;
    // A window that loads again needs a new port; the old one ended with its page.
    target.webContents.on('did-finish-load', () => joined.joinWindow(target));
    if (!target.webContents.isLoading() && target.webContents.getURL() !== '')
      joined.joinWindow(target);
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
  return {
    focus() {
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    lock: (reason) => core.lock(reason),
  };
}

function reportBrokenCore(code: number): void {
  dialog.showErrorBox(
    'Assay cannot start',
    `The process that keeps the workspace ended at once (code ${code}). No workspace was changed. Reinstall Assay, or look into the log file core.log in ${app.getPath('userData')}.`,
  );
  app.exit(1);
}
