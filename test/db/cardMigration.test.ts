import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const PERSON = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const AT = '2026-01-02T03:04:05.000Z';

it('migration 10 (card) keeps revisions and approvals as they are, and closes a comment once', () => {
  const db = openDatabase({ path: join(tempFolder(), 'assay.db'), keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, 9) });
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
  const outcome = migrate(db, {
    keyHex: KEY,
    backupPathFor: null,
    migrations: migrations.slice(0, 10),
  });
  expect(outcome).toMatchObject({ fromVersion: 9, toVersion: 10 });
  db.exec(`
    INSERT INTO card_revision VALUES ('r-1', 'v-1', 1, '{}', '${'ef'.repeat(32)}', '${AT}', '${PERSON}');
    INSERT INTO card_approval VALUES ('r-1', 'v-1', 1, 's-1', '${AT}', '${PERSON}');
    INSERT INTO card_comment (id, version_id, revision, field, text, made_at_utc, made_by)
      VALUES ('c-1', 'v-1', 1, 'overview', 'Why?', '${AT}', '${PERSON}');
  `);
  expect(() =>
    db.exec(`INSERT INTO card_revision SELECT 'r-2', version_id, 1, record, record_sha256,
      saved_at_utc, saved_by FROM card_revision`),
  ).toThrow('UNIQUE');
  expect(() => db.exec("UPDATE card_revision SET record = '[]'")).toThrow('never changes');
  expect(() => db.exec("UPDATE card_approval SET approved_by = 'x'")).toThrow('never changes');
  expect(() => db.exec("UPDATE card_comment SET text = 'x'")).toThrow('only closed, once');
  const close = `UPDATE card_comment SET resolved_at_utc = '${AT}', resolved_by = '${PERSON}', resolution = 'Done'`;
  db.exec(close);
  expect(() => db.exec(close)).toThrow('only closed, once');
  for (const table of ['card_comment', 'card_approval', 'card_revision'])
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('never deleted');
  db.close();
});
