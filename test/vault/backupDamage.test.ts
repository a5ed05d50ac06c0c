import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { WrittenBackup } from '../../shared/vault/backupChannels';
import { backUp, inspect, restoreInto } from '../support/testBackup';
import { createTestCore, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';
import { tempFolder } from '../support/tempFolder';
import { testClock } from '../support/testClock';
import { altered, craft, forge, forgeWithKey, manifestOf, partsOf } from './craftBackup';

let source: TestCore;
let reader: TestCore;
let older: WrittenBackup;
let backup: WrittenBackup;
const clock = testClock();
let bytes: Buffer;

beforeAll(async () => {
  source = await createTestCore();
  reader = await createTestCore({ hasWorkspace: false, nowMs: clock.nowMs });
  older = await backUp(source);
  okValue<'registry.createModel'>(
    await source.call('registry.createModel', { name: 'Churn', purpose: 'p', owner: 'o' }),
  );
  backup = await backUp(source);
  bytes = readFileSync(backup.path);
});
afterAll(() => {
  source.close();
  reader.close();
});

/** Demands that a file is refused when it is looked at; answers in which words. */
async function refusalOf(path: string, of = 'this file'): Promise<string> {
  const result = await inspect(reader, path);
  expect(result, of).toMatchObject({ ok: false, error: { code: 'BAD_DATA' } });
  return result.ok ? '' : result.error.message;
}

/** Demands that a file looks sound, and is refused once the passphrase is there; nothing stays then. */
async function refusalWithPassphrase(path: string): Promise<string> {
  const folder = join(tempFolder(), 'restored');
  okValue<'vault.inspectBackup'>(await inspect(reader, path));
  clock.advance(60_000); // past the delay after a wrong passphrase
  const result = await restoreInto(reader, path, folder);
  expect(result).toMatchObject({ ok: false, error: { code: 'INTEGRITY' } });
  expect(existsSync(folder)).toBe(false);
  expect(reader.core.context.vault.status()).toEqual({ state: 'closed' });
  return result.ok ? '' : result.error.message;
}

/** Where the bytes of a file inside the archive lie. */
function placeOf(content: Buffer): readonly number[] {
  const start = bytes.indexOf(content);
  return Array.from({ length: content.length }, (_none, i) => start + i);
}

describe('a backup in which a bit was flipped', () => {
  it(
    'is refused wherever the bit lies: everywhere in the small parts and the directory, else in 400 places',
    { timeout: 180_000 },
    async () => {
      const parts = await partsOf(backup.path);
      const directory = bytes.length - bytes.indexOf(Buffer.from('PK\u0001\u0002'));
      const places = new Set([
        ...placeOf(parts.get('backup.json')!),
        ...placeOf(parts.get('vault.json')!),
        ...Array.from({ length: directory }, (_none, i) => bytes.length - 1 - i),
        ...Array.from({ length: 60 }, (_none, i) => i),
        ...Array.from({ length: 400 }, (_none, i) => Math.floor((i * bytes.length) / 400)),
      ]);
      expect(places.size).toBeGreaterThan(1500);
      const path = join(tempFolder(), 'flipped.assaybackup');
      let nRefused = 0;
      for (const at of places) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
        writeFileSync(path, flipped);
        await refusalOf(path, `byte ${at}`);
        nRefused += 1;
      }
      expect(nRefused).toBe(places.size);
    },
  );

  it('is refused when many bits are flipped at random, and never with an unexpected failure', async () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 0x7fffffff;
      return seed % below;
    };
    for (let round = 0; round < 300; round++) {
      const path = altered(backup.path, (copy) => {
        // Half of the rounds in the last bytes, where the archive says what is in it.
        const from = round % 2 === 0 ? 0 : copy.length - 400;
        for (let n = 0; n <= random(8); n++) copy[from + random(copy.length - from)] = random(256);
        return copy;
      });
      if (readFileSync(path).equals(bytes)) continue;
      expect(await refusalOf(path, `round ${round}`)).not.toBe('');
    }
  });
});

