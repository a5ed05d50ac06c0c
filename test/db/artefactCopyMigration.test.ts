import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const SHA256 = 'ab'.repeat(32);

describe('the migration of artefact copies', () => {
  it('adds pieces of files that never change and are never deleted', () => {
    const upTo = migrations.findIndex(({ name }) => name === 'artefactCopy') + 1;
    const path = join(tempFolder(), 'assay.db');
    const db = openDatabase({ path, keyHex: KEY, canCreate: true });
    migrate(db, {
      keyHex: KEY,
      backupPathFor: null,
      migrations: migrations.slice(0, upTo - 1),
    });
    migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, upTo) });
    const insert = db.prepare('INSERT INTO artefact_piece VALUES (?, ?, ?)');
    insert.run(SHA256, 0, Buffer.from('piece'));
    const fails = (sql: string): void => expect(() => db.exec(sql)).toThrow(/artefact_piece/u);
    fails('DELETE FROM artefact_piece');
    fails("UPDATE artefact_piece SET bytes = x'00'");
    expect(() => insert.run('AB'.repeat(32), 0, Buffer.alloc(1))).toThrow('CHECK');
    expect(() => insert.run(SHA256, -1, Buffer.alloc(1))).toThrow('CHECK');
    expect(() => insert.run(SHA256, 1, Buffer.alloc(2 ** 22 + 1))).toThrow('CHECK');
    expect(() => insert.run(SHA256, 0, Buffer.alloc(1))).toThrow('UNIQUE');
    expect(db.pragma('user_version', { simple: true })).toBe(migrations[upTo - 1]?.version);
    db.close();
  });
});
