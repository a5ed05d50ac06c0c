import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../support/bundleProgram';
import { tempFolder } from '../support/tempFolder';
import { PASSPHRASE, createTestVault } from '../support/testVault';

const MARKER = 'PlainTextMarker7391';
const hasStrace = spawnSync('strace', ['-V']).status === 0;

let program = '';

beforeAll(async () => {
  program = await bundleProgram(resolve('test/vault/secrecyWriter.ts'));
  symlinkSync(resolve('node_modules'), join(dirname(program), 'node_modules'));
});

function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
}

describe('a whole session', () => {
  it('leaves neither record nor passphrase readable in any file of the workspace', () => {
    const folder = join(tempFolder(), 'workspace');
    const said = execFileSync(process.execPath, [program, folder, PASSPHRASE, MARKER], {
      encoding: 'utf8',
    });
    expect(said).toBe('finished\n');
    expect(readdirSync(folder).sort()).toEqual([
      'assay.db',
      'attempts.log',
      'heads.log',
      'vault.json',
    ]);
    for (const secret of [MARKER, PASSPHRASE, 'vault.unlocked', 'CREATE TABLE']) {
      expect(filesWith(folder, secret)).toEqual([]);
    }
    // The search itself works: the name of the person is readable, for the sign-in screen.
    expect(filesWith(folder, '"printedName":"Ada"')).toEqual(['vault.json']);
  });

  it.runIf(hasStrace)('writes to no file outside the workspace, not even while sorting', () => {
    const folder = join(tempFolder(), 'workspace');
    const trace = join(tempFolder(), 'trace');
    const calls = 'trace=open,openat,creat,memfd_create';
    const command = [process.execPath, program, folder, PASSPHRASE, MARKER];
    execFileSync('strace', ['-f', '-qq', '-o', trace, '-e', calls, ...command]);
    const written = [
      ...readFileSync(trace, 'utf8').matchAll(
        /"([^"]+)", [^)]*O_(?:WRONLY|RDWR|CREAT)[^)]*\) = \d/g,
      ),
    ]
      .map(([, path = '']) => path)
      .filter((path) => !path.startsWith('/dev/') && !path.startsWith('/proc/'));
    expect(written.length).toBeGreaterThan(5);
    expect(written.filter((path) => !path.startsWith(folder))).toEqual([]);
  });
});

describe('a person without the passphrase', () => {
  it('reads nothing from the files: only what the sign-in screen shows', async () => {
    const { vault, session, folder, personId } = await createTestVault();
    session().write('test.secret', 'x', { after: { text: MARKER } }, () => undefined);
    vault.lock('person');
    await expect(vault.unlock(personId, `${PASSPHRASE}.`)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(vault.session()).toBeNull();
    expect(filesWith(folder, MARKER)).toEqual([]);
    expect(Object.keys(vault.status()).sort()).toEqual([
      'failedAttempts',
      'folder',
      'hasRecoveryKit',
      'people',
      'retryAfterMs',
      'state',
      'workspaceName',
    ]);
  });
});
