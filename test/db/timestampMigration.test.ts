import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase, type Db } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const PERSON = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const AT = '2026-01-02T03:04:05.000Z';

/** A database as the version before timestamps left it, with records in it. */
function databaseAt7(path: string): Db {
  const db = openDatabase({ path, keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, 7) });
  db.exec(`
    INSERT INTO workspace (one, id, name, is_sample, created_at_utc)
      VALUES (1, 'w-1', 'Risk models', 0, '${AT}');
    INSERT INTO person (id, printed_name, roles, created_at_utc)
      VALUES ('${PERSON}', 'Ada Analyst', '["analyst"]', '${AT}');
    INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
      VALUES ('m-1', 'Churn', 'Predict churn', 'Ada', '${AT}', '${PERSON}');
  `);
  return db;
}

function records(db: Db): unknown {
  return ['workspace', 'person', 'model'].map((table) =>
    db.prepare(`SELECT * FROM ${table}`).all(),
  );
}

describe('migration 8 (timestamp)', () => {
  const path = join(tempFolder(), 'assay.db');
  const backupPath = `${path}.v7.bak`;

  it('brings a workspace of version 7 along, with every record and a backup of the old file', () => {
    const db = databaseAt7(path);
    const before = records(db);
    const outcome = migrate(db, {
      keyHex: KEY,
      backupPathFor: (version) => `${path}.v${version}.bak`,
      migrations: migrations.slice(0, 8),
    });
    expect(outcome).toEqual({ fromVersion: 7, toVersion: 8, backupPath });
    expect(records(db)).toEqual(before);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(existsSync(backupPath)).toBe(true);
    db.close();
    const backup = openDatabase({ path: backupPath, keyHex: KEY });
    expect(backup.pragma('user_version', { simple: true })).toBe(7);
    expect(records(backup)).toEqual(before);
    backup.close();
  });

  it('adds requests and responses that never change and are never deleted', () => {
    const db = openDatabase({ path, keyHex: KEY });
    const request = ['t-1', 'note', 'ab'.repeat(32), 12, Buffer.from('30', 'hex'), AT, PERSON];
    db.prepare('INSERT INTO timestamp_request VALUES (?, ?, ?, ?, ?, ?, ?)').run(...request);
    const response = ['t-1', Buffer.from('30', 'hex'), AT, 'CN=TSA', '7', AT, PERSON];
    const insert = db.prepare('INSERT INTO timestamp_response VALUES (?, ?, ?, ?, ?, ?, ?)');
    insert.run(...response);
    expect(() => insert.run(...response)).toThrow('UNIQUE');
    expect(() => insert.run('t-2', ...response.slice(1))).toThrow('FOREIGN KEY');
    for (const table of ['request', 'response']) {
      expect(() => db.exec(`DELETE FROM timestamp_${table}`)).toThrow('never deleted');
    }
    expect(() => db.exec("UPDATE timestamp_request SET checkpoint = ''")).toThrow('never changes');
    expect(() => db.exec("UPDATE timestamp_response SET authority = ''")).toThrow('never changes');
    db.close();
  });
});
