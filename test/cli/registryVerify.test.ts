import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, type CliRun } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';

const VECTORS = resolve('test/golden/oms');

function verify(model: string, bundle: string, ...args: readonly string[]): Promise<CliRun> {
  const key = join(VECTORS, 'signer-p384-public.pem');
  const named = ['--bundle', join(VECTORS, bundle), '--public-key', key, ...args];
  return runCli(['registry', 'verify', model, ...named], {});
}

describe('assay registry verify', () => {
  it('says whether a model is as another tool signed it, without a workspace', async () => {
    const model = join(tempFolder(), 'simple');
    mkdirSync(model);
    writeFileSync(join(model, 'signme-1'), 'signme-1\n');
    writeFileSync(join(model, 'signme-2'), 'signme-2');
    writeFileSync(join(model, 'ignore-me'), '');
    expect(await verify(model, 'valid-key-go.bundle.json', '--ignore', 'ignore-me')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('The model is as it was signed.'),
    });
    const extra = await verify(model, 'valid-key-go.bundle.json', '--json');
    expect(extra).toMatchObject({ code: 1 });
    expect(JSON.parse(extra.stdout)).toMatchObject({
      isValid: false,
      files: { extra: ['ignore-me'], nSame: 2 },
    });
    expect(await verify(model, 'nowhere.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere.json: there is no such file'),
    });
  });
});
