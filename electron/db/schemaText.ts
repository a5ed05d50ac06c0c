import { migrations as allMigrations } from './migrations/index';
import type { Migration } from './migrate';
import { openMemoryDatabase, type Db } from './openDatabase';
import { schemaVersion } from './schemaVersion';

/** Every table, index and trigger of a database as text, in one fixed order. */
export function schemaText(db: Db): string {
  const rows = db
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name`,
    )
    .all();
  return rows.map(({ type, name, sql }) => `${type} ${name}\n${sql}\n`).join('');
}

/** The schema that the migrations up to a version make. */
export function expectedSchemaText(
  version: number,
  migrations: readonly Migration[] = allMigrations,
) {
  const db = openMemoryDatabase();
  try {
    for (const migration of migrations) if (migration.version <= version) migration.up(db);
    return schemaText(db);
  } finally {
    db.close();
  }
}

/** True when a table, index or trigger is missing, added or changed. */
export function hasForeignSchema(db: Db): boolean {
  return schemaText(db) !== expectedSchemaText(schemaVersion(db));
}
