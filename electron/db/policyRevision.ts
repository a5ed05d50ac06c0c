import type { ModelId } from '../../shared/base/ids';
import type { Db } from './openDatabase';

/** Tables that keep what holds for a model as revisions, each with its reason. */
type PolicyTable =
  | 'drift_policy'
  | 'performance_policy'
  | 'performance_setting'
  | 'pipeline_setting'
  | 'retraining_policy';

/** One revision, with its policy as it was saved. */
export interface StoredRevision {
  readonly revision: number;
  readonly policy: unknown;
  readonly reason: string;
  readonly setAtUtc: string | null;
  readonly setBy: string | null;
}

interface PolicyRow {
  readonly revision: number;
  readonly policy: string;
  readonly reason: string;
  readonly set_at_utc: string;
  readonly set_by: string;
}

/** The newest revision of a model; null until somebody changes what holds by default. */
export function findNewestRevision(
  db: Db,
  table: PolicyTable,
  modelId: ModelId,
): StoredRevision | null {
  const row = db
    .prepare<[string], PolicyRow>(
      `SELECT * FROM ${table} WHERE model_id = ? ORDER BY revision DESC LIMIT 1`,
    )
    .get(modelId);
  if (row === undefined) return null;
  return {
    revision: row.revision,
    policy: JSON.parse(row.policy),
    reason: row.reason,
    setAtUtc: row.set_at_utc,
    setBy: row.set_by,
  };
}

export function insertRevision(
  db: Db,
  table: PolicyTable,
  modelId: ModelId,
  saved: StoredRevision,
): void {
  db.prepare(
    `INSERT INTO ${table} (model_id, revision, policy, reason, set_at_utc, set_by) VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    modelId,
    saved.revision,
    JSON.stringify(saved.policy),
    saved.reason,
    saved.setAtUtc,
    saved.setBy,
  );
}
