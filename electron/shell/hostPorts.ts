import { app, dialog, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import type { CorePlaces, Question } from '../app/shellMessages';

/** Where core finds and keeps things on this machine. */
export function corePlaces(folder: string | null): CorePlaces {
  return {
    resourcesFolder: app.isPackaged
      ? join(process.resourcesPath, 'assay')
      : join(app.getAppPath(), 'resources'),
    defaultWorkspacesFolder: join(app.getPath('documents'), 'Assay'),
    userDataFolder: app.getPath('userData'),
    appVersion: app.getVersion(),
    folder,
  };
}

/** Puts a question of core's to the person in a native dialog; null when the person closes it. */
export async function askPerson(window: BrowserWindow, question: Question): Promise<string | null> {
  if (question.kind === 'pickSaveFile') {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: question.title,
      defaultPath: join(app.getPath('documents'), question.suggestedName),
      filters: fileFilters(question.extensions),
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    });
    return canceled || filePath === '' ? null : filePath;
  }
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: question.title,
    ...(question.kind === 'pickFolder'
      ? { properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] }
      : { properties: ['openFile', 'dontAddToRecent'], filters: fileFilters(question.extensions) }),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

function fileFilters(extensions: readonly string[]): { name: string; extensions: string[] }[] {
  const all = { name: 'All files', extensions: ['*'] };
  if (extensions.length === 0) return [all];
  const name = extensions.map((extension) => `.${extension}`).join(', ');
  return [{ name, extensions: [...extensions] }, all];
}
