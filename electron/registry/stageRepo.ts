import type { ModelId, ModelVersionId, PersonId, PromotionRequestId } from '../../shared/base/ids';
import type { StepKind } from '../../shared/registry/lifecycle';
import { StageChange, type VersionRef } from '../../shared/registry/lifecycleChannels';
import type { Stage } from '../../shared/registry/model';
import type { Db } from '../db/openDatabase';

interface ChangeRow {
  readonly ordinal: number;
  readonly version_id: string;
  readonly version: number;
  readonly from_stage: string;
  readonly to_stage: string;
  readonly kind: string;
  readonly request_id: string | null;
  readonly at_utc: string;
  readonly changed_by_name: string;
  readonly reason: string;
}

function changeFromRow(row: ChangeRow): StageChange {
  return StageChange.parse({
    ordinal: row.ordinal,
    versionId: row.version_id,
    version: row.version,
    fromStage: row.from_stage,
    toStage: row.to_stage,
    kind: row.kind,
    requestId: row.request_id,
    atUtc: row.at_utc,
    changedBy: row.changed_by_name,
    reason: row.reason,
  });
}

const SELECT_CHANGE = `
  SELECT c.*, v.version, p.printed_name AS changed_by_name
  FROM stage_change c
  JOIN model_version v ON v.id = c.version_id
  JOIN person p ON p.id = c.changed_by`;

/** Every step of a model's versions, oldest first. */
export function findStageChanges(db: Db, modelId: ModelId): StageChange[] {
  return db
    .prepare<[string], ChangeRow>(`${SELECT_CHANGE} WHERE c.model_id = ? ORDER BY c.ordinal`)
    .all(modelId)
    .map(changeFromRow);
}

/** The version in Production, or null. */
export function findLive(db: Db, modelId: ModelId): VersionRef | null {
  return (
    db
      .prepare<[string], VersionRef>(
        `SELECT v.id AS versionId, v.version FROM version_stage s
         JOIN model_version v ON v.id = s.version_id
         WHERE s.model_id = ? AND s.stage = 'Production'`,
      )
      .get(modelId) ?? null
  );
}

/** The version that left Production last and lies in the archive: what a rollback brings back. */
export function findPreviousLive(db: Db, modelId: ModelId): VersionRef | null {
  return (
    db
      .prepare<[string], VersionRef>(
        `SELECT v.id AS versionId, v.version FROM stage_change c
         JOIN version_stage s ON s.version_id = c.version_id AND s.stage = 'Archived'
         JOIN model_version v ON v.id = c.version_id
         WHERE c.model_id = ? AND c.from_stage = 'Production'
         ORDER BY c.ordinal DESC LIMIT 1`,
      )
      .get(modelId) ?? null
  );
}

export interface NewStageChange {
  readonly modelId: ModelId;
  readonly versionId: ModelVersionId;
  readonly fromStage: Stage;
  readonly toStage: Stage;
  readonly kind: StepKind;
  readonly requestId: PromotionRequestId | null;
  readonly atUtc: string;
  readonly changedBy: PersonId;
  readonly reason: string;
}

/** Records a step and moves the version. @returns the number of the step */
export function insertStageChange(db: Db, change: NewStageChange): number {
  const { modelId, versionId, toStage } = change;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO stage_change (model_id, version_id, from_stage, to_stage, kind, request_id,
         at_utc, changed_by, reason)
       VALUES (@modelId, @versionId, @fromStage, @toStage, @kind, @requestId,
         @atUtc, @changedBy, @reason)`,
    )
    .run(change);
  const ordinal = Number(lastInsertRowid);
  db.prepare(
    `INSERT INTO version_stage (version_id, model_id, stage, ordinal) VALUES (?, ?, ?, ?)
     ON CONFLICT (version_id) DO UPDATE SET stage = excluded.stage, ordinal = excluded.ordinal`,
  ).run(versionId, modelId, toStage, ordinal);
  return ordinal;
}
