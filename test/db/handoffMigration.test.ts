import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const PERSON = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const AT = '2026-01-02T03:04:05.000Z';
const handoff = migrations.findIndex(({ name }) => name === 'handoff');

it('the migration of hand-off packets keeps settings, packets and their revisions as they are', () => {
  const db = openDatabase({ path: join(tempFolder(), 'assay.db'), keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, handoff) });
  db.exec(`
    INSERT INTO person (id, printed_name, roles, created_at_utc)
      VALUES ('${PERSON}', 'Ada Analyst', '["analyst"]', '${AT}');
    INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
      VALUES ('m-1', 'Churn', 'Predict churn', 'Ada', '${AT}', '${PERSON}');
  `);
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, handoff + 1) });
  db.exec(`
    INSERT INTO pipeline_setting VALUES ('m-1', 1, '{}', 'Ours', '${AT}', 'Ada Analyst');
    INSERT INTO handoff_packet VALUES ('h-1', 'm-1', 1, '${AT}', '${PERSON}');
    INSERT INTO handoff_revision VALUES ('h-1', 1, '{}', 'First', '${AT}', '${PERSON}');
    INSERT INTO handoff_withdrawal VALUES ('h-1', 'Not needed', '${AT}', '${PERSON}');
  `);
  for (const table of [
    'pipeline_setting',
    'handoff_packet',
    'handoff_revision',
    'handoff_withdrawal',
  ]) {
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(`${table} rows are never deleted`);
    expect(() => db.exec(`UPDATE ${table} SET rowid = rowid`)).toThrow(
      `${table} rows never change`,
    );
  }
  expect(() =>
    db.exec(`INSERT INTO handoff_packet VALUES ('h-2', 'm-1', 1, '${AT}', '${PERSON}')`),
  ).toThrow('UNIQUE');
  expect(() =>
    db.exec(`INSERT INTO handoff_revision VALUES ('h-9', 1, '{}', 'First', '${AT}', '${PERSON}')`),
  ).toThrow('FOREIGN KEY');
  expect(() =>
    db.exec(`INSERT INTO handoff_revision VALUES ('h-1', 2, 'no', 'First', '${AT}', '${PERSON}')`),
  ).toThrow('CHECK');
  db.close();
});
