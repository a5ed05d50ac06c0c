import type { Db } from '../db/openDatabase';
import type { ModelId } from '../../shared/base/ids';
import { PolicyRevision } from '../../shared/drift/channels';
import { DEFAULT_DRIFT_POLICY } from '../../shared/drift/driftPolicy';

interface PolicyRow {
  readonly revision: number;
  readonly policy: string;
  readonly reason: string;
  readonly set_at_utc: string;
  readonly set_by: string;
}

/** What holds until somebody changes it. */
const DEFAULT_REVISION: PolicyRevision = {
  revision: 0,
  policy: DEFAULT_DRIFT_POLICY,
  reason: 'Default policy',
  setAtUtc: null,
  setBy: null,
};

export function findPolicy(db: Db, modelId: ModelId): PolicyRevision {
  const row = db
    .prepare<[string], PolicyRow>(
      'SELECT * FROM drift_policy WHERE model_id = ? ORDER BY revision DESC LIMIT 1',
    )
    .get(modelId);
  if (row === undefined) return DEFAULT_REVISION;
  return PolicyRevision.parse({
    revision: row.revision,
    policy: JSON.parse(row.policy),
    reason: row.reason,
    setAtUtc: row.set_at_utc,
    setBy: row.set_by,
  });
}

export function insertPolicy(db: Db, modelId: ModelId, saved: PolicyRevision): void {
  db.prepare(
    'INSERT INTO drift_policy (model_id, revision, policy, reason, set_at_utc, set_by) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(
    modelId,
    saved.revision,
    JSON.stringify(saved.policy),
    saved.reason,
    saved.setAtUtc,
    saved.setBy,
  );
}
