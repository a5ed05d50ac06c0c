import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';
import { ModelId, ModelVersionId, type PersonId } from '../../shared/base/ids';

/** A version here that was imported from MLflow, by what it was there. */
export interface ImportedVersion {
  readonly id: ModelVersionId;
  readonly version: number;
  readonly experiment: string | null;
  readonly runId: string | null;
  readonly versionThere: string | null;
}

interface ImportedRow {
  readonly id: string;
  readonly version: number;
  /** JSON array of system, experiment, run and version there. */
  readonly origin: string;
}

/** Every model's name and identifier. */
export function findModelNames(db: Db): readonly { readonly id: ModelId; readonly name: string }[] {
  return db
    .prepare<[], { id: string; name: string }>('SELECT id, name FROM model')
    .all()
    .map(({ id, name }) => ({ id: ModelId.parse(id), name }));
}

/** The versions of a model that follow a number, oldest first, with those that were imported. */
export function findImportedAfter(
  db: Db,
  modelId: ModelId,
  afterVersion: number,
  limit: number,
): { readonly imported: readonly ImportedVersion[]; readonly lastVersion: number | null } {
  const rows = preparedStatement<[string, number, number], ImportedRow>(
    db,
    `SELECT id, version, json_extract(snapshot, '$.importedFrom.system', '$.importedFrom.experiment',
       '$.importedFrom.runId', '$.importedFrom.version') AS origin
     FROM model_version WHERE model_id = ? AND version > ? ORDER BY version LIMIT ?`,
  ).all(modelId, afterVersion, limit);
  const imported = rows.flatMap((row): ImportedVersion[] => {
    // Four texts or nulls, as the query asks for them.
    const [system, experiment, runId, versionThere] = JSON.parse(row.origin) as readonly (
      string | null
    )[];
    if (system !== 'mlflow') return [];
    const there = {
      experiment: experiment ?? null,
      runId: runId ?? null,
      versionThere: versionThere ?? null,
    };
    return [{ id: ModelVersionId.parse(row.id), version: row.version, ...there }];
  });
  return { imported, lastVersion: rows.length < limit ? null : (rows.at(-1)?.version ?? null) };
}

/** The version that a name stands for in a model now; null when it stands for none. */
export function findAliasHolder(db: Db, modelId: ModelId, alias: string): string | null {
  const row = preparedStatement<[string, string], { version_id: string | null }>(
    db,
    'SELECT version_id FROM alias_change WHERE model_id = ? AND alias = ? ORDER BY ordinal DESC LIMIT 1',
  ).get(modelId, alias);
  return row?.version_id ?? null;
}

export function insertImportedAlias(
  db: Db,
  change: {
    readonly modelId: ModelId;
    readonly alias: string;
    readonly versionId: ModelVersionId;
    readonly atUtc: string;
    readonly changedBy: PersonId;
    readonly reason: string;
  },
): void {
  const { modelId, alias, versionId, atUtc, changedBy, reason } = change;
  preparedStatement(
    db,
    `INSERT INTO alias_change (model_id, alias, version_id, at_utc, changed_by, reason)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(modelId, alias, versionId, atUtc, changedBy, reason);
}
