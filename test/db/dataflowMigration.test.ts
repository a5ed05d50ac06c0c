import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const AT = '2026-01-02T03:04:05.000Z';
const SHA256 = 'a'.repeat(64);

describe('the migration of the data-flow map', () => {
  it('adds revisions, approvals and acceptances that never change', () => {
    const upTo = migrations.findIndex(({ name }) => name === 'dataflow') + 1;
    const keyHex = 'd4'.repeat(32);
    const db = openDatabase({ path: join(tempFolder(), 'assay.db'), keyHex, canCreate: true });
    migrate(db, { keyHex, backupPathFor: null, migrations: migrations.slice(0, upTo) });
    db.pragma('foreign_keys = OFF');
    const revision = db.prepare('INSERT INTO dataflow_revision VALUES (?, ?, ?, ?, ?, ?)');
    const accept = db.prepare('INSERT INTO dataflow_acceptance VALUES (?, 1, ?, ?, ?, ?, ?, ?)');
    revision.run(1, '{}', SHA256, 'first', AT, 'p-1');
    accept.run(1, 'rule:map', 'what is wrong', 'known', '2026-02-01', AT, 'p-1');
    db.exec(`INSERT INTO dataflow_approval VALUES ('s-1', 1, '${AT}', 'p-2')`);
    for (const table of ['dataflow_revision', 'dataflow_approval', 'dataflow_acceptance']) {
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('never deleted');
      expect(() => db.exec(`UPDATE ${table} SET revision = 7`)).toThrow('never change');
    }
    expect(() => revision.run(1, '{}', SHA256, 'again', AT, 'p-1')).toThrow('UNIQUE');
    expect(() => revision.run(0, '{}', SHA256, 'x', AT, 'p-1')).toThrow('CHECK');
    expect(() => revision.run(2, '[]', SHA256, 'x', AT, 'p-1')).toThrow('CHECK');
    expect(() => revision.run(2, '{}', 'short', 'x', AT, 'p-1')).toThrow('CHECK');
    expect(() => revision.run(2, '{}', SHA256, '', AT, 'p-1')).toThrow('CHECK');
    expect(() => accept.run(2, '', 'x', 'x', '2026-02-01', AT, 'p-1')).toThrow('CHECK');
    expect(() => accept.run(2, 'k', 'x', 'x', 'tomorrow', AT, 'p-1')).toThrow('CHECK');
    expect(() => db.exec(`INSERT INTO dataflow_approval VALUES ('s-1', 1, '${AT}', 'p')`)).toThrow(
      'UNIQUE',
    );
    db.close();
  });
});
