import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocalTsa, openssl } from '../support/localTsa';
import { hasTools } from '../audit/requireTools';
import { runCli } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';

async function newWorkspace(): Promise<string> {
  const folder = join(tempFolder(), 'workspace');
  const named = ['--name', 'Risk models', '--person', 'Ada Analyst'];
  expect(await runCli(['workspace', 'create', folder, ...named])).toMatchObject({ code: 0 });
  return folder;
}

describe.skipIf(!hasTools('openssl'))('assay timestamp', () => {
  it('takes a request out and the response in, once', async () => {
    const tsa = createLocalTsa(tempFolder());
    const workspace = await newWorkspace();
    const out = join(tempFolder(), 'log.tsq');
    const request = await runCli(['timestamp', 'request', workspace, '--out', out, '--json']);
    expect(request).toMatchObject({ code: 0, stderr: '' });
    const checkpointPath = out.replace('.tsq', '.checkpoint.txt');
    expect(JSON.parse(request.stdout)).toMatchObject({
      path: out,
      checkpointPath,
      timestamp: { stamp: null },
    });

    const response = tsa.reply(out, tsa.issue('Test TSA', 'rsa'));
    const imported = await runCli(['timestamp', 'import', workspace, response]);
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    expect(imported.stdout).toMatch(
      /^The first \d+ events of the log existed at \d{4}-.+Z, says O=Assay test, CN=Test TSA\.\nNot checked: who issued/,
    );
    const verify = ['ts', '-verify', '-data', checkpointPath, '-in', response];
    expect(openssl([...verify, '-CAfile', tsa.caPath], tsa.folder)).toContain('Verification: OK');

    expect(await runCli(['timestamp', 'import', workspace, response])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('was imported already, by Ada Analyst'),
    });
    expect(await runCli(['timestamp', 'import', workspace, out])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('log.tsq: this is not a timestamp response'),
    });
  });

  it('replaces no file, and says so before it asks for the passphrase', async () => {
    const out = join(tempFolder(), 'log.tsq');
    writeFileSync(out, 'mine');
    const run = await runCli(['timestamp', 'request', tempFolder(), '--out', out], {});
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(existsSync(out.replace('.tsq', '.checkpoint.txt'))).toBe(false);
  });
});
