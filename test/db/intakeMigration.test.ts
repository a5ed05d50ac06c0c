import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const SHA256 = 'ab'.repeat(32);

describe('the migration of the watched folder', () => {
  it('keeps settings and taken files for ever, and the same bytes as imported only once', () => {
    const upTo = migrations.findIndex(({ name }) => name === 'intake') + 1;
    const path = join(tempFolder(), 'assay.db');
    const db = openDatabase({ path, keyHex: KEY, canCreate: true });
    const options = { keyHex: KEY, backupPathFor: null };
    migrate(db, { ...options, migrations: migrations.slice(0, upTo - 1) });
    migrate(db, { ...options, migrations: migrations.slice(0, upTo) });
    db.pragma('foreign_keys = OFF'); // the people of this story are not told
    const setting = db.prepare("INSERT INTO intake_setting VALUES (?, ?, ?, 'why', 'now', 'p')");
    setting.run(1, '/data', 1);
    expect(() => setting.run(2, null, 1)).toThrow('CHECK');
    const file = db.prepare(
      "INSERT INTO intake_file VALUES (?, ?, 'a.assay.json', ?, ?, ?, 'now', 'p', '{}')",
    );
    file.run('one', 1, SHA256, SHA256, 'imported');
    file.run('two', 2, SHA256, SHA256, 'repeated');
    file.run('three', 3, null, null, 'failed');
    expect(() => file.run('four', 4, SHA256, SHA256, 'imported')).toThrow('UNIQUE');
    expect(() => file.run('five', 5, SHA256, null, 'imported')).toThrow('CHECK');
    expect(() => file.run('six', 6, SHA256, SHA256, 'lost')).toThrow('CHECK');
    for (const table of ['intake_setting', 'intake_file']) {
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('never deleted');
      expect(() => db.exec(`UPDATE ${table} SET rowid = 9`)).toThrow('never change');
    }
    expect(db.pragma('user_version', { simple: true })).toBe(migrations[upTo - 1]?.version);
    db.close();
  });
});
