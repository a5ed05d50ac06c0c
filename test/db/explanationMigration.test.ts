import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const PERSON = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const AT = '2026-01-02T03:04:05.000Z';
const explanation = migrations.findIndex(({ name }) => name === 'explanation');

it('the migration of explanations keeps them as they are', () => {
  const db = openDatabase({ path: join(tempFolder(), 'assay.db'), keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, explanation) });
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
  const upTo = migrations.slice(0, explanation + 1);
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: upTo });
  const insert = (file: string, aggregates: string): void =>
    void db.exec(`INSERT INTO explanation VALUES ('e-1', 'm-1', 'v-1', '${file}', '${aggregates}',
      '${AT}', '${PERSON}')`);
  expect(() => insert('{}', '{"outputs":[]}')).toThrow('CHECK');
  insert('{"sha256":"ab"}', '{"outputs":[]}');
  expect(() => db.exec('DELETE FROM explanation')).toThrow('never deleted');
  expect(() => db.exec("UPDATE explanation SET file = '{}'")).toThrow('never changes');
  db.close();
});
