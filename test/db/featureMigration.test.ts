import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const AT = '2026-01-02T03:04:05.000Z';

describe('the migration of the feature catalogue', () => {
  it('adds names that stay and revisions that never change', () => {
    const upTo = migrations.findIndex(({ name }) => name === 'feature') + 1;
    const keyHex = 'd4'.repeat(32);
    const db = openDatabase({ path: join(tempFolder(), 'assay.db'), keyHex, canCreate: true });
    migrate(db, { keyHex, backupPathFor: null, migrations: migrations.slice(0, upTo) });
    db.pragma('foreign_keys = OFF');
    db.exec("INSERT INTO feature VALUES ('f-1', 'size')");
    const insert = db.prepare('INSERT INTO feature_revision VALUES (?, ?, ?, ?, ?, ?)');
    insert.run('f-1', 1, '{}', 'first', AT, 'p-1');
    for (const [sql, reason] of [
      ["INSERT INTO feature VALUES ('f-2', 'size')", 'UNIQUE'],
      ["UPDATE feature SET name = 'other'", 'never changes'],
      ['DELETE FROM feature', 'never deleted'],
      ["UPDATE feature_revision SET reason = 'other'", 'never changes'],
      ['DELETE FROM feature_revision', 'never deleted'],
    ] as const)
      expect(() => db.exec(sql)).toThrow(reason);
    expect(() => insert.run('f-1', 1, '{}', 'again', AT, 'p-1')).toThrow('UNIQUE');
    expect(() => insert.run('f-1', 0, '{}', 'x', AT, 'p-1')).toThrow('CHECK');
    expect(() => insert.run('f-1', 2, '[]', 'x', AT, 'p-1')).toThrow('CHECK');
    expect(() => insert.run('f-1', 2, '{}', '', AT, 'p-1')).toThrow('CHECK');
    db.close();
  });
});
