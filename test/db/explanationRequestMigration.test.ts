import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const PERSON = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const AT = '2026-01-02T03:04:05.000Z';
const request = migrations.findIndex(({ name }) => name === 'explanationRequest');

it('the migration of requests lets letters be erased, and nothing else changed', () => {
  const db = openDatabase({ path: join(tempFolder(), 'assay.db'), keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, request) });
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
  `);
  const upTo = migrations.slice(0, request + 1);
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: upTo });
  db.exec(`
    INSERT INTO explanation_request (id, reference, model_id, version_id, bases, received_on)
      VALUES ('r-1', 'CASE-1', 'm-1', 'v-1', '["gdprAccess"]', '2026-01-02');
    INSERT INTO explanation_request_step VALUES ('r-1', 0, 'open', '', '${PERSON}', '${AT}');
    INSERT INTO explanation_letter VALUES ('l-1', 'r-1', 1, '${'ef'.repeat(32)}', '{}', '${AT}', '${PERSON}', NULL);
  `);
  for (const table of ['explanation_request', 'explanation_request_step', 'explanation_letter'])
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('never deleted');
  expect(() => db.exec("UPDATE explanation_request SET reference = 'CASE-2'")).toThrow('by steps');
  expect(() => db.exec("UPDATE explanation_request_step SET text = 'x'")).toThrow('never changes');
  expect(() => db.exec("UPDATE explanation_letter SET content = '[]'")).toThrow('never changed');
  expect(() =>
    db.exec("UPDATE explanation_request SET outcome = 'answered', revision = revision + 1"),
  ).toThrow('CHECK');
  db.exec(`UPDATE explanation_letter SET content = NULL, erased_at_utc = '${AT}'`);
  expect(() =>
    db.exec("UPDATE explanation_letter SET content = '{}', erased_at_utc = NULL"),
  ).toThrow('never changed');
  db.close();
});
