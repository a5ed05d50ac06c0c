import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../electron/io/zip';
import type { ExportedPackage } from '../../shared/audit/channels';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue, SIGNING, type TestModel } from '../support/testModel';
import { createLocalTsa, type LocalTsa } from '../support/localTsa';
import { VERIFIER_FOLDER } from './packageFixture';
import { hasTools } from './requireTools';
import { createDesk } from './timestampDesk';

const HAS_TOOLS = hasTools('openssl', 'sh', 'python3', 'sha256sum');

let tsa: LocalTsa;
let model: TestModel;

beforeAll(async () => {
  if (!HAS_TOOLS) return;
  tsa = createLocalTsa(tempFolder());
  model = await createTestModel();
});
afterAll(() => {
  if (HAS_TOOLS) model.close();
});

async function exportPackage(): Promise<ExportedPackage> {
  const { call, modelId, picks } = model;
  const scope = { modelId, periodStart: null, periodEnd: null };
  const { stageId } = okValue<'audit.previewPackage'>(await call('audit.previewPackage', scope));
  picks.push(join(tempFolder(), 'package.zip'));
  const signed = await call('audit.exportPackage', { stageId, signing: SIGNING });
  return okValue<'audit.exportPackage'>(signed);
}

function unpack(path: string): { readonly folder: string; readonly paths: readonly string[] } {
  const folder = tempFolder();
  const files = readZip(readFileSync(path));
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return { folder, paths: [...files.keys()] };
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

describe.skipIf(!HAS_TOOLS)('an audit package', () => {
  it('says nothing of timestamps while none is stamped, and leaves pending requests out', async () => {
    await createDesk(model, tsa).exportRequest();
    const { folder, paths } = unpack((await exportPackage()).path);
    expect(paths.filter((path) => path.startsWith('data/timestamps/'))).toEqual([]);
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).not.toContain('TIMESTAMPS');
  });

  it('carries stamped checkpoints, and its README has the command that verifies one', async () => {
    const desk = createDesk(model, tsa);
    const { path, timestamp, checkpointPath } = await desk.exportRequest();
    const response = tsa.reply(path, tsa.issue('Test TSA', 'rsa'));
    okValue<'audit.importTimestamp'>(await desk.importFile(response));
    const exported = await exportPackage();
    const { folder, paths } = unpack(exported.path);
    const stem = `data/timestamps/${timestamp.id}`;
    expect(paths.filter((name) => name.startsWith('data/timestamps/'))).toEqual([
      `${stem}.checkpoint.txt`,
      `${stem}.tsr`,
    ]);
    expect(readFileSync(join(folder, `${stem}.tsr`))).toEqual(readFileSync(response));
    expect(readFileSync(join(folder, `${stem}.checkpoint.txt`))).toEqual(
      readFileSync(checkpointPath),
    );

    copyFileSync(tsa.caPath, join(folder, 'CA.pem'));
    const readme = readFileSync(join(folder, 'README.txt'), 'utf8');
    const commands = readme.split('\n').filter((line) => line.startsWith('    openssl ts '));
    expect(commands).toHaveLength(2);
    const printed = run('sh', ['-euc', commands.join('\n')], folder);
    expect(printed).toContain('Verification: OK');
    expect(printed).toContain('Time stamp: ');
  });

  it('with timestamps passes every verifier, and holds the events of their request and import', async () => {
    const { path, keyFingerprints, verification } = await exportPackage();
    expect(verification.isValid).toBe(true);
    const trust = keyFingerprints.map(({ name, fingerprint }) => `${name}=${fingerprint}`);
    const { folder } = unpack(path);
    expect(run('sh', [join(VERIFIER_FOLDER, 'verify.sh'), folder, ...trust], folder)).toContain(
      'OK',
    );
    const options = trust.flatMap((pair) => ['--trust', pair]);
    const python = ['-B', join(VERIFIER_FOLDER, 'verify.py'), path, ...options];
    expect(run('python3', python, folder)).toContain('VALID, signed by the known keys');
    const actions = readFileSync(join(folder, 'audit/log.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { body: string }).body) // checked by the verifiers above
      .map((body) => Buffer.from(body, 'base64').toString());
    for (const action of ['audit.timestampRequested', 'audit.timestampImported']) {
      expect(actions.some((body) => body.includes(`"action":"${action}"`))).toBe(true);
    }
  });
});
