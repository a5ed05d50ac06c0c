import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countEvents } from '../../electron/audit/auditRepo';
import type { VaultHolder } from '../../electron/vault/vaultHolder';
import { canMount, mountSmallDisk, type SmallDisk } from '../support/smallDisk';
import { tempFolder } from '../support/tempFolder';
import { testClock } from '../support/testClock';
import { PASSPHRASE, createTestVault, newHolder, openSession } from '../support/testVault';

const REQUEST = {
  name: 'Retail models',
  printedName: 'Ada Analyst',
  passphrase: PASSPHRASE,
  isSample: false,
};
const isRoot = process.getuid?.() === 0;

function diskOf(sizeKib: number): SmallDisk {
  const disk = mountSmallDisk(sizeKib);
  if (disk === null) throw new Error('no disk');
  onTestFinished(disk.remove);
  return disk;
}

function personOf(vault: VaultHolder) {
  const status = vault.status();
  if (status.state !== 'locked') throw new Error('not locked');
  return status.people[0]!.id;
}

describe('creating a workspace', () => {
  it('leaves nothing behind when the folder is taken', async () => {
    const { folder } = await createTestVault();
    const before = readdirSync(folder).sort();
    const holder = newHolder(testClock());
    await expect(holder.create({ ...REQUEST, folder })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('There is a workspace in this folder already') as string,
    });
    expect(readdirSync(folder).sort()).toEqual(before);
    await expect(holder.create({ ...REQUEST, folder: join(folder, '..') })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('not empty') as string,
    });
    await expect(
      holder.create({ ...REQUEST, folder: join(folder, 'vault.json', 'x') }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(holder.status()).toEqual({ state: 'closed' });
  });

  it('takes an empty folder, and one where a creation was killed', async () => {
    const folder = tempFolder();
    for (const name of ['assay.db.partial', 'assay.db.partial-wal', 'vault.json.partial']) {
      writeFileSync(join(folder, name), 'half');
    }
    const vault = newHolder(testClock());
    await vault.create({ ...REQUEST, folder });
    vault.close();
    expect(readdirSync(folder).sort()).toEqual(['assay.db', 'heads.log', 'vault.json']);
  });

  it('removes the folder it made when a later step fails', async () => {
    const parent = tempFolder();
    const folder = join(parent, 'new');
    const vault = newHolder(testClock());
    // A name too long for the database fails inside the first transaction.
    await expect(vault.create({ ...REQUEST, folder, name: 'x'.repeat(121) })).rejects.toThrow(
      'CHECK',
    );
    expect(readdirSync(parent)).toEqual([]);
    await vault.create({ ...REQUEST, folder });
    vault.close();
  });
});

describe.runIf(!isRoot)('a folder without permission to write', () => {
  it('opens for reading, refuses to write, and refuses a new workspace', async () => {
    const { vault, folder, personId, restart } = await createTestVault();
    vault.lock('person');
    chmodSync(folder, 0o500);
    const reader = restart();
    await reader.unlock(personId, PASSPHRASE);
    expect(reader.status()).toMatchObject({ workspace: { isReadOnly: true }, nEvents: 3 });
    expect(() => openSession(reader).write('a.b', 'x', {}, () => undefined)).toThrow(
      'reading only',
    );
    reader.close();
    const file = join(folder, 'inside');
    await expect(newHolder(testClock()).create({ ...REQUEST, folder: file })).rejects.toMatchObject(
      {
        code: 'STORAGE',
      },
    );
    chmodSync(folder, 0o700);
  });
});

describe.runIf(canMount())('a disk of its own', () => {
  it('when read-only: opens for reading, keeps nothing outside, and refuses to write', async () => {
    const disk = diskOf(4096);
    const folder = join(disk.folder, 'workspace');
    const vault = newHolder(testClock());
    await vault.create({ ...REQUEST, folder });
    openSession(vault).write('test.kept', 'x', {}, () => undefined);
    vault.lock('person');
    disk.setReadOnly(true);
    await vault.unlock(personOf(vault), PASSPHRASE);
    const { db, write } = openSession(vault);
    expect(vault.status()).toMatchObject({ workspace: { isReadOnly: true }, nEvents: 4 });
    expect(countEvents(db)).toBe(4);
    expect(() => write('test.refused', 'x', {}, () => undefined)).toThrow(
      expect.objectContaining({ code: 'STORAGE' }),
    );
    const copies = readdirSync(tmpdir()).filter((name) => name.startsWith('assay-reading-'));
    expect(copies.some((name) => existsSync(join(tmpdir(), name, 'assay.db')))).toBe(true);
    vault.close();
    const left = readdirSync(tmpdir()).filter((name) => copies.includes(name));
    expect(left).toEqual([]);
    await expect(
      vault.create({ ...REQUEST, folder: join(disk.folder, 'second') }),
    ).rejects.toMatchObject({
      code: 'STORAGE',
      message: expect.stringContaining('read-only') as string,
    });
  });

  it('when full: says so, keeps every acknowledged record, locks, and opens again for reading', async () => {
    const disk = diskOf(2048);
    const folder = join(disk.folder, 'workspace');
    const vault = newHolder(testClock());
    await vault.create({ ...REQUEST, folder });
    const { write } = openSession(vault);
    let nAcknowledged = 0;
    const fill = (): void => {
      for (;;) {
        write('test.filled', 'x', { after: { text: 'y'.repeat(5000) } }, () => undefined);
        nAcknowledged += 1;
      }
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'STORAGE' }));
    expect(nAcknowledged).toBeGreaterThan(20);
    vault.lock('person');
    const again = newHolder(testClock());
    again.open(folder);
    await again.unlock(personOf(again), PASSPHRASE);
    const actions = openSession(again)
      .db.prepare("SELECT count(*) FROM audit_event WHERE action = 'test.filled'")
      .pluck()
      .get();
    expect(actions).toBe(nAcknowledged);
    again.close();
  });

  it('when full at any point of a creation: says so and leaves nothing', async () => {
    const outcomes: unknown[] = [];
    for (const sizeKib of [4, 40, 80, 120, 160]) {
      const disk = diskOf(sizeKib);
      const creation = newHolder(testClock()).create({
        ...REQUEST,
        folder: join(disk.folder, 'workspace'),
      });
      await expect(creation).rejects.toMatchObject({ code: 'STORAGE' });
      outcomes.push(readdirSync(disk.folder));
    }
    expect(outcomes).toEqual([[], [], [], [], []]);
  });
});
