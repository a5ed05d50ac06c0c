import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { tempFolder } from '../support/tempFolder';
import type { FixtureStore } from './mlflowFixture';

/** Tables as the migrations of MLflow leave them; the newest ones add a workspace to the registry. */
function schema(hasWorkspace: boolean): string {
  const workspace = hasWorkspace ? "workspace VARCHAR(63) DEFAULT 'default' NOT NULL, " : '';
  return `
    CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
    CREATE TABLE experiments (${workspace}experiment_id INTEGER PRIMARY KEY, name VARCHAR(256) NOT NULL,
      artifact_location VARCHAR(256), lifecycle_stage VARCHAR(32), creation_time BIGINT, last_update_time BIGINT);
    CREATE TABLE runs (run_uuid VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(250), source_type VARCHAR(20),
      source_name VARCHAR(500), entry_point_name VARCHAR(50), user_id VARCHAR(256), status VARCHAR(9),
      start_time BIGINT, end_time BIGINT, source_version VARCHAR(50), lifecycle_stage VARCHAR(20),
      artifact_uri VARCHAR(200), experiment_id INTEGER, deleted_time BIGINT);
    CREATE TABLE params (key VARCHAR(250) NOT NULL, value VARCHAR(8000) NOT NULL, run_uuid VARCHAR(32) NOT NULL,
      PRIMARY KEY (key, run_uuid));
    CREATE TABLE tags (key VARCHAR(250) NOT NULL, value VARCHAR(8000), run_uuid VARCHAR(32) NOT NULL,
      PRIMARY KEY (key, run_uuid));
    CREATE TABLE metrics (key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT NOT NULL,
      run_uuid VARCHAR(32) NOT NULL, step BIGINT DEFAULT '0' NOT NULL, is_nan BOOLEAN DEFAULT '0' NOT NULL,
      PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan));
    CREATE INDEX index_metrics_run_uuid ON metrics (run_uuid);
    CREATE TABLE latest_metrics (key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT,
      step BIGINT NOT NULL, is_nan BOOLEAN NOT NULL, run_uuid VARCHAR(32) NOT NULL, PRIMARY KEY (key, run_uuid));
    CREATE TABLE datasets (dataset_uuid VARCHAR(36) NOT NULL, experiment_id INTEGER NOT NULL, name VARCHAR(500) NOT NULL,
      digest VARCHAR(36) NOT NULL, dataset_source_type VARCHAR(36) NOT NULL, dataset_source TEXT NOT NULL,
      dataset_schema TEXT, dataset_profile TEXT, PRIMARY KEY (experiment_id, name, digest));
    CREATE TABLE inputs (input_uuid VARCHAR(36) NOT NULL, source_type VARCHAR(36) NOT NULL, source_id VARCHAR(36) NOT NULL,
      destination_type VARCHAR(36) NOT NULL, destination_id VARCHAR(36) NOT NULL, step BIGINT DEFAULT '0' NOT NULL);
    CREATE TABLE input_tags (input_uuid VARCHAR(36) NOT NULL, name VARCHAR(255) NOT NULL, value VARCHAR(500) NOT NULL);
    CREATE TABLE registered_models (${workspace}name VARCHAR(256) NOT NULL, creation_time BIGINT,
      last_updated_time BIGINT, description VARCHAR(5000));
    CREATE TABLE model_versions (${workspace}name VARCHAR(256) NOT NULL, version INTEGER NOT NULL, creation_time BIGINT,
      last_updated_time BIGINT, description VARCHAR(5000), user_id VARCHAR(256), current_stage VARCHAR(20),
      source VARCHAR(500), run_id VARCHAR(32), status VARCHAR(20), status_message VARCHAR(500), run_link VARCHAR(500),
      storage_location VARCHAR(500));
    CREATE TABLE registered_model_tags (${workspace}key VARCHAR(250) NOT NULL, value VARCHAR(5000), name VARCHAR(256) NOT NULL);
    CREATE TABLE model_version_tags (${workspace}key VARCHAR(250) NOT NULL, value TEXT, name VARCHAR(256) NOT NULL, version INTEGER NOT NULL);
    CREATE TABLE registered_model_aliases (${workspace}alias VARCHAR(256) NOT NULL, version INTEGER NOT NULL, name VARCHAR(256) NOT NULL);
    INSERT INTO alembic_version VALUES ('${hasWorkspace ? '1b5f0d9ad7c1' : '4465047574b1'}');`;
}

