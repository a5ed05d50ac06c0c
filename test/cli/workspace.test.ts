import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';
import { PASSPHRASE } from '../support/testVault';

function create(folder: string, passphrase = PASSPHRASE) {
  const args = [
    'workspace',
    'create',
    folder,
    '--name',
    'Risk models',
    '--person',
    'Ada Analyst',
    '--json',
  ];
  return runCli(args, { ASSAY_PASSPHRASE: passphrase });
}

describe('assay workspace', () => {
  it('creates a workspace once, and shows and checks it', async () => {
    const folder = join(tempFolder(), 'workspace');
    expect(await create(folder)).toMatchObject({ code: 0, stderr: '' });
    expect(await create(folder)).toMatchObject({ code: 2, stdout: '' });
    const info = await runCli(['workspace', 'info', folder, '--json']);
    expect(JSON.parse(info.stdout)).toMatchObject({
      name: 'Risk models',
      person: 'Ada Analyst',
      nModels: 0,
    });
    const check = await runCli(['workspace', 'check', folder, '--json']);
    expect(check.code).toBe(0);
    expect(JSON.parse(check.stdout)).toMatchObject({ isIntact: true });
  });

  it('refuses a weak passphrase and creates nothing', async () => {
    const folder = join(tempFolder(), 'workspace');
    expect(await create(folder, 'password')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('easy to guess'),
    });
    expect(await runCli(['workspace', 'info', folder])).toMatchObject({ code: 2 });
  });

  it('refuses a wrong passphrase with exit code 2 and says when to try again', async () => {
    const folder = join(tempFolder(), 'workspace');
    await create(folder);
    const run = await runCli(['workspace', 'info', folder], {
      ASSAY_PASSPHRASE: 'not the passphrase at all',
    });
    expect(run).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/try again in/u),
    });
  });

  it('takes no passphrase as an argument and says how to give one', async () => {
    const folder = join(tempFolder(), 'workspace');
    await create(folder);
    expect(await runCli(['workspace', 'info', folder], {})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ASSAY_PASSPHRASE'),
    });
    expect(await runCli(['workspace', 'info', folder, '--passphrase', PASSPHRASE])).toMatchObject({
      code: 2,
    });
  });

  it('finds a damaged database with exit code 1 and says what is wrong', async () => {
    const folder = join(tempFolder(), 'workspace');
    await create(folder);
    const file = join(folder, 'assay.db');
    const bytes = readFileSync(file);
    const at = bytes.length - 2000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const check = await runCli(['workspace', 'check', folder, '--json']);
    expect(check.code).not.toBe(0);
    expect(check.stdout + check.stderr).toMatch(/damaged|isIntact": false/u);
  });
});
