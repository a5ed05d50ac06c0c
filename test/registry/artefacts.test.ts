import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walkFolder } from '../../electron/io/folderWalk';
import { hashArtefacts } from '../../electron/registry/artefactJob';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { StagedArtefacts } from '../../shared/registry/artefactChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue, SIGNING, type TestModel } from '../support/testModel';

let model: TestModel;
beforeAll(async () => {
  model = await createTestModel();
});
afterAll(() => model.close());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A folder with these files; `null` makes an empty folder. */
function folderOf(files: Readonly<Record<string, string | null>>): string {
  const root = join(tempFolder(), 'model');
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path);
    mkdirSync(content === null ? full : dirname(full), { recursive: true });
    if (content !== null) writeFileSync(full, content);
  }
  return root;
}

function stage(path: string) {
  return model.call('registry.stageArtefacts', { source: { token: model.token(path) } });
}

async function staged(path: string): Promise<StagedArtefacts> {
  return okValue<'registry.stageArtefacts'>(await stage(path));
}

async function register(artefactsStageId: string | null, runLink?: string): Promise<ModelVersion> {
  const { stageId } = okValue<'registry.previewVersion'>(
    await model.call('registry.previewVersion', {
      modelId: model.modelId,
      description: '',
      hyperparameters: {},
      metrics: {},
      trainingDataStageId: null,
      schema: [],
      artefactsStageId,
      ...(runLink === undefined ? {} : { runLink }),
    }),
  );
  return okValue<'registry.registerVersion'>(
    await model.call('registry.registerVersion', { stageId, signing: SIGNING }),
  );
}

/** A scope that does something the first time a file is being read. */
function scopeThat(act: () => void): Parameters<typeof hashArtefacts>[1] {
  let isDone = false;
  return {
    signal: new AbortController().signal,
    progress: ({ activity }) => {
      if (isDone || !activity.startsWith('Hashing')) return;
      isDone = true;
      act();
    },
  };
}

const QUIET = { signal: new AbortController().signal, progress: () => undefined };

describe('registry.stageArtefacts', () => {
  it('lists every file of a folder with size and SHA-256, in the order of code points', async () => {
    const root = folderOf({
      'model.bin': 'weights',
      'Zebra/a.txt': '',
      'größe/模型 1.bin': 'ä',
      '\u{1F600}.txt': 'smile',
      '\uFB01.txt': 'ligature',
      '.hidden': 'h',
    });
    const { files, nFiles, sizeBytes, rootSha256, refused, name } = await staged(root);
    expect(files).toEqual([
      { path: '.hidden', sizeBytes: 1, sha256: sha256('h') },
      { path: 'Zebra/a.txt', sizeBytes: 0, sha256: sha256('') },
      { path: 'größe/模型 1.bin', sizeBytes: 2, sha256: sha256('ä') },
      { path: 'model.bin', sizeBytes: 7, sha256: sha256('weights') },
      // UTF-16 would have these two the other way round.
      { path: '\uFB01.txt', sizeBytes: 8, sha256: sha256('ligature') },
      { path: '\u{1F600}.txt', sizeBytes: 5, sha256: sha256('smile') },
    ]);
    expect({ nFiles, sizeBytes, refused, name }).toEqual({
      nFiles: 6,
      sizeBytes: 23,
      refused: [],
      name: 'model',
    });
    expect(rootSha256).toBe(sha256(canonicalJson(files)));
  });

  it('takes one file as well, and asks by the dialog that was wanted', async () => {
    const path = join(folderOf({ 'model.onnx': 'graph' }), 'model.onnx');
    model.picks.push(path);
    const one = await model.call('registry.stageArtefacts', {
      source: { token: null },
      pick: 'file',
    });
    expect(one).toMatchObject({
      ok: true,
      value: { nFiles: 1, files: [{ path: 'model.onnx', sha256: sha256('graph') }] },
    });
    const closed = { ok: false, error: { code: 'CANCELLED' } };
    for (const pick of ['file', 'folder'] as const) {
      const answer = await model.call('registry.stageArtefacts', { source: { token: null }, pick });
      expect(answer).toMatchObject(closed);
    }
  });

  it('follows no link, and says which entries it left out', async () => {
    const secret = join(folderOf({ secret: 'secret' }), 'secret');
    const root = folderOf({ 'a.bin': 'a' });
    symlinkSync(secret, join(root, 'link'));
    symlinkSync(root, join(root, 'loop'));
    const { files, refused, nRefused } = await staged(root);
    expect(files.map(({ path }) => path)).toEqual(['a.bin']);
    expect({ refused, nRefused }).toEqual({
      refused: [
        { path: 'link', reason: 'link' },
        { path: 'loop', reason: 'link' },
      ],
      nRefused: 2,
    });
    symlinkSync(root, join(dirname(root), 'itself'));
    expect(await stage(join(dirname(root), 'itself'))).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining('this is a link') as string },
    });
  });

  it.skipIf(process.platform === 'win32')(
    'leaves out a name that is not Unicode, which no manifest could state',
    async () => {
      const root = folderOf({ 'a.bin': 'a' });
      writeFileSync(Buffer.concat([Buffer.from(`${root}/bad-`), Buffer.from([0xff])]), 'x');
      expect(await staged(root)).toMatchObject({
        nFiles: 1,
        refused: [{ path: 'bad-\uFFFD', reason: 'name' }],
      });
    },
  );

  it('refuses a folder without files', async () => {
    for (const root of [folderOf({}), folderOf({ 'empty/inside': null })]) {
      expect(await stage(root)).toMatchObject({
        ok: false,
        error: { code: 'INSUFFICIENT_DATA', details: { n: 0, required: 1 } },
      });
    }
  });

  it.skipIf(process.getuid?.() === 0)('names a file or folder that it may not read', async () => {
    const root = folderOf({ 'deep/a.bin': 'a', 'shut/b.bin': 'b' });
    chmodSync(join(root, 'deep/a.bin'), 0);
    expect(await stage(root)).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', details: { file: 'deep/a.bin' } },
    });
    chmodSync(join(root, 'shut'), 0);
    const answer = await stage(root);
    chmodSync(join(root, 'shut'), 0o700);
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', details: { file: 'shut' } },
    });
  });

  it('refuses a file that changes or goes away while it is hashed', async () => {
    const big = 'x'.repeat(3 * 2 ** 20);
    // As many as are read at once, so that the last file waits for its turn.
    const busy = { 'a.bin': big, 'b.bin': big, 'c.bin': big, 'd.bin': big };
    const grown = folderOf({ 'big.bin': big });
    const grow = scopeThat(() => appendFileSync(join(grown, 'big.bin'), 'more'));
    await expect(hashArtefacts({ path: grown }, grow)).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining(
        'big.bin: the file changed while it was being read',
      ) as string,
    });
    const touched = folderOf({ 'big.bin': big });
    const touch = scopeThat(() => utimesSync(join(touched, 'big.bin'), 1, 1));
    await expect(hashArtefacts({ path: touched }, touch)).rejects.toMatchObject({
      code: 'BAD_DATA',
    });
    const lost = folderOf({ ...busy, 'z.bin': 'z' });
    const lose = scopeThat(() => rmSync(join(lost, 'z.bin')));
    await expect(hashArtefacts({ path: lost }, lose)).rejects.toMatchObject({
      code: 'BAD_DATA',
      details: { file: 'z.bin' },
    });
    const swapped = folderOf({ ...busy, 'z.bin': 'z' });
    const swap = scopeThat(() => {
      rmSync(join(swapped, 'z.bin'));
      symlinkSync('/etc/hostname', join(swapped, 'z.bin'));
    });
    await expect(hashArtefacts({ path: swapped }, swap)).rejects.toMatchObject({
      code: 'BAD_DATA',
      details: { file: 'z.bin' },
    });
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const scope = { progress: () => controller.abort(), signal: controller.signal };
    const root = folderOf({ 'big.bin': 'x'.repeat(9 * 2 ** 20) });
    expect(
      await model.call('registry.stageArtefacts', { source: { token: model.token(root) } }, scope),
    ).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
  });

  it('refuses more files than a manifest may have, and folders without end', async () => {
    const root = folderOf({ a: '1', b: '2', 'c/d': '3' });
    const limits = { maxFiles: 3, maxPathBytes: 4096, maxDepth: 1 };
    expect((await walkFolder(root, QUIET.signal, { limits })).files).toHaveLength(3);
    await expect(
      walkFolder(root, QUIET.signal, { limits: { ...limits, maxFiles: 2 } }),
    ).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining('more than 2 files') as string,
    });
    await expect(
      walkFolder(root, QUIET.signal, { limits: { ...limits, maxDepth: 0 } }),
    ).rejects.toMatchObject({
      code: 'BAD_DATA',
    });
  });
});

