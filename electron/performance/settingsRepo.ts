import type { ModelId } from '../../shared/base/ids';
import {
  PerformancePolicyRevision,
  PerformanceSettingsRevision,
} from '../../shared/performance/channels';
import { DEFAULT_PERFORMANCE_POLICY } from '../../shared/performance/performancePolicy';
import type { Db } from '../db/openDatabase';
import { findNewestRevision, insertRevision } from '../db/policyRevision';

const BY_DEFAULT = { revision: 0, setAtUtc: null, setBy: null } as const;

/** What is kept of a model's files; the default until somebody changes it. */
export function findSettings(db: Db, modelId: ModelId): PerformanceSettingsRevision {
  const saved = findNewestRevision(db, 'performance_setting', modelId);
  return saved === null
    ? { ...BY_DEFAULT, policy: { keepsJoin: true, lateAfterDays: 30 }, reason: 'Default settings' }
    : PerformanceSettingsRevision.parse(saved);
}

export function insertSettings(db: Db, modelId: ModelId, saved: PerformanceSettingsRevision): void {
  insertRevision(db, 'performance_setting', modelId, saved);
}

/** The rules of a model; the default until somebody changes them. */
export function findPolicy(db: Db, modelId: ModelId): PerformancePolicyRevision {
  const saved = findNewestRevision(db, 'performance_policy', modelId);
  return saved === null
    ? { ...BY_DEFAULT, policy: DEFAULT_PERFORMANCE_POLICY, reason: 'Default policy' }
    : PerformancePolicyRevision.parse(saved);
}

export function insertPolicy(db: Db, modelId: ModelId, saved: PerformancePolicyRevision): void {
  insertRevision(db, 'performance_policy', modelId, saved);
}
