import { readFileSync } from 'node:fs';
import { AppFailure } from '../../shared/ipc/errors';

/**
 * Gets a passphrase from where no other program can see it: a file descriptor, the environment
 * variable ASSAY_PASSPHRASE, or the terminal without an echo. Never from an argument.
 */
export async function readPassphrase(
  prompt: string,
  fileDescriptor: string | undefined,
): Promise<string> {
  if (fileDescriptor !== undefined) return fromDescriptor(fileDescriptor);
  const fromEnvironment = process.env['ASSAY_PASSPHRASE'];
  if (fromEnvironment !== undefined) return fromEnvironment;
  if (!process.stdin.isTTY) {
    throw new AppFailure(
      'INVALID_INPUT',
      'No passphrase: give it by --passphrase-fd N, in ASSAY_PASSPHRASE, or type it in a terminal.',
    );
  }
  return fromTerminal(prompt);
}

function fromDescriptor(text: string): string {
  const descriptor = Number(text);
  if (!Number.isInteger(descriptor) || descriptor < 0) {
    throw new AppFailure(
      'INVALID_INPUT',
      `--passphrase-fd wants the number of an open file descriptor, not ${text}.`,
    );
  }
  try {
    return readFileSync(descriptor, 'utf8').replace(/\r?\n$/u, '');
  } catch {
    throw new AppFailure('INVALID_INPUT', `File descriptor ${descriptor} cannot be read.`);
  }
}

function fromTerminal(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(prompt);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed = '';
    const finish = (): void => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.off('data', onData);
      stderr.write('\n');
    };
    const onData = (chunk: string): void => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') {
          finish();
          return resolve(typed);
        }
        if (character === '\u0003') {
          finish();
          return reject(new AppFailure('CANCELLED', 'Cancelled. Nothing was changed.'));
        }
        typed = character === '\u007f' ? [...typed].slice(0, -1).join('') : typed + character;
      }
    };
    stdin.on('data', onData);
  });
}
