import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const PERSON = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const AT = '2026-01-02T03:04:05.000Z';
const canary = migrations.findIndex(({ name }) => name === 'canary');

it('the migration of canaries keeps plans, looks and verdicts as they are', () => {
  const db = openDatabase({ path: join(tempFolder(), 'assay.db'), keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, canary) });
  db.exec(`
    INSERT INTO person (id, printed_name, roles, created_at_utc)
      VALUES ('${PERSON}', 'Ada Analyst', '["analyst"]', '${AT}');
    INSERT INTO person_key (key_id, person_id, purpose, public_key_pem, nonce, wrapped_key, created_at_utc)
      VALUES ('${'ab'.repeat(32)}', '${PERSON}', 'sign', 'pem', x'${'00'.repeat(12)}', x'00', '${AT}');
    INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
      VALUES ('m-1', 'Churn', 'Predict churn', 'Ada', '${AT}', '${PERSON}');
    INSERT INTO signature VALUES ('s-1', 'registry.version', 'v-1', '${'cd'.repeat(32)}', '${PERSON}',
      'Ada Analyst', 'authorship', 'First', '${AT}', 0, '${'ab'.repeat(32)}', x'00', x'${'00'.repeat(64)}');
    INSERT INTO model_version VALUES ('v-1', 'm-1', 1, '{}', '${'cd'.repeat(32)}', 's-1');
    INSERT INTO model_version VALUES ('v-2', 'm-1', 2, '{}', '${'cd'.repeat(32)}', 's-1');
  `);
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, canary + 1) });
  db.exec(`
    INSERT INTO canary VALUES ('c-1', 'm-1', 'v-2', 'v-1', '${AT}', '${PERSON}');
    INSERT INTO canary_plan VALUES ('c-1', 1, '{}', 'First', 0, '${AT}', '${PERSON}');
    INSERT INTO canary_look VALUES ('c-1', 1, '{}', '${AT}', '${PERSON}');
    INSERT INTO canary_verdict VALUES ('d-1', 'c-1', 1, 1, 1, 'hold', '{}', '${'ef'.repeat(32)}', '${AT}', '${PERSON}');
  `);
  const tables = ['canary', 'canary_plan', 'canary_look', 'canary_verdict'];
  for (const table of tables)
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('never deleted');
  expect(() => db.exec("UPDATE canary SET model_id = 'm-2'")).toThrow('never changes');
  expect(() => db.exec("UPDATE canary_plan SET plan = '[]'")).toThrow('never changes');
  expect(() => db.exec("UPDATE canary_look SET evidence = '[]'")).toThrow('never changes');
  expect(() => db.exec("UPDATE canary_verdict SET verdict = 'promote'")).toThrow('never changes');
  expect(() =>
    db.exec(`INSERT INTO canary VALUES ('c-2', 'm-1', 'v-1', 'v-1', '${AT}', '${PERSON}')`),
  ).toThrow('CHECK');
  expect(() =>
    db.exec(
      `INSERT INTO canary_verdict VALUES ('d-2', 'c-1', 2, 9, 1, 'hold', '{}', '${'ef'.repeat(32)}', '${AT}', '${PERSON}')`,
    ),
  ).toThrow('FOREIGN KEY');
  db.close();
});
