import type { Db } from '../db/openDatabase';
import { findNewestRevision, insertRevision } from '../db/policyRevision';
import type { ModelId } from '../../shared/base/ids';
import { PolicyRevision } from '../../shared/drift/channels';
import { DEFAULT_DRIFT_POLICY } from '../../shared/drift/driftPolicy';

/** What holds until somebody changes it. */
const DEFAULT_REVISION: PolicyRevision = {
  revision: 0,
  policy: DEFAULT_DRIFT_POLICY,
  reason: 'Default policy',
  setAtUtc: null,
  setBy: null,
};

export function findPolicy(db: Db, modelId: ModelId): PolicyRevision {
  const saved = findNewestRevision(db, 'drift_policy', modelId);
  return saved === null ? DEFAULT_REVISION : PolicyRevision.parse(saved);
}

export function insertPolicy(db: Db, modelId: ModelId, saved: PolicyRevision): void {
  insertRevision(db, 'drift_policy', modelId, saved);
}
