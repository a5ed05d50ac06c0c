import { ipcMain, type BrowserWindow } from 'electron';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { isOwnPage } from './security';

/**
 * Gives out a token for a file that the person dropped on the window. The path goes from the preload
 * to the shell to core; the page itself only ever holds the token.
 */
export function answerTokens(
  currentWindow: () => BrowserWindow,
  remember: (token: string, path: string) => void,
): void {
  ipcMain.handle('file.token', (event, path: unknown, canBeFolder: unknown) => {
    const frame = event.senderFrame;
    const isMainFrame = frame !== null && frame === currentWindow().webContents.mainFrame;
    if (!isMainFrame || !isOwnPage(frame.url)) throw new Error('file.token: not the main window');
    const isPath = typeof path === 'string' && path.length <= 4096 && isAbsolute(path);
    if (!isPath || !(isFile(path) || (canBeFolder === true && isFolder(path)))) {
      throw new Error('file.token: only a file can be dropped here');
    }
    const token = randomUUID();
    remember(token, path);
    return token;
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
