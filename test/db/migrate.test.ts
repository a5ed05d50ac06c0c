import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backUpDatabase } from '../../electron/db/backupDatabase';
import { migrate, type Migration } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase, type Db } from '../../electron/db/openDatabase';
import { expectedSchemaText, hasForeignSchema } from '../../electron/db/schemaText';
import { tempFolder } from '../support/tempFolder';
import frozen from './frozenMigrations.json';

const KEY = 'c3'.repeat(32);

const first: Migration = {
  version: 1,
  name: 'first',
  up: (db) => void db.exec('CREATE TABLE note (text TEXT NOT NULL) STRICT'),
};
const second: Migration = {
  version: 2,
  name: 'second',
  up: (db) => void db.exec("ALTER TABLE note ADD COLUMN kind TEXT NOT NULL DEFAULT 'plain'"),
};
const failing: Migration = {
  version: 2,
  name: 'failing',
  up(db) {
    db.exec('CREATE TABLE half (a TEXT) STRICT');
    db.exec('this is not SQL');
  },
};

function newDatabase(): { readonly db: Db; readonly path: string } {
  const path = join(tempFolder(), 'assay.db');
  return { db: openDatabase({ path, keyHex: KEY, canCreate: true }), path };
}

describe('migrate', () => {
  it('brings a new file to the newest schema without a backup', () => {
    const { db, path } = newDatabase();
    const backupPathFor = (version: number): string => `${path}.v${version}.bak`;
    const outcome = migrate(db, { keyHex: KEY, backupPathFor });
    const newest = migrations.at(-1)!.version;
    expect(outcome).toEqual({ fromVersion: 0, toVersion: newest, backupPath: null });
    expect(db.pragma('user_version', { simple: true })).toBe(newest);
    expect(hasForeignSchema(db)).toBe(false);
    expect(migrate(db, { keyHex: KEY, backupPathFor }).fromVersion).toBe(newest);
    db.close();
  });

  it('copies a file with data aside before it changes it', () => {
    const { db, path } = newDatabase();
    const backupPathFor = (version: number): string => `${path}.v${version}.bak`;
    migrate(db, { keyHex: KEY, backupPathFor, migrations: [first] });
    db.exec("INSERT INTO note VALUES ('old')");
    const outcome = migrate(db, { keyHex: KEY, backupPathFor, migrations: [first, second] });
    expect(outcome).toEqual({ fromVersion: 1, toVersion: 2, backupPath: `${path}.v1.bak` });
    expect(db.prepare('SELECT * FROM note').all()).toEqual([{ text: 'old', kind: 'plain' }]);
    const backup = openDatabase({ path: `${path}.v1.bak`, keyHex: KEY });
    expect(backup.pragma('user_version', { simple: true })).toBe(1);
    expect(backup.prepare('SELECT * FROM note').all()).toEqual([{ text: 'old' }]);
    backup.close();
    db.close();
  });

  it('leaves the file at the version it had when a migration fails', () => {
    const { db } = newDatabase();
    expect(() =>
      migrate(db, { keyHex: KEY, backupPathFor: null, migrations: [first, failing] }),
    ).toThrow('syntax error');
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()).toEqual(
      ['note'],
    );
    db.close();
  });

  it('refuses a file of a newer Assay with a plain sentence', () => {
    const { db } = newDatabase();
    migrate(db, { keyHex: KEY, backupPathFor: null, migrations: [first, second] });
    expect(() => migrate(db, { keyHex: KEY, backupPathFor: null, migrations: [first] })).toThrow(
      'This workspace was last used with a newer Assay (data format 2; this Assay knows up to 1).',
    );
    db.close();
  });

  it('has versions that count up by one, and unique names', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, i) => i + 1));
    expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
  });

  // A released migration has run on people's files: changing it would leave them with another schema.
  it.each(migrations.map(({ version, name }) => [version, name] as const))(
    'still makes the schema that was frozen for version %i (%s)',
    (version) => {
      const schemaSha256 = createHash('sha256').update(expectedSchemaText(version)).digest('hex');
      expect({ version, schemaSha256 }).toEqual({
        version,
        schemaSha256: (frozen as Record<string, string>)[String(version)], // keys are versions
      });
    },
  );
});

describe('backUpDatabase', () => {
  it('makes an encrypted, whole copy under its final name only', () => {
    const { db, path } = newDatabase();
    migrate(db, { keyHex: KEY, backupPathFor: null, migrations: [first] });
    const insert = db.prepare('INSERT INTO note VALUES (?)');
    for (let i = 0; i < 500; i++) insert.run(`row ${i}`);
    const target = `${path}.bak`;
    backUpDatabase(db, target, KEY);
    const copy = openDatabase({ path: target, keyHex: KEY });
    expect(copy.prepare('SELECT count(*) FROM note').pluck().get()).toBe(500);
    copy.close();
    db.close();
    expect(readdirSync(join(path, '..')).sort()).toEqual(['assay.db', 'assay.db.bak']);
  });

  it('leaves nothing behind when the copy cannot be made', () => {
    const { db, path } = newDatabase();
    migrate(db, { keyHex: KEY, backupPathFor: null, migrations: [first] });
    const target = join(path, '..', 'missing', 'assay.bak');
    expect(() => backUpDatabase(db, target, KEY)).toThrow('ENOENT');
    expect(existsSync(target)).toBe(false);
    db.close();
  });
});