describe('the artefacts of a version', () => {
  it('are part of the snapshot, as is the link to the run, and left out where there are none', async () => {
    const { stageId, files } = await staged(folderOf({ 'model.bin': 'weights' }));
    const { snapshot } = await register(stageId, 'https://mlflow.example.org/#/runs/7');
    expect(snapshot.artefacts).toEqual(files);
    expect(snapshot.runLink).toBe('https://mlflow.example.org/#/runs/7');
    const plain = await register(null);
    expect('artefacts' in plain.snapshot || 'runLink' in plain.snapshot).toBe(false);
  });

  it('say what is the same, changed, missing and extra in a folder', async () => {
    const root = folderOf({ 'a.bin': 'a', 'b.bin': 'b', 'deep/c.bin': 'c' });
    const { id: versionId } = await register((await staged(root)).stageId);
    const check = async (path: string) =>
      okValue<'registry.checkArtefacts'>(
        await model.call('registry.checkArtefacts', {
          versionId,
          source: { token: model.token(path) },
        }),
      );
    expect(await check(root)).toMatchObject({ isSame: true, nSame: 3 });
    writeFileSync(join(root, 'b.bin'), 'B');
    rmSync(join(root, 'deep/c.bin'));
    writeFileSync(join(root, 'new.bin'), 'n');
    symlinkSync('a.bin', join(root, 'link'));
    expect(await check(root)).toEqual({
      name: basename(root),
      isSame: false,
      nSame: 1,
      nChanged: 1,
      nMissing: 1,
      nExtra: 1,
      changed: ['b.bin'],
      missing: ['deep/c.bin'],
      extra: ['new.bin'],
      refused: [{ path: 'link', reason: 'link' }],
      nRefused: 1,
    });
  });

  it('cannot be compared where there are none', async () => {
    const { id: versionId } = await register(null);
    expect(
      await model.call('registry.checkArtefacts', { versionId, source: { token: null } }),
    ).toMatchObject({ ok: false, error: { code: 'INSUFFICIENT_DATA' } });
  });
});