describe('a file that is not a whole backup', () => {
  it('is refused when it was cut off anywhere, or has more at its ends', async () => {
    for (let i = 0; i < 60; i++) {
      const length = Math.floor((i * bytes.length) / 60);
      await refusalOf(altered(backup.path, (all) => all.subarray(0, length)));
    }
    const cut = altered(backup.path, (all) => all.subarray(0, all.length - 1));
    expect(await refusalOf(cut)).toContain('damaged or incomplete backup');
    await refusalOf(altered(backup.path, (all) => Buffer.concat([all, Buffer.alloc(1)])));
    await refusalOf(altered(backup.path, (all) => Buffer.concat([Buffer.alloc(1), all])));
  });

  it('is refused when it never was one, in words that say so', async () => {
    const text = join(tempFolder(), 'notes.txt');
    writeFileSync(text, 'not a ZIP file');
    const empty = join(tempFolder(), 'empty.assaybackup');
    writeFileSync(empty, '');
    const zip = await craft([['notes.txt', Buffer.from('mine')]]);
    for (const path of [text, empty, zip]) {
      expect(await refusalOf(path)).toMatch(/is not a backup of an Assay workspace/u);
    }
    for (const path of [tempFolder(), join(tempFolder(), 'gone.assaybackup')]) {
      await refusalOf(path);
    }
  });

  it('is refused when a part is missing, added, doubled, in another order or compressed', async () => {
    const parts = [...(await partsOf(backup.path))];
    const [vault, database, heads, manifest] = parts;
    if (!vault || !database || !heads || !manifest) throw new Error('not four parts');
    const wrong = [
      ...parts.map((left) => parts.filter((part) => part !== left)),
      [...parts, ['extra.txt', Buffer.from('x')] as const],
      [vault, database, heads, heads, manifest],
      [...parts, manifest],
      [database, vault, heads, manifest],
      [vault, database, ['heads/log', heads[1]] as const, manifest],
    ];
    for (const crafted of wrong) {
      expect(await refusalOf(await craft(crafted))).toContain('Nothing was changed');
    }
    const compressed = join(tempFolder(), 'compressed.assaybackup');
    const zip = new ZipFile();
    for (const [name, content] of parts) zip.addBuffer(content, name);
    zip.end();
    writeFileSync(compressed, await buffer(zip.outputStream));
    expect(await refusalOf(compressed)).toContain('is compressed');
  });

  it('is refused when a part is to be written outside the folder', async () => {
    const evil = altered(backup.path, (all) =>
      Buffer.from(all.toString('latin1').replaceAll('heads.log', '../ds.log'), 'latin1'),
    );
    expect(await refusalOf(evil)).toContain('invalid relative path');
    const rooted = altered(backup.path, (all) =>
      Buffer.from(all.toString('latin1').replaceAll('heads.log', '/eads.log'), 'latin1'),
    );
    expect(await refusalOf(rooted)).toContain('absolute path');
  });

  it('is refused when its directory points far beyond its end', async () => {
    const path = join(tempFolder(), 'zip64.assaybackup');
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from('x'), 'backup.json', { compress: false });
    zip.end({ forceZip64Format: true, comment: '' });
    const crafted = await buffer(zip.outputStream);
    writeFileSync(path, crafted);
    expect(await refusalOf(path)).not.toBe('');
    const locator = crafted.lastIndexOf(Buffer.from('PK\u0006\u0007'));
    for (const offset of [2n ** 63n, 2n ** 53n, BigInt(crafted.length)]) {
      crafted.writeBigUInt64LE(offset, locator + 8);
      writeFileSync(path, crafted);
      expect(await refusalOf(path), String(offset)).not.toBe('');
    }
  });
});

describe('a backup of a newer Assay', () => {
  it('is refused by its format, whatever else is in it', async () => {
    const parts = await partsOf(backup.path);
    const newer = { ...manifestOf(parts), v: 2, more: true };
    const manifest = Buffer.from(JSON.stringify(newer));
    const grown = [...parts].slice(0, 3);
    for (const path of [
      await craft([['backup.json', manifest]]),
      await craft([...grown, ['blobs.db', Buffer.from('x')], ['backup.json', manifest]]),
    ]) {
      expect(await refusalOf(path)).toBe(
        'crafted.assaybackup was written by a newer Assay (backup format 2; this Assay reads up to 1). Nothing was changed. Restore it with that newer Assay.',
      );
    }
  });

  it('is refused by the format of its data', async () => {
    const path = await forge(
      backup.path,
      () => undefined,
      (manifest) => ({ ...manifest, schemaVersion: manifest.schemaVersion + 1 }),
    );
    expect(await refusalOf(path)).toMatch(
      /holds a workspace of a newer Assay \(data format \d+; this Assay knows up to \d+\)\. Nothing was changed\. Restore it with that newer Assay\./u,
    );
  });
});

describe('a backup that was put together by someone', () => {
  it('without the key is refused by the passphrase, whatever they changed', async () => {
    const otherDatabase = (await partsOf(older.path)).get('assay.db')!;
    const otherHeads = (await partsOf(older.path)).get('heads.log')!;
    const forgeries = [
      await forge(
        backup.path,
        () => undefined,
        (manifest) => ({ ...manifest, createdAtUtc: '2020-01-01T00:00:00.000Z' }),
      ),
      await forge(backup.path, (parts) => void parts.set('assay.db', otherDatabase)),
      await forge(backup.path, (parts) => void parts.set('heads.log', otherHeads)),
      await forge(backup.path, (parts) => void parts.set('heads.log', Buffer.alloc(0))),
    ];
    for (const path of forgeries) {
      expect(await refusalWithPassphrase(path)).toContain('was changed after Assay wrote it');
    }
  });

  it('is refused when it mixes two workspaces, or has a slot that was altered', async () => {
    const stranger = await createTestCore();
    const foreign = (await partsOf((await backUp(stranger)).path)).get('vault.json')!;
    stranger.close();
    const mixed = await forge(backup.path, (parts) => void parts.set('vault.json', foreign));
    expect(await refusalOf(mixed)).toContain('parts of different workspaces');
    const renamed = await forge(backup.path, (parts) => {
      const text = parts.get('vault.json')!.toString('utf8');
      parts.set('vault.json', Buffer.from(text.replaceAll('Ada Analyst', 'Eve Analyst')));
    });
    const folder = join(tempFolder(), 'restored');
    expect(await restoreInto(reader, renamed, folder)).toMatchObject({ ok: false });
    expect(existsSync(folder)).toBe(false);
  });

  it('with the key is refused when the database is an older one than the head it names', async () => {
    const old = (await partsOf(older.path)).get('assay.db')!;
    const path = await forgeWithKey(backup.path, (parts) => void parts.set('assay.db', old));
    expect(await refusalWithPassphrase(path)).toMatch(/its log has \d+ events and not the \d+/u);
  });
});

describe('the container', () => {
  it('is a ZIP file that other programs read', () => {
    const said = execFileSync('unzip', ['-t', backup.path], { encoding: 'utf8' });
    expect(said).toContain('No errors detected');
  });
});