export interface DatabaseOptions {
  readonly path?: string;
  readonly hasWorkspace?: boolean;
  /** More SQL, after everything else. */
  readonly more?: string;
  /** Leaves the last changes in the write-ahead log, as a server that still runs does. */
  readonly isOpen?: boolean;
}

/** Writes an `mlflow.db` and gives its path. */
export function writeDatabase(store: FixtureStore, options: DatabaseOptions = {}): string {
  const {
    path = join(tempFolder(), 'mlflow.db'),
    hasWorkspace = false,
    more,
    isOpen = false,
  } = options;
  mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path);
  if (isOpen) db.pragma('journal_mode = WAL');
  db.exec(schema(hasWorkspace));
  db.transaction(() => insertStore(db, store))();
  if (more !== undefined) db.exec(more);
  if (!isOpen) db.close();
  return path;
}

function insertStore(db: Database.Database, store: FixtureStore): void {
  const experiment = db.prepare(
    "INSERT INTO experiments (experiment_id, name, lifecycle_stage) VALUES (?, ?, 'active')",
  );
  for (const [id, name] of Object.entries(store.experiments)) experiment.run(BigInt(id), name);
  const run = db.prepare(
    'INSERT INTO runs (run_uuid, name, start_time, lifecycle_stage, experiment_id) VALUES (?, ?, ?, ?, ?)',
  );
  const param = db.prepare('INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)');
  const tag = db.prepare('INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)');
  const metric = db.prepare(
    'INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const {
    id,
    experiment: experimentId = '0',
    lifecycle = 'active',
    params = {},
    tags = {},
    metrics = {},
  } of store.runs) {
    run.run(id, 'silent-dog-788', 1_670_301_595_769, lifecycle, BigInt(experimentId));
    for (const [key, value] of Object.entries(params)) param.run(key, value, id);
    for (const [key, value] of Object.entries(tags)) tag.run(key, value, id);
    for (const [key, lines] of Object.entries(metrics)) {
      for (const line of lines) {
        const [at = '0', value = '0', step = '0'] = line.split(' ');
        metric.run(
          key,
          value === 'nan' ? 0 : Number(value),
          Number(at),
          id,
          Number(step),
          value === 'nan' ? 1 : 0,
        );
      }
    }
  }
  const model = db.prepare(
    "INSERT INTO registered_models (name, creation_time, description) VALUES (?, 1671070667678, 'Who will leave')",
  );
  for (const name of new Set(store.versions.map((one) => one.model))) model.run(name);
  const version = db.prepare(
    `INSERT INTO model_versions (name, version, creation_time, description, current_stage, source, run_id, run_link)
     VALUES (?, ?, 1671070667691, ?, ?, ?, ?, '')`,
  );
  const versionTag = db.prepare(
    'INSERT INTO model_version_tags (key, value, name, version) VALUES (?, ?, ?, ?)',
  );
  for (const one of store.versions) {
    const experimentId = store.runs.find(({ id }) => id === one.runId)?.experiment ?? '0';
    const source = one.source ?? `mlflow-artifacts:/${experimentId}/${one.runId}/artifacts/model`;
    version.run(
      one.model,
      one.version,
      one.description ?? null,
      one.stage ?? 'None',
      source,
      one.runId,
    );
    for (const [key, value] of Object.entries(one.tags ?? {}))
      versionTag.run(key, value, one.model, one.version);
  }
  const alias = db.prepare(
    'INSERT INTO registered_model_aliases (name, alias, version) VALUES (?, ?, ?)',
  );
  for (const one of store.aliases) alias.run(...one);
}
