import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { runCli, type CliRun } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';

const out = tempFolder();
const workspace = join(out, 'workspace');
const MODEL = 'Term deposit subscription';

beforeAll(async () => {
  await runCli(['demo', '--out', out], {});
}, 120_000);

function exportRegistry(...args: readonly string[]): Promise<CliRun> {
  const env = { ASSAY_PASSPHRASE: SAMPLE_WORKSPACE.passphrase };
  return runCli(['registry', 'export', workspace, ...args], env);
}

describe('assay registry export', () => {
  it('writes a version or a whole model, and says the hash of the file', async () => {
    const path = join(out, 'version.cdx.json');
    const of = ['--model', MODEL, '--format', 'cyclonedx', '--out', path];
    const run = await exportRegistry(...of, '--version', '1', '--json');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const bytes = readFileSync(path);
    expect(JSON.parse(run.stdout)).toEqual({
      path,
      fileName: 'version.cdx.json',
      format: 'cyclonedx',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
    });
    expect(JSON.parse(bytes.toString('utf8'))).toMatchObject({ specVersion: '1.6' });

    const bundle = join(out, 'model.zip');
    const whole = await exportRegistry('--model', MODEL, '--format', 'mlflow', '--out', bundle);
    expect(whole).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^Wrote /u) });
    expect(existsSync(bundle)).toBe(true);
  });

  it('replaces no file, and names what is there when it does not find what was asked for', async () => {
    const path = join(out, 'mine.json');
    writeFileSync(path, 'mine');
    const of = (model: string, file: string) => [
      '--model',
      model,
      '--format',
      'json',
      '--out',
      file,
    ];
    expect(await exportRegistry(...of(MODEL, path))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is there already'),
    });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    const other = join(out, 'other.json');
    expect(await exportRegistry(...of('Nobody', other))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`There are: ${MODEL}.`),
    });
    expect(await exportRegistry(...of(MODEL, other), '--version', '99')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has no version 99'),
    });
    expect(existsSync(other)).toBe(false);
  });
});
