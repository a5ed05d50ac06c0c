import { mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEntries, readEntry } from '../../electron/io/storedZip';
import type { CallScope } from '../../electron/app/context';
import type { ModelVersion } from '../../shared/registry/model';
import { copySentence } from '../../renderer/registry/artefactWords';
import { actionsOf, backUp, emptyCore, restoreInto } from '../support/testBackup';
import { tempFolder } from '../support/tempFolder';
import { createTestCore, type TestCore } from '../support/testCore';
import { modelsOf, okValue, registerVersion } from '../support/testModel';

const LARGE = Buffer.alloc(5 * 2 ** 20, 'weights ');
const FILES: Readonly<Record<string, Buffer>> = {
  'weights.bin': LARGE,
  'empty.txt': Buffer.alloc(0),
  'größe/模型.json': Buffer.from('{}'),
  // The same content twice is kept once.
  'copy/模型.json': Buffer.from('{}'),
};

function modelFolder(files = FILES): string {
  const folder = join(tempFolder(), 'model');
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

let test: TestCore;
let version: ModelVersion;
beforeAll(async () => {
  test = await createTestCore();
  const draft = { name: 'Churn', purpose: 'p', owner: 'o' };
  const { id } = okValue<'registry.createModel'>(await test.call('registry.createModel', draft));
  version = okValue<'registry.registerVersion'>(await registerVersion(test, id, modelFolder()));
});
afterAll(() => test.close());

async function copyIn(core: TestCore) {
  const answer = await core.call('registry.artefactCopy', { versionId: version.id });
  return okValue<'registry.artefactCopy'>(answer);
}

function keep(folder: string, scope?: CallScope) {
  const input = { versionId: version.id, source: { token: test.token(folder) } };
  return test.call('registry.keepArtefacts', input, scope);
}

async function save(core: TestCore) {
  const path = join(tempFolder(), 'files.zip');
  core.picks.push(path);
  return { path, answer: await core.call('registry.saveArtefacts', { versionId: version.id }) };
}

describe('a copy of the files of a version', () => {
  it('is not made of other files, and cannot be saved before it is there', async () => {
    const before = actionsOf(test);
    const other = modelFolder({ ...FILES, 'weights.bin': Buffer.from('other') });
    expect(await keep(other)).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining('1 files differ') as string },
    });
    expect(await test.call('registry.saveArtefacts', { versionId: version.id })).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_DATA', details: { n: 0, required: 3 } },
    });
    expect(await copyIn(test)).toEqual({
      nFiles: 3,
      sizeBytes: LARGE.length + 2,
      nKept: 0,
      isWhole: false,
      isTooLarge: false,
    });
    expect(actionsOf(test)).toEqual(before);
  });

  it('keeps what it has when it is cancelled, and goes on from there', async () => {
    const controller = new AbortController();
    let nWrites = 0;
    const before = actionsOf(test).length;
    const scope: CallScope = {
      // Stops once a piece of the large file is in.
      progress: ({ activity }) => {
        if (activity.startsWith('Keeping file 3')) setImmediate(() => controller.abort());
        nWrites += 1;
      },
      signal: controller.signal,
    };
    expect(await keep(modelFolder(), scope)).toMatchObject({
      ok: false,
      error: { code: 'CANCELLED' },
    });
    expect(nWrites).toBeGreaterThan(0);
    expect(await copyIn(test)).toMatchObject({ nKept: 2, isWhole: false });
    expect(okValue<'registry.keepArtefacts'>(await keep(modelFolder()))).toMatchObject({
      nKept: 3,
      isWhole: true,
    });
    const kept = actionsOf(test).slice(before);
    // One piece each of the small files, three of 5 MiB.
    expect(kept).toEqual(Array.from({ length: 5 }, () => 'registry.artefactKept'));
    okValue<'registry.keepArtefacts'>(await keep(modelFolder()));
    expect(actionsOf(test)).toHaveLength(before + 5);
  });

  it('comes out as it went in, under every path of the manifest, and the log says so', async () => {
    const { path, answer } = await save(test);
    expect(answer).toMatchObject({ ok: true, value: { format: 'files', path } });
    const files = await unzip(path);
    expect(Object.keys(files).sort()).toEqual(Object.keys(FILES).sort());
    for (const [name, bytes] of Object.entries(FILES))
      expect(files[name]?.equals(bytes)).toBe(true);
    expect(actionsOf(test).at(-1)).toBe('registry.artefactsSaved');
  });

  it('is part of the backup of the workspace', async () => {
    const { path } = await backUp(test);
    const other = await emptyCore();
    const folder = tempFolder();
    expect(await restoreInto(other, path, folder)).toMatchObject({ ok: true });
    expect(await modelsOf(other)).toHaveLength(1);
    expect(await copyIn(other)).toMatchObject({ nKept: 3, isWhole: true });
    expect((await save(other)).answer).toMatchObject({ ok: true });
  });
});

async function unzip(path: string): Promise<Record<string, Buffer>> {
  const file = await open(path);
  try {
    const { reader, entries } = await listEntries(file);
    const files: Record<string, Buffer> = {};
    for (const entry of entries)
      files[entry.fileName] = await readEntry(reader, entry, LARGE.length);
    return files;
  } finally {
    await file.close();
  }
}

describe('copySentence', () => {
  const none = { nFiles: 3, sizeBytes: 2e6, nKept: 0, isWhole: false, isTooLarge: false };
  it('says where the files are', () => {
    expect([
      copySentence(none),
      copySentence({ ...none, nKept: 2 }),
      copySentence({ ...none, nKept: 3, isWhole: true }),
      copySentence({ ...none, isTooLarge: true, sizeBytes: 3e9 }),
    ]).toEqual([
      'The files stay where they are. A copy (2.0 MB) can be kept in this workspace, encrypted and backed up with everything else.',
      '2 of 3 files are kept in this workspace. Choose the folder again to keep the others.',
      'Kept in this workspace: 3 files, 2.0 MB, encrypted and backed up with everything else.',
      'The files stay where they are: 3.0 GB are more than the 64.0 MB of a version that a workspace keeps. The manifest proves which files they are.',
    ]);
  });
});
