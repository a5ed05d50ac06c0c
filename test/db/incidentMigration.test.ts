import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase, type Db } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const AT = '2026-01-02T03:04:05.000Z';
const AFTER = migrations.findIndex(({ name }) => name === 'incidentRecord') + 1;

/** A database of the version before with a model and an alert, brought along. */
function migrated(): Db {
  const path = join(tempFolder(), 'assay.db');
  const db = openDatabase({ path, keyHex: KEY, canCreate: true });
  const upTo = (n: number) =>
    migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, n) });
  upTo(AFTER - 1);
  db.exec(`
    INSERT INTO person (id, printed_name, roles, created_at_utc)
      VALUES ('p-1', 'Ada Analyst', '["analyst"]', '${AT}');
    INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
      VALUES ('m-1', 'Churn', 'Predict churn', 'Ada', '${AT}', 'p-1');
    INSERT INTO alert (id, model_id, rule, severity, raised_at_utc)
      VALUES ('a-1', 'm-1', 'drift', 'warning', '${AT}');
  `);
  upTo(AFTER);
  return db;
}

describe('the migration that adds incidents', () => {
  it('keeps alerts as they are, and lets an incident change by steps only', () => {
    const db = migrated();
    expect(db.prepare('SELECT id, state FROM alert').all()).toEqual([{ id: 'a-1', state: 'new' }]);
    db.exec(`
      INSERT INTO incident (id, model_id, title, opened_at_utc, opened_by, state)
        VALUES ('i-1', 'm-1', 'Sizes moved', '${AT}', 'p-1', 'open');
      INSERT INTO incident_alert VALUES ('a-1', 'i-1');
      INSERT INTO incident_entry VALUES ('i-1', 1, 'detection', '${AT}', 't', NULL, 'p-1', '${AT}');
      INSERT INTO incident_step VALUES ('i-1', 0, 'open', 'r', 'p-1', '${AT}');
      INSERT INTO incident_target VALUES ('m-1', 1, 24, '${AT}', 'p-1', 'r');
    `);
    db.exec("UPDATE incident SET state = 'closed', revision = 1");
    expect(() => db.exec("UPDATE incident SET state = 'open'")).toThrow('by steps only');
    expect(() => db.exec("UPDATE incident SET title = 'x', revision = 2")).toThrow('by steps only');
    for (const table of ['alert', 'entry', 'step', 'target'].map((part) => `incident_${part}`)) {
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(/never deleted|stays with/u);
    }
    expect(() => db.exec("UPDATE incident_entry SET text = 'x'")).toThrow('never changes');
    expect(() => db.exec("UPDATE incident_step SET text = 'x'")).toThrow('never changes');
    expect(() => db.exec('UPDATE incident_target SET target_hours = 1')).toThrow('never changes');
    expect(() => db.exec("UPDATE incident_alert SET incident_id = 'x'")).toThrow('stays with');
    expect(() => db.exec('DELETE FROM incident')).toThrow('never deleted');
    db.close();
  });
});
