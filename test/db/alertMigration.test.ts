import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase, type Db } from '../../electron/db/openDatabase';
import { findAlerts } from '../../electron/incident/alertRepo';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const PERSON = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const MODEL = '5b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d';
const VERSION = '1b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d';
const REPORTS = ['2b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d', '3b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d'];
const ALERTS = ['4b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d', '6b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d'];
const AT = '2026-01-02T03:04:05.000Z';
const LATER = '2026-01-03T03:04:05.000Z';
const FEATURE = { name: 'size', primary: 'ks', value: 0.5, threshold: 0.1 };

/** A database as the version before left it: two reports of a version, each with its alert. */
function databaseAt10(path: string): Db {
  const db = openDatabase({ path, keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, 10) });
  db.pragma('foreign_keys = OFF');
  db.exec(`
    INSERT INTO person (id, printed_name, roles, created_at_utc)
      VALUES ('${PERSON}', 'Ada Analyst', '["analyst"]', '${AT}');
    INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
      VALUES ('${MODEL}', 'Churn', 'Predict churn', 'Ada', '${AT}', '${PERSON}');
    INSERT INTO model_version VALUES ('${VERSION}', '${MODEL}', 3, '{}', '${'cd'.repeat(32)}', 's-1');
  `);
  for (const [i, id] of REPORTS.entries()) {
    const columns = db
      .prepare<[], { name: string; type: string; notnull: number }>(
        'SELECT name, type, "notnull" FROM pragma_table_info(\'drift_report\')',
      )
      .all();
    const given: Readonly<Record<string, string>> = {
      id,
      model_id: MODEL,
      version_id: VERSION,
      label: `Batch ${i + 1}`,
    };
    const values = columns.map(
      ({ name, type, notnull }) =>
        given[name] ?? (notnull === 0 ? null : type === 'TEXT' ? '{}' : 1),
    );
    db.prepare(`INSERT INTO drift_report VALUES (${values.map(() => '?').join(', ')})`).run(
      ...values,
    );
  }
  const insert = db.prepare('INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const features = JSON.stringify([FEATURE]);
  const [first, second] = REPORTS;
  insert.run(ALERTS[0], MODEL, first, 'warning', 'It moved.', features, AT, null, null, null, 0);
  const seen = [LATER, 'Ada Analyst', 'New source', 1];
  insert.run(ALERTS[1], MODEL, second, 'critical', 'All moved.', features, AT, ...seen);
  db.pragma('foreign_keys = ON');
  return db;
}

describe('migration 11 (alert)', () => {
  const path = join(tempFolder(), 'assay.db');

  it('keeps every alert of version 10: its report is an occurrence, its acknowledgement a step', () => {
    const db = databaseAt10(path);
    migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, 11) });
    const common = {
      modelId: MODEL,
      modelName: 'Churn',
      versionId: VERSION,
      version: 3,
      segment: null,
      rule: 'drift',
      raisedAtUtc: AT,
      owner: null,
      snoozedUntilUtc: null,
    };
    const occurrence = { features: [FEATURE], atUtc: AT };
    expect(findAlerts(db, null)).toEqual([
      {
        ...common,
        id: ALERTS[0],
        severity: 'warning',
        state: 'new',
        revision: 0,
        occurrences: [
          {
            ...occurrence,
            source: { kind: 'drift', reportId: REPORTS[0] },
            label: 'Batch 1',
            severity: 'warning',
            message: 'It moved.',
          },
        ],
        steps: [],
      },
      {
        ...common,
        id: ALERTS[1],
        severity: 'critical',
        state: 'acknowledged',
        revision: 1,
        occurrences: [
          {
            ...occurrence,
            source: { kind: 'drift', reportId: REPORTS[1] },
            label: 'Batch 2',
            severity: 'critical',
            message: 'All moved.',
          },
        ],
        steps: [
          {
            act: 'acknowledge',
            owner: null,
            untilUtc: null,
            text: 'New source',
            changedBy: 'Ada Analyst',
            atUtc: LATER,
          },
        ],
      },
    ]);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  it('lets nobody rewrite what an alert is about, what was found and what was done', () => {
    const db = openDatabase({ path, keyHex: KEY });
    expect(() => db.exec('DELETE FROM alert')).toThrow('never deleted');
    expect(() => db.exec("UPDATE alert SET rule = 'x'")).toThrow('never changes');
    expect(() => db.exec("UPDATE alert_occurrence SET message = 'x'")).toThrow('never changes');
    expect(() => db.exec('DELETE FROM alert_occurrence')).toThrow('never deleted');
    expect(() => db.exec("UPDATE alert_step SET text = 'x'")).toThrow('never changes');
    expect(() => db.exec('DELETE FROM alert_step')).toThrow('never deleted');
    db.exec(`UPDATE alert SET state = 'closed' WHERE id = '${ALERTS[0]!}'`);
    expect(() => db.exec("UPDATE alert SET state = 'new'")).toThrow('stays closed');
    db.close();
  });
});
