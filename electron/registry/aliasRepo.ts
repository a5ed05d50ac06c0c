import type { ModelId, ModelVersionId, PersonId } from '../../shared/base/ids';
import type { AliasChange } from '../../shared/registry/lifecycleChannels';
import type { Db } from '../db/openDatabase';

/** Every change of a model's aliases, oldest first. */
export function findAliasChanges(db: Db, modelId: ModelId): AliasChange[] {
  return db
    .prepare<[string], AliasChange>(
      `SELECT a.ordinal, a.alias, a.version_id AS versionId, v.version, a.at_utc AS atUtc,
         p.printed_name AS changedBy, a.reason
       FROM alias_change a
       JOIN person p ON p.id = a.changed_by
       LEFT JOIN model_version v ON v.id = a.version_id
       WHERE a.model_id = ? ORDER BY a.ordinal`,
    )
    .all(modelId);
}

export interface NewAliasChange {
  readonly modelId: ModelId;
  readonly alias: string;
  /** Null takes the alias away. */
  readonly versionId: ModelVersionId | null;
  readonly atUtc: string;
  readonly changedBy: PersonId;
  readonly reason: string;
}

export function insertAliasChange(db: Db, change: NewAliasChange): void {
  db.prepare(
    `INSERT INTO alias_change (model_id, alias, version_id, at_utc, changed_by, reason)
     VALUES (@modelId, @alias, @versionId, @atUtc, @changedBy, @reason)`,
  ).run(change);
}
