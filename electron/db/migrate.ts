import { backUpDatabase } from './backupDatabase';
import { migrations as allMigrations } from './migrations/index';
import type { Db } from './openDatabase';
import { refuseNewer, schemaVersion } from './schemaVersion';

/** One step of the schema, forward only. Once released it never changes. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Runs inside its own transaction; must not open one. */
  up(db: Db): void;
}

export interface MigrationOutcome {
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Where the file as it was before lies; null when it was empty or already up to date. */
  readonly backupPath: string | null;
}

/** What is done with a file that has records, in the one transaction of all its migrations. */
export interface MigrationRecord {
  /** Looks at the file as it was; an error leaves it so. */
  before(db: Db): void;
  /** Records what was done. */
  after(db: Db, outcome: MigrationOutcome): void;
}

export interface MigrateOptions {
  /** For the backup, which is verified with the key. */
  readonly keyHex: string;
  /** Where the file as it was goes; null leaves it out, for a file that is itself a copy. */
  readonly backupPathFor: ((fromVersion: number) => string) | null;
  /** Makes all migrations and their record one transaction; null where there is no log to record in. */
  readonly record?: MigrationRecord | null;
  /** The product's list unless a test brings its own. */
  readonly migrations?: readonly Migration[];
}

/**
 * Brings the database to the newest schema: each migration in a transaction of its own, or all of them in
 * one with their record.
 *
 * A file with data is copied aside first, because there is no way back inside the file.
 *
 * @throws AppFailure INTEGRITY when the file is of a newer Assay (nothing is touched), STORAGE when the
 *   disk is full or read-only (the file stays at the version it had)
 */
export function migrate(db: Db, options: MigrateOptions): MigrationOutcome {
  const { keyHex, backupPathFor, record = null, migrations = allMigrations } = options;
  const fromVersion = schemaVersion(db);
  const toVersion = migrations.at(-1)?.version ?? 0;
  refuseNewer(fromVersion, toVersion);
  const pending = migrations.filter(({ version }) => version > fromVersion);
  const needsBackup = pending.length > 0 && fromVersion > 0 && backupPathFor !== null;
  const backupPath = needsBackup ? backupPathFor(fromVersion) : null;
  if (backupPath !== null) backUpDatabase(db, backupPath, keyHex);
  const outcome = { fromVersion, toVersion, backupPath };
  const hasRecords = pending.length > 0 && fromVersion > 0;
  if (hasRecords && record !== null) applyRecorded(db, pending, record, outcome);
  else for (const migration of pending) apply(db, migration);
  return outcome;
}

function applyRecorded(
  db: Db,
  pending: readonly Migration[],
  record: MigrationRecord,
  outcome: MigrationOutcome,
): void {
  db.transaction(() => {
    record.before(db);
    for (const migration of pending) apply(db, migration);
    record.after(db, outcome);
  }).immediate();
}

function apply(db: Db, migration: Migration): void {
  db.transaction(() => {
    migration.up(db);
    db.pragma(`user_version = ${migration.version}`);
  }).immediate();
}
