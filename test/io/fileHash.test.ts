import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashAndWatch, hashFile, readAndHash } from '../../electron/io/fileHash';
import { tempFolder } from '../support/tempFolder';
import { failureOf, neverCancelled, writeFixture } from './tableFixtures';

const scope = { signal: neverCancelled };
const large = Uint8Array.from({ length: 10_000_001 }, (_, i) => i % 251);

describe('hashFile', () => {
  it('gives the known hash of a known file', async () => {
    expect(await hashFile(writeFixture('abc.txt', 'abc'), scope)).toEqual({
      fileName: 'abc.txt',
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      sizeBytes: 3,
    });
  });

  it('hashes an empty file and one of several pieces, with rising progress', async () => {
    const fractions: (number | null)[] = [];
    const path = writeFixture('large.bin', large);
    const { sha256 } = await hashFile(path, {
      ...scope,
      progress: ({ fraction }) => fractions.push(fraction),
    });
    expect(sha256).toBe(createHash('sha256').update(large).digest('hex'));
    expect(fractions).toHaveLength(3);
    expect(fractions.at(-1)).toBe(1);
    expect((await hashFile(writeFixture('empty', ''), scope)).sizeBytes).toBe(0);
  });

  it('stops between two pieces when it is cancelled', async () => {
    const controller = new AbortController();
    const hashing = hashFile(writeFixture('large.bin', large), {
      signal: controller.signal,
      progress: () => controller.abort(),
    });
    expect((await failureOf(hashing)).code).toBe('CANCELLED');
  });

  it('says what stands where a file should be', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'sub'));
    const missing = await failureOf(hashFile(join(folder, 'gone.csv'), scope));
    const isFolder = await failureOf(hashFile(join(folder, 'sub'), scope));
    expect(missing.message).toBe('gone.csv: there is no such file. Nothing was recorded.');
    expect(isFolder.code).toBe('BAD_DATA');
  });
});

describe('readAndHash', () => {
  it('reads into shared memory what it hashed', async () => {
    const { bytes, hashed } = await readAndHash(writeFixture('large.bin', large), scope);
    expect(bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hashed.fingerprint.sha256);
    expect(hashed.fingerprint.sizeBytes).toBe(large.length);
  });
});

describe('hashAndWatch', () => {
  it('notices that the file changed afterwards', async () => {
    const path = writeFixture('growing.csv', 'a\n1\n');
    const watched = await hashAndWatch(path, scope);
    await watched.checkUnchanged();
    appendFileSync(path, '2\n');
    expect((await failureOf(watched.checkUnchanged())).message).toContain(
      'changed while it was being read',
    );
  });
});
