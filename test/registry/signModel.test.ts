import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../electron/io/zip';
import type { ModelVersion } from '../../shared/registry/model';
import { actionsOf } from '../support/testBackup';
import { tempFolder } from '../support/tempFolder';
import {
  createTestModel,
  okValue,
  registerVersion,
  SIGNING,
  type TestModel,
} from '../support/testModel';
import { hasTools } from '../audit/requireTools';

const FILES = { 'weights.bin': 'w', 'größe/模型.json': '{}', '.gitignore': 'left out' };

let model: TestModel;
let folder: string;
let version: ModelVersion;
beforeAll(async () => {
  model = await createTestModel();
  folder = join(tempFolder(), 'model');
  mkdirSync(join(folder, 'größe'), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(folder, path), text);
  version = okValue<'registry.registerVersion'>(
    await registerVersion(model, model.modelId, folder),
  );
});
afterAll(() => model.close());

async function preview() {
  return okValue<'registry.previewModelSignature'>(
    await model.call('registry.previewModelSignature', { versionId: version.id }),
  );
}

/** Signs and unpacks; where the files are. */
async function signed(): Promise<string> {
  const { stageId } = await preview();
  const path = join(tempFolder(), 'signature.zip');
  model.picks.push(path);
  okValue<'registry.signModel'>(
    await model.call('registry.signModel', { stageId, signing: SIGNING }),
  );
  const target = tempFolder();
  for (const [name, bytes] of readZip(readFileSync(path))) writeFileSync(join(target, name), bytes);
  return target;
}

async function verify(target: string, modelFolder = folder) {
  const source = (path: string) => ({ token: model.token(path) });
  return okValue<'registry.verifyModelSignature'>(
    await model.call('registry.verifyModelSignature', {
      bundle: source(join(target, 'model.sig')),
      publicKey: source(join(target, 'model-key.pem')),
      model: source(modelFolder),
      ignored: [],
    }),
  );
}

describe('the signature of the files of a version', () => {
  it('verifies with its key, and finds out a file that was changed', async () => {
    const target = await signed();
    expect(await verify(target)).toMatchObject({ isValid: true, files: { nSame: 2 } });
    const other = join(tempFolder(), 'model');
    mkdirSync(join(other, 'größe'), { recursive: true });
    writeFileSync(join(other, 'weights.bin'), 'W');
    writeFileSync(join(other, 'größe/模型.json'), '{}');
    expect(await verify(target, other)).toMatchObject({
      isValid: false,
      files: { nSame: 1, nChanged: 1 },
    });
  });

  it('has the members that the bundles of the reference signer have', async () => {
    const target = await signed();
    const shapeOf = (path: string) =>
      JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), (key, value: unknown) =>
        typeof value === 'string' && !['mediaType', 'payloadType', 'keyid'].includes(key)
          ? 'text'
          : value,
      );
    expect(shapeOf(join(target, 'model.sig'))).toBe(
      shapeOf(resolve('test/golden/oms/valid-key.bundle.json')),
    );
  });

  it('states with the own key of the person whose the one-off key is, and why', async () => {
    const { recordJson, publicKeySha256 } = await preview();
    const target = await signed();
    const stated: unknown = JSON.parse(readFileSync(join(target, 'key-statement.json'), 'utf8'));
    expect(stated).toMatchObject({
      modelName: 'Churn',
      version: version.snapshot.version,
      snapshotSha256: version.snapshotSha256,
      nFiles: 2,
      publicKeyPem: readFileSync(join(target, 'model-key.pem'), 'utf8'),
      meaning: 'authorship',
      reason: SIGNING.reason,
      signer: { printedName: SIGNING.printedName },
    });
    // Every signature has a key of its own.
    expect(JSON.parse(recordJson)).toMatchObject({ publicKeySha256 });
    expect(stated).not.toMatchObject({ publicKeySha256 });
  });

  it.skipIf(!hasTools('openssl', 'sh', 'cmp', 'sha256sum'))(
    'is checked by the commands of its README',
    async () => {
      const target = await signed();
      const commands = readFileSync(join(target, 'README.txt'), 'utf8')
        .split('\n')
        .filter((line) => /^ {3}(openssl|tail)/u.test(line));
      const { status, stdout, stderr } = spawnSync('sh', ['-euc', commands.join('\n')], {
        cwd: target,
        encoding: 'utf8',
      });
      const { keyId } = JSON.parse(readFileSync(join(target, 'key-statement.json'), 'utf8')).signer;
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('Signature Verified Successfully');
      expect(stdout).toContain(keyId);
      expect(commands).toHaveLength(3);
    },
  );

  it('is refused for a version without files, and for judging one’s own work', async () => {
    expect(
      await model.call('registry.previewModelSignature', { versionId: model.versionId }),
    ).toMatchObject({ ok: false, error: { code: 'INSUFFICIENT_DATA' } });
    const { stageId } = await preview();
    const signing = { ...SIGNING, meaning: 'approval' } as const;
    expect(await model.call('registry.signModel', { stageId, signing })).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
  });

  it('records nothing when the dialog is closed, the passphrase is wrong or the place is none', async () => {
    const { stageId } = await preview();
    const before = actionsOf(model);
    const sign = (passphrase: string = SIGNING.passphrase) =>
      model.call('registry.signModel', { stageId, signing: { ...SIGNING, passphrase } });
    expect(await sign()).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    const place = tempFolder();
    model.picks.push(join(place, 'missing', 'signature.zip'));
    expect(await sign()).toMatchObject({ ok: false, error: { code: 'STORAGE' } });
    expect(actionsOf(model)).toEqual(before);
    model.picks.push(join(place, 'signature.zip'));
    expect(await sign('not the passphrase at all')).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(actionsOf(model)).toEqual([...before, 'vault.signingRefused']);
    expect(existsSync(place) && readdirSync(place)).toEqual([]);
  });
});
