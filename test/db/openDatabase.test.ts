import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CONNECTION_PRAGMAS, openDatabase, type Db } from '../../electron/db/openDatabase';
import { toStorageFailure } from '../../electron/db/storageFailure';
import { tempFolder } from '../support/tempFolder';

const KEY = 'a1'.repeat(32);
const OTHER_KEY = 'b2'.repeat(32);
const opened: Db[] = [];

afterEach(() => {
  for (const db of opened.splice(0)) db.close();
});

function keep(db: Db): Db {
  opened.push(db);
  return db;
}

function newFile(): string {
  const path = join(tempFolder(), 'assay.db');
  const db = openDatabase({ path, keyHex: KEY, canCreate: true });
  db.exec("CREATE TABLE note (text TEXT) STRICT; INSERT INTO note VALUES ('kept')");
  db.close();
  return path;
}

describe('openDatabase', () => {
  it('reads back every setting of the product on a new and on an existing file', () => {
    const path = newFile();
    const db = keep(openDatabase({ path, keyHex: KEY }));
    const found = CONNECTION_PRAGMAS.map(([name]) => db.pragma(name, { simple: true }));
    expect(found).toEqual(['wal', 2, 1, 1, 2, 1, 1, 1, 0, 1, 0, 67_108_864]);
    expect(db.pragma('locking_mode', { simple: true })).toBe('exclusive');
    expect(db.pragma('cipher', { simple: true })).toBe('sqlcipher');
    expect(db.pragma('legacy', { simple: true })).toBe('4');
  });

  it('leaves no shared-memory file, because it holds the file alone from its first read', () => {
    const path = newFile();
    const db = keep(openDatabase({ path, keyHex: KEY }));
    db.exec("INSERT INTO note VALUES ('second')");
    expect(existsSync(`${path}-wal`)).toBe(true);
    expect(existsSync(`${path}-shm`)).toBe(false);
  });

  it('writes nothing readable', () => {
    const bytes = readFileSync(newFile());
    expect(bytes.length).toBeGreaterThan(4096);
    expect(bytes.subarray(0, 16).toString('latin1')).not.toContain('SQLite');
    expect(bytes.includes('kept')).toBe(false);
    expect(bytes.includes('CREATE TABLE')).toBe(false);
  });

  it('uses the key as it is, without stretching it like a passphrase', () => {
    const path = newFile();
    // A raw key opens at once; the same letters as a passphrase take 256,000 rounds (145 ms).
    const startMs = performance.now();
    keep(openDatabase({ path, keyHex: KEY }));
    expect(performance.now() - startMs).toBeLessThan(60);
  });

  it.each(['', 'a1', 'A1'.repeat(32), `${KEY}00`, `${KEY.slice(1)} `, 'zz'.repeat(32)])(
    'refuses the malformed key "%s" instead of taking it for a passphrase',
    (keyHex) => {
      const path = newFile();
      expect(() => openDatabase({ path, keyHex })).toThrow('64 lowercase hex digits');
    },
  );

  it('answers INTEGRITY for another key, and for a file of something else', () => {
    const path = newFile();
    const before = readFileSync(path);
    expect(() => openDatabase({ path, keyHex: OTHER_KEY })).toThrow(
      expect.objectContaining({ code: 'INTEGRITY' }),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    const plain = join(tempFolder(), 'assay.db');
    writeFileSync(plain, 'SQLite format 3\0'.padEnd(8192, 'x'));
    expect(() => openDatabase({ path: plain, keyHex: KEY })).toThrow(
      expect.objectContaining({ code: 'INTEGRITY' }),
    );
  });

  it('refuses an encrypted file that is not of Assay, and one of a newer Assay, and leaves them alone', () => {
    const path = newFile();
    const db = openDatabase({ path, keyHex: KEY });
    db.pragma('user_version = 9999');
    db.close();
    const size = statSync(path).size;
    expect(() => openDatabase({ path, keyHex: KEY })).toThrow(
      expect.objectContaining({
        code: 'INTEGRITY',
        message: expect.stringContaining('newer Assay') as string,
        details: expect.objectContaining({ fileVersion: 9999 }) as object,
      }),
    );
    expect(statSync(path).size).toBe(size);
    const Sqlite = createRequire(import.meta.url)('better-sqlite3-multiple-ciphers') as new (
      path: string,
    ) => Db; // loaded by hand to make a file that openDatabase would never make
    const foreignPath = join(tempFolder(), 'foreign.db');
    const foreign = new Sqlite(foreignPath);
    foreign.pragma("cipher = 'sqlcipher'");
    foreign.pragma('legacy = 4');
    foreign.key(Buffer.from(`x'${KEY}'`));
    foreign.exec('CREATE TABLE theirs (a)');
    foreign.close();
    expect(() => openDatabase({ path: foreignPath, keyHex: KEY })).toThrow(
      'not an Assay workspace',
    );
  });

  it('does not make a file unless told to', () => {
    const path = join(tempFolder(), 'assay.db');
    expect(() => openDatabase({ path, keyHex: KEY })).toThrow(
      expect.objectContaining({ code: 'STORAGE' }),
    );
    expect(existsSync(path)).toBe(false);
  });

  it('refuses a second opener, in this process and in another, within 2 seconds', () => {
    const path = newFile();
    keep(openDatabase({ path, keyHex: KEY }));
    const startMs = performance.now();
    expect(() => openDatabase({ path, keyHex: KEY })).toThrow(
      expect.objectContaining({
        code: 'CONFLICT',
        message: expect.stringContaining('open in another window') as string,
      }),
    );
    expect(performance.now() - startMs).toBeLessThan(2000);
    expect(otherProcessOpens(path)).toBe('SQLITE_BUSY');
    opened.splice(0).forEach((db) => db.close());
    expect(otherProcessOpens(path)).toBe('opened');
  });

  it('refuses every write on a connection for reading', () => {
    const db = keep(openDatabase({ path: newFile(), keyHex: KEY, isReadOnly: true }));
    expect(db.prepare('SELECT text FROM note').pluck().all()).toEqual(['kept']);
    expect(() => db.exec("INSERT INTO note VALUES ('no')")).toThrow('readonly');
  });

  it('finds a flipped bit anywhere in the file', () => {
    const path = newFile();
    const good = readFileSync(path);
    const unnoticed: number[] = [];
    for (let i = 0; i < good.length; i += 97) {
      const bad = Buffer.from(good);
      bad[i]! ^= 1 << (i % 8);
      writeFileSync(path, bad);
      if (readsWell(path)) unnoticed.push(i);
    }
    expect(unnoticed).toEqual([]);
    writeFileSync(path, good);
    expect(readsWell(path)).toBe(true);
  });
});

describe('toStorageFailure', () => {
  it.each([
    ['SQLITE_FULL', 'STORAGE'],
    ['SQLITE_READONLY_DBMOVED', 'STORAGE'],
    ['SQLITE_IOERR_WRITE', 'STORAGE'],
    ['SQLITE_CANTOPEN', 'STORAGE'],
    ['SQLITE_BUSY_RECOVERY', 'CONFLICT'],
    ['SQLITE_CORRUPT_VTAB', 'INTEGRITY'],
    ['SQLITE_NOTADB', 'INTEGRITY'],
  ])('tells %s to people as %s', (code, expected) => {
    const failure = toStorageFailure(Object.assign(new Error('text of SQLite'), { code }));
    expect(failure?.code).toBe(expected);
    expect(failure?.message).not.toContain('text of SQLite');
  });

  it('leaves our own faults alone', () => {
    const fault = Object.assign(new Error('UNIQUE'), { code: 'SQLITE_CONSTRAINT_UNIQUE' });
    expect(toStorageFailure(fault)).toBeNull();
    expect(toStorageFailure(new TypeError('x'))).toBeNull();
  });
});

function readsWell(path: string): boolean {
  try {
    const db = openDatabase({ path, keyHex: KEY });
    try {
      const isSound = db.pragma('integrity_check', { simple: true }) === 'ok';
      return isSound && db.prepare('SELECT text FROM note').pluck().get() === 'kept';
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

function otherProcessOpens(path: string): string {
  const program = `
    const Database = require('better-sqlite3-multiple-ciphers');
    const db = new Database(process.argv[1], { timeout: 300, fileMustExist: true });
    try {
      db.pragma("cipher = 'sqlcipher'");
      db.pragma('legacy = 4');
      db.key(Buffer.from("x'${KEY}'"));
      db.pragma('locking_mode = EXCLUSIVE');
      db.pragma('application_id');
      console.log('opened');
    } catch (error) {
      console.log(error.code);
    }`;
  return execFileSync(process.execPath, ['-e', program, path], { encoding: 'utf8' }).trim();
}
