import {
  chmodSync,
  existsSync,
  readdirSync,
  rmSync,
  writeSync,
  openSync,
  closeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventsOf } from '../../electron/audit/auditRepo';
import type { CallScope } from '../../electron/app/context';
import { backUp, coreFor, emptyCore, inspect, restoreInto } from '../support/testBackup';
import { canMount, mountSmallDisk, type SmallDisk } from '../support/smallDisk';
import { PASSPHRASE, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';
import { tempFolder } from '../support/tempFolder';

/** More than what must stay free. */
const ROOMY_KIB = 72 * 1024;
const isRoot = process.getuid?.() === 0;

function diskOf(sizeKib: number): SmallDisk {
  const disk = mountSmallDisk(sizeKib);
  if (disk === null) throw new Error('no disk');
  onTestFinished(disk.remove);
  return disk;
}

/** Uses up what is left of a disk. */
function fill(folder: string): void {
  const file = openSync(join(folder, 'filler'), 'a');
  const block = Buffer.alloc(2 ** 20);
  try {
    for (const size of [2 ** 20, 4096, 1]) {
      for (;;) {
        try {
          if (writeSync(file, block, 0, size) < size) break;
        } catch {
          break;
        }
      }
    }
  } finally {
    closeSync(file);
  }
}

/** Fills a disk when a long task says that it has begun a step. */
function fillAt(step: string, folder: string): CallScope {
  let isFull = false;
  return {
    signal: new AbortController().signal,
    progress({ activity }) {
      if (isFull || !activity.startsWith(step)) return;
      isFull = true;
      fill(folder);
    },
  };
}

function backUpTo(test: TestCore, path: string, scope?: CallScope) {
  test.picks.push(path);
  return test.call('vault.backUp', { passphrase: PASSPHRASE }, scope);
}

/** The workspace is as whole as before, and knows of no backup. */
async function expectUntouched(test: TestCore): Promise<void> {
  const check = okValue<'vault.check'>(await test.call('vault.check', {}));
  expect(check).toMatchObject({ isIntact: true });
  const { db } = test.core.context.vault.session()!;
  expect(eventsOf(db, 'vault.backedUp')).toEqual([]);
  expect(readdirSync(test.folder).filter((name) => name.includes('partial'))).toEqual([]);
}

const FULL = { ok: false, error: { code: 'STORAGE' } };

describe.runIf(canMount())('backing up to a disk of its own', () => {
  it('is refused before anything is written when there is too little room', async () => {
    const test = await coreFor();
    const disk = diskOf(4096);
    expect(await backUpTo(test, join(disk.folder, 'x.assaybackup'))).toMatchObject({
      ok: false,
      error: {
        code: 'STORAGE',
        message: expect.stringMatching(/A backup needs \d+ MB of free disk space/u),
      },
    });
    expect(readdirSync(disk.folder)).toEqual([]);
    await expectUntouched(test);
  });

  it('leaves no file and an intact workspace when the disk fills up on the way', async () => {
    const test = await coreFor();
    const disk = diskOf(ROOMY_KIB);
    const path = join(disk.folder, 'x.assaybackup');
    expect(await backUpTo(test, path, fillAt('Writing', disk.folder))).toMatchObject(FULL);
    expect(readdirSync(disk.folder)).toEqual(['filler']);
    await expectUntouched(test);
    rmSync(join(disk.folder, 'filler'));
    await backUp(test, path);
  });

  it('keeps the older backup of that name when the disk fills up on the way', async () => {
    const test = await coreFor();
    const disk = diskOf(ROOMY_KIB);
    const path = join(disk.folder, 'x.assaybackup');
    const { sha256 } = await backUp(test, path);
    expect(await backUpTo(test, path, fillAt('Writing', disk.folder))).toMatchObject(FULL);
    const kept = okValue<'vault.inspectBackup'>(await inspect(await emptyCore(), path));
    expect(kept.sha256).toBe(sha256);
  });

  it('says so when the disk is read-only', async () => {
    const test = await coreFor();
    const disk = diskOf(ROOMY_KIB);
    disk.setReadOnly(true);
    expect(await backUpTo(test, join(disk.folder, 'x.assaybackup'))).toMatchObject({
      ok: false,
      error: { code: 'STORAGE', message: expect.stringContaining('read-only') },
    });
    await expectUntouched(test);
  });
});

describe.runIf(canMount())('a workspace on a disk of its own', () => {
  async function workspaceOn(disk: SmallDisk): Promise<TestCore> {
    const test = await emptyCore();
    const folder = join(disk.folder, 'workspace');
    const status = okValue<'vault.create'>(
      await test.call('vault.create', {
        folderToken: test.token(folder),
        name: 'On a small disk',
        printedName: 'Ada',
        passphrase: PASSPHRASE,
      }),
    );
    expect(status.state).toBe('unlocked');
    return { ...test, folder };
  }

  it('is backed up to another disk, or no file is left when its own fills up on the way', async () => {
    const disk = diskOf(ROOMY_KIB);
    const test = await workspaceOn(disk);
    const target = tempFolder();
    const path = join(target, 'x.assaybackup');
    for (const step of ['Copying', 'Reading', 'Opening']) {
      const scope = fillAt(step, disk.folder);
      expect(await backUpTo(test, path, scope), step).toMatchObject(FULL);
      expect(readdirSync(target), step).toEqual([]);
      rmSync(join(disk.folder, 'filler'));
      await expectUntouched(test);
    }
    await backUp(test, path);
    expect(readdirSync(target)).toEqual(['x.assaybackup']);
  });

  it('is not backed up while it is open for reading only', async () => {
    const disk = diskOf(ROOMY_KIB);
    const test = await workspaceOn(disk);
    const { vault } = test.core.context;
    const personId = vault.session()!.actor.id;
    vault.lock('person');
    disk.setReadOnly(true);
    await vault.unlock(personId, PASSPHRASE);
    const target = tempFolder();
    expect(await backUpTo(test, join(target, 'x.assaybackup'))).toMatchObject({
      ok: false,
      error: { code: 'STORAGE', message: expect.stringContaining('open for reading only') },
    });
    expect(readdirSync(target)).toEqual([]);
    vault.close();
  });
});

describe.runIf(canMount())('restoring to a disk of its own', () => {
  it('leaves nothing when there is too little room, or the disk fills up on the way', async () => {
    const { path } = await backUp(await coreFor());
    const other = await emptyCore();
    const small = diskOf(4096);
    expect(await restoreInto(other, path, join(small.folder, 'new'))).toMatchObject(FULL);
    expect(readdirSync(small.folder)).toEqual([]);
    const disk = diskOf(ROOMY_KIB);
    for (const step of ['Reading', 'Opening']) {
      const scope = fillAt(step, disk.folder);
      const result = await restoreInto(other, path, join(disk.folder, 'new'), { scope });
      expect(result, step).toMatchObject(FULL);
      expect(readdirSync(disk.folder), step).toEqual(['filler']);
      rmSync(join(disk.folder, 'filler'));
    }
    okValue<'vault.restore'>(await restoreInto(other, path, join(disk.folder, 'new')));
  });

  it('says so when the disk is read-only', async () => {
    const { path } = await backUp(await coreFor());
    const disk = diskOf(ROOMY_KIB);
    disk.setReadOnly(true);
    const other = await emptyCore();
    for (const folder of [disk.folder, join(disk.folder, 'new')]) {
      expect(await restoreInto(other, path, folder)).toMatchObject(FULL);
    }
  });
});

describe.runIf(!isRoot)('a folder without permission to write', () => {
  it('takes neither a backup nor a restored workspace', async () => {
    const test = await coreFor();
    const { path } = await backUp(test);
    const folder = tempFolder();
    chmodSync(folder, 0o500);
    expect(await backUpTo(test, join(folder, 'x.assaybackup'))).toMatchObject(FULL);
    const other = await emptyCore();
    expect(await restoreInto(other, path, folder)).toMatchObject(FULL);
    expect(existsSync(join(folder, 'vault.json'))).toBe(false);
    chmodSync(folder, 0o700);
  });
});
