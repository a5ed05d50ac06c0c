import type { ModelId, ModelVersionId, PersonId, PromotionRequestId } from '../../shared/base/ids';
import { DEFAULT_LIFECYCLE_POLICY, LifecyclePolicy } from '../../shared/registry/lifecycle';
import {
  PromotionRequest,
  type LifecyclePolicyRevision,
} from '../../shared/registry/lifecycleChannels';
import type { PromotionStage } from '../../shared/registry/lifecycle';
import { UtcInstant } from '../../shared/base/time';
import type { Db } from '../db/openDatabase';

interface RequestRow {
  readonly id: string;
  readonly model_id: string;
  readonly version_id: string;
  readonly version: number;
  readonly to_stage: string;
  readonly reason: string;
  readonly requested_by: string;
  readonly requested_by_name: string;
  readonly requested_at_utc: string;
  readonly outcome: string | null;
  readonly closed_by_name: string | null;
  readonly closed_at_utc: string | null;
}

function requestFromRow(row: RequestRow): PromotionRequest {
  return PromotionRequest.parse({
    id: row.id,
    modelId: row.model_id,
    versionId: row.version_id,
    version: row.version,
    toStage: row.to_stage,
    reason: row.reason,
    requestedById: row.requested_by,
    requestedBy: row.requested_by_name,
    requestedAtUtc: row.requested_at_utc,
    outcome: row.outcome,
    closedBy: row.closed_by_name,
    closedAtUtc: row.closed_at_utc,
  });
}

const SELECT_REQUEST = `
  SELECT r.*, v.version, p.printed_name AS requested_by_name, c.printed_name AS closed_by_name
  FROM promotion_request r
  JOIN model_version v ON v.id = r.version_id
  JOIN person p ON p.id = r.requested_by
  LEFT JOIN person c ON c.id = r.closed_by`;

export function findRequest(db: Db, id: PromotionRequestId): PromotionRequest | null {
  const row = db.prepare<[string], RequestRow>(`${SELECT_REQUEST} WHERE r.id = ?`).get(id);
  return row === undefined ? null : requestFromRow(row);
}

/** The request for a version that is not closed yet, or null. */
export function findOpenRequest(db: Db, versionId: ModelVersionId): PromotionRequest | null {
  const row = db
    .prepare<[string], RequestRow>(
      `${SELECT_REQUEST} WHERE r.version_id = ? AND r.closed_at_utc IS NULL`,
    )
    .get(versionId);
  return row === undefined ? null : requestFromRow(row);
}

/** Every request for a model's versions, oldest first. */
export function findRequests(db: Db, modelId: ModelId): PromotionRequest[] {
  return db
    .prepare<[string], RequestRow>(
      `${SELECT_REQUEST} WHERE r.model_id = ? ORDER BY r.requested_at_utc, r.rowid`,
    )
    .all(modelId)
    .map(requestFromRow);
}

export interface NewRequest {
  readonly id: PromotionRequestId;
  readonly modelId: ModelId;
  readonly versionId: ModelVersionId;
  readonly toStage: PromotionStage;
  readonly reason: string;
  readonly requestedBy: PersonId;
  readonly requestedAtUtc: string;
}

export function insertRequest(db: Db, request: NewRequest): void {
  db.prepare(
    `INSERT INTO promotion_request (id, model_id, version_id, to_stage, reason, requested_by, requested_at_utc)
     VALUES (@id, @modelId, @versionId, @toStage, @reason, @requestedBy, @requestedAtUtc)`,
  ).run(request);
}

export function closeRequest(
  db: Db,
  id: PromotionRequestId,
  closed: {
    readonly outcome: NonNullable<PromotionRequest['outcome']>;
    readonly closedBy: PersonId;
    readonly closedAtUtc: string;
  },
): void {
  db.prepare(
    `UPDATE promotion_request SET outcome = @outcome, closed_by = @closedBy, closed_at_utc = @closedAtUtc
     WHERE id = @id`,
  ).run({ id, ...closed });
}

interface PolicyRow {
  readonly revision: number;
  readonly policy: string;
  readonly reason: string;
  readonly set_at_utc: string;
  readonly set_by_name: string;
}

/**
 * The gates of a model.
 *
 * @param atUtc as they were then; null for now
 */
export function findLifecyclePolicy(
  db: Db,
  modelId: ModelId,
  atUtc: string | null = null,
): LifecyclePolicyRevision {
  const row = db
    .prepare<[string, string | null, string | null], PolicyRow>(
      `SELECT l.*, p.printed_name AS set_by_name FROM lifecycle_policy l
       JOIN person p ON p.id = l.set_by
       WHERE l.model_id = ? AND (? IS NULL OR l.set_at_utc <= ?)
       ORDER BY l.revision DESC LIMIT 1`,
    )
    .get(modelId, atUtc, atUtc);
  if (row === undefined) {
    const policy = DEFAULT_LIFECYCLE_POLICY;
    return { revision: 0, policy, reason: 'Default gates', setAtUtc: null, setBy: null };
  }
  return {
    revision: row.revision,
    policy: LifecyclePolicy.parse(JSON.parse(row.policy)),
    reason: row.reason,
    setAtUtc: UtcInstant.parse(row.set_at_utc),
    setBy: row.set_by_name,
  };
}

export function insertLifecyclePolicy(
  db: Db,
  saved: {
    readonly modelId: ModelId;
    readonly revision: number;
    readonly policy: LifecyclePolicy;
    readonly setAtUtc: string;
    readonly setBy: PersonId;
    readonly reason: string;
  },
): void {
  db.prepare(
    `INSERT INTO lifecycle_policy (model_id, revision, policy, set_at_utc, set_by, reason)
     VALUES (@modelId, @revision, @policy, @setAtUtc, @setBy, @reason)`,
  ).run({ ...saved, policy: JSON.stringify(saved.policy) });
}
