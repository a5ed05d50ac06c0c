import { join } from 'node:path';
import { expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const PERSON = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const AT = '2026-01-02T03:04:05.000Z';
const feedback = migrations.findIndex(({ name }) => name === 'feedback');

it('the migration of the loop back keeps actions, the outbox and firings as they are', () => {
  const db = openDatabase({ path: join(tempFolder(), 'assay.db'), keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, feedback) });
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
    INSERT INTO stage_change (model_id, version_id, from_stage, to_stage, kind, request_id, at_utc,
      changed_by, reason)
      VALUES ('m-1', 'v-1', 'None', 'Staging', 'promotion', NULL, '${AT}', '${PERSON}', 'Go');
    INSERT INTO alert (id, model_id, rule, severity, raised_at_utc)
      VALUES ('a-1', 'm-1', 'accuracy', 'critical', '${AT}');
    INSERT INTO handoff_packet VALUES ('h-1', 'm-1', 1, '${AT}', '${PERSON}');
  `);
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, feedback + 1) });
  db.exec(`
    INSERT INTO rule_action VALUES ('a-1', 'rollBack', 'm-1', 'v-1', 'l-1', 'accuracy', 1, 'Low', '${AT}');
    INSERT INTO rule_action_outcome VALUES ('a-1', 'rollBack', 'done', 'Did', NULL, '${AT}', '${PERSON}');
    INSERT INTO outbox_folder VALUES (1, '/srv/outbox', 'Ours', '${AT}', '${PERSON}');
    INSERT INTO outbox_manifest VALUES (1, 'm-1', 'rollback.json', '{}', '${AT}');
    INSERT INTO outbox_delivery VALUES (1, '${AT}', '${PERSON}');
    INSERT INTO retraining_policy VALUES ('m-1', 1, '{}', 'Ours', '${AT}', 'Ada Analyst');
    INSERT INTO retraining_firing VALUES ('m-1', 'drift', 'r-1', 1, 'Moved', 'h-1', '${AT}', '${PERSON}');
  `);
  for (const table of [
    'rule_action',
    'rule_action_outcome',
    'outbox_folder',
    'outbox_manifest',
    'outbox_delivery',
    'retraining_policy',
    'retraining_firing',
  ]) {
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(`${table} rows are never deleted`);
    expect(() => db.exec(`UPDATE ${table} SET rowid = rowid`)).toThrow(
      `${table} rows never change`,
    );
  }
  expect(() =>
    db.exec(
      `INSERT INTO rule_action VALUES ('a-1', 'rollBack', 'm-1', 'v-1', 'l-2', 'accuracy', 1, 'Low', '${AT}')`,
    ),
  ).toThrow('UNIQUE');
  expect(() =>
    db.exec(
      `INSERT INTO rule_action_outcome VALUES ('a-1', 'retrain', 'done', 'Did', NULL, '${AT}', '${PERSON}')`,
    ),
  ).toThrow('FOREIGN KEY');
  expect(() =>
    db.exec(
      `INSERT INTO retraining_firing VALUES ('m-1', 'drift', 'r-1', 1, 'Moved', 'h-1', '${AT}', '${PERSON}')`,
    ),
  ).toThrow('UNIQUE');
  db.close();
});
