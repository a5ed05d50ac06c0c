import type { BrowserWindow } from 'electron';
import type { CoreToShell, ShellToCore } from '../app/shellMessages';
import { askPerson } from './hostPorts';
import { askKeychain } from './keychain';
import { printPdf } from './printPdf';

/** Answers what core asks of the person, the keychain and the printer; null where a message asks nothing. */
export function answerCore(
  message: CoreToShell,
  currentWindow: () => BrowserWindow,
): Promise<ShellToCore> | null {
  if (message.type === 'askKeychain') {
    const { id, question } = message;
    return askKeychain(question).then((answer) => ({ type: 'keychainAnswer', id, answer }));
  }
  if (message.type === 'print') {
    const { id, html } = message;
    return printPdf(html)
      .then((pdf) => pdf.toString('base64'))
      .catch(() => null)
      .then((pdf) => ({ type: 'printed', id, pdf }));
  }
  if (message.type === 'ask') {
    const { id, question } = message;
    // A window that is replaced while the dialog is open takes the dialog with it.
    return askPerson(currentWindow(), question)
      .catch(() => null)
      .then((path) => ({ type: 'answer', id, path }));
  }
  return null;
}
