import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase, type Db } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd5'.repeat(32);
const AT = '2026-01-02T03:04:05.000Z';
const SHA = 'ab'.repeat(32);
const at = migrations.findIndex(({ name }) => name === 'performance');

/** A database as the version before prediction logs left it, with a model and a version in it. */
function databaseBefore(path: string): Db {
  const db = openDatabase({ path, keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, at) });
  db.exec(`
    INSERT INTO person (id, printed_name, roles, created_at_utc)
      VALUES ('p-1', 'Ada Analyst', '["analyst"]', '${AT}');
    INSERT INTO person_key (key_id, person_id, purpose, public_key_pem, nonce, wrapped_key, created_at_utc)
      VALUES ('${SHA}', 'p-1', 'sign', 'pem', x'${'00'.repeat(12)}', x'00', '${AT}');
    INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
      VALUES ('m-1', 'Churn', 'Predict churn', 'Ada', '${AT}', 'p-1');
    INSERT INTO signature VALUES ('s-1', 'registry.version', 'v-1', '${SHA}', 'p-1',
      'Ada Analyst', 'authorship', 'First', '${AT}', 0, '${SHA}', x'00', x'${'00'.repeat(64)}');
    INSERT INTO model_version VALUES ('v-1', 'm-1', 1, '{}', '${SHA}', 's-1');
  `);
  return db;
}

describe('the migration of prediction logs', () => {
  const path = join(tempFolder(), 'assay.db');

  it('brings an older workspace along, with a backup', () => {
    const db = databaseBefore(path);
    const version = migrations[at]!.version;
    const outcome = migrate(db, {
      keyHex: KEY,
      backupPathFor: (before) => `${path}.v${before}.bak`,
      migrations: migrations.slice(0, at + 1),
    });
    expect(outcome).toMatchObject({ fromVersion: version - 1, toVersion: version });
    expect(existsSync(`${path}.v${version - 1}.bak`)).toBe(true);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  it('lets what is kept for joining be dropped, and nothing else of a log change', () => {
    const db = openDatabase({ path, keyHex: KEY });
    db.exec(
      `INSERT INTO prediction_log VALUES ('l-1', 'm-1', 'v-1', '${SHA}', 0, '${AT}', '{}', x'01', NULL)`,
    );
    const refused = 'only what is kept for joining is dropped';
    const set = (sql: string) => () => db.exec(`UPDATE prediction_log SET ${sql}`);
    expect(set(`log = '{"a":1}'`)).toThrow(refused);
    expect(set(`join_blob = x'02'`)).toThrow(refused);
    expect(set('join_blob = NULL')).toThrow(refused);
    expect(set(`join_blob = NULL, dropped_at_utc = '${AT}'`)).not.toThrow();
    expect(set(`join_blob = x'01', dropped_at_utc = NULL`)).toThrow(refused);
    expect(() =>
      db.exec(
        `INSERT INTO prediction_log VALUES ('l-2', 'm-1', 'v-1', '${SHA}', 0, '${AT}', '{}', NULL, NULL)`,
      ),
    ).toThrow('UNIQUE');
    db.close();
  });

  it('lets an outcome file say what it matched, and its rows not grow', () => {
    const db = openDatabase({ path, keyHex: KEY });
    db.exec(`INSERT INTO outcome_file VALUES ('o-1', 'm-1', '${AT}', '{}', x'0000', x'01', NULL)`);
    const set = (sql: string) => () => db.exec(`UPDATE outcome_file SET ${sql}`);
    expect(set(`matched = x'0001'`)).not.toThrow();
    expect(set(`matched = x'000101'`)).toThrow('only what was matched changes');
    expect(set(`join_blob = x'02'`)).toThrow('only what was matched changes');
    expect(set(`join_blob = NULL, dropped_at_utc = '${AT}'`)).not.toThrow();
    db.close();
  });
});
