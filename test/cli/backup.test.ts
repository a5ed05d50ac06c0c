import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliRun } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';
import { PASSPHRASE } from '../support/testVault';

/** Away from what the machine's own user has. */
const HOME = tempFolder();
const workspace = join(tempFolder(), 'workspace');
const file = join(tempFolder(), 'backup.assaybackup');
let made: CliRun;

function assay(args: readonly string[], passphrase = PASSPHRASE): Promise<CliRun> {
  return runCli(['workspace', ...args], { HOME, ASSAY_PASSPHRASE: passphrase });
}

beforeAll(async () => {
  await assay(['create', workspace, '--name', 'Risk models', '--person', 'Ada Analyst']);
  made = await assay(['backup', workspace, file, '--json']);
}, 120_000);

describe('assay workspace backup', () => {
  it('writes one file and prints where it is and its digest', () => {
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(made.stdout)).toMatchObject({
      path: file,
      fileName: 'backup.assaybackup',
      sizeBytes: readFileSync(file).length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
    });
  });

  it('does not overwrite a file that is there', async () => {
    const before = readFileSync(file);
    expect(await assay(['backup', workspace, file])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('is there already'),
    });
    expect(readFileSync(file)).toEqual(before);
  });

  it('writes nothing with a wrong passphrase', async () => {
    const other = join(tempFolder(), 'other.assaybackup');
    expect(await assay(['backup', workspace, other], 'not the passphrase')).toMatchObject({
      code: 2,
    });
    expect(existsSync(other)).toBe(false);
  });
});

describe('assay workspace restore', () => {
  it('makes a workspace that is intact and goes on from the backup', async () => {
    const folder = join(tempFolder(), 'restored');
    const restored = await assay(['restore', file, folder, '--person', 'Ada Analyst', '--json']);
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(restored.stdout)).toMatchObject({ name: 'Risk models', folder });
    const check = await assay(['check', folder, '--json']);
    expect(check.code).toBe(0);
    const { nEvents } = JSON.parse(made.stdout) as { nEvents: number };
    // Restored, signed in, signed out.
    expect(JSON.parse(check.stdout)).toMatchObject({ isIntact: true, nEvents: nEvents + 3 });
  });

  it('refuses a folder in use, a wrong person, a wrong passphrase and a file that is no backup', async () => {
    expect(await assay(['restore', file, workspace])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a workspace in this folder already'),
    });
    const folder = join(tempFolder(), 'restored');
    expect(await assay(['restore', file, folder, '--person', 'Eve'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Eve has no key'),
    });
    const notes = join(tempFolder(), 'notes.txt');
    writeFileSync(notes, 'mine');
    expect(await assay(['restore', notes, folder])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not a backup'),
    });
    expect(await assay(['restore', file, folder], 'not the passphrase')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/try again in/u),
    });
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(join(HOME, '.assay'))).toHaveLength(1);
  });
});
