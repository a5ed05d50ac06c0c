import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase, type Db } from '../../electron/db/openDatabase';
import { findModel } from '../../electron/registry/registryRepo';
import { ModelId } from '../../shared/base/ids';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const PERSON = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const MODEL = ModelId.parse('5b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d');
const AT = '2026-01-02T03:04:05.000Z';

/** A database as the version before stages left it, with a model and a version in it. */
function databaseAt8(path: string): Db {
  const db = openDatabase({ path, keyHex: KEY, canCreate: true });
  migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, 8) });
  db.exec(`
    INSERT INTO person (id, printed_name, roles, created_at_utc)
      VALUES ('${PERSON}', 'Ada Analyst', '["analyst"]', '${AT}');
    INSERT INTO person_key (key_id, person_id, purpose, public_key_pem, nonce, wrapped_key, created_at_utc)
      VALUES ('${'ab'.repeat(32)}', '${PERSON}', 'sign', 'pem', x'${'00'.repeat(12)}', x'00', '${AT}');
    INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by)
      VALUES ('${MODEL}', 'Churn', 'Predict churn', 'Ada', '${AT}', '${PERSON}');
    INSERT INTO signature VALUES ('s-1', 'registry.version', 'v-1', '${'cd'.repeat(32)}', '${PERSON}',
      'Ada Analyst', 'authorship', 'First', '${AT}', 0, '${'ab'.repeat(32)}', x'00', x'${'00'.repeat(64)}');
    INSERT INTO model_version VALUES ('v-1', '${MODEL}', 1, '{}', '${'cd'.repeat(32)}', 's-1');
  `);
  return db;
}

describe('migration 9 (lifecycle)', () => {
  const path = join(tempFolder(), 'assay.db');

  it('brings a workspace of version 8 along: no stage, no tag, no risk class, and a backup', () => {
    const db = databaseAt8(path);
    const outcome = migrate(db, {
      keyHex: KEY,
      backupPathFor: (version) => `${path}.v${version}.bak`,
      migrations: migrations.slice(0, 9),
    });
    expect(outcome).toEqual({ fromVersion: 8, toVersion: 9, backupPath: `${path}.v8.bak` });
    expect(existsSync(`${path}.v8.bak`)).toBe(true);
    // What reads a model is of today.
    migrate(db, { keyHex: KEY, backupPathFor: null });
    expect(findModel(db, MODEL)).toMatchObject({
      name: 'Churn',
      intendedUse: '',
      riskClass: null,
      tags: [],
      revision: 0,
      nVersions: 1,
      liveVersion: null,
    });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  it('lets a stage follow a recorded step only, and one version be live', () => {
    const db = openDatabase({ path, keyHex: KEY });
    const stage = (to: string, ordinal: number) =>
      db
        .prepare(
          `INSERT INTO version_stage VALUES ('v-1', '${MODEL}', ?, ?)
           ON CONFLICT (version_id) DO UPDATE SET stage = excluded.stage, ordinal = excluded.ordinal`,
        )
        .run(to, ordinal);
    const step = (from: string, to: string) =>
      db
        .prepare(
          `INSERT INTO stage_change (model_id, version_id, from_stage, to_stage, kind, at_utc, changed_by, reason)
           VALUES ('${MODEL}', 'v-1', ?, ?, 'promotion', '${AT}', '${PERSON}', 'r')`,
        )
        .run(from, to);
    expect(() => stage('Production', 1)).toThrow('a stage follows a recorded change');
    step('None', 'Staging');
    stage('Staging', 1);
    expect(() => stage('Production', 1)).toThrow('a stage follows a recorded change');
    step('Staging', 'Production');
    stage('Production', 2);
    expect(() => stage('Staging', 1)).toThrow('a stage follows a recorded change');
    expect(() => db.exec('DELETE FROM stage_change')).toThrow('never deleted');
    expect(() => db.exec("UPDATE stage_change SET reason = 'x'")).toThrow('never changes');
    expect(() => db.exec('DELETE FROM version_stage')).toThrow('never deleted');
    db.close();
  });
});
