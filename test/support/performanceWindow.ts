import { randomUUID } from 'node:crypto';
import { PerformanceWindow } from '../../shared/performance/channels';
import type { Metric } from '../../shared/performance/metric';

export const FIRST_VERSION = '0d9f1c5e-8a54-4a52-9e0e-0c6d3b6f2a11';
export const SECOND_VERSION = '2b7e8f30-5c1d-4d0b-8f43-6a9f1d2c3e22';
const MODEL = '6e1f4f0a-3a0b-4b0e-9d8c-7f5e4d3c2b33';
const SHA = 'a'.repeat(64);
const AT = '2026-05-01T08:00:00.000Z';

interface WindowFacts {
  readonly label: string;
  readonly versionId?: string;
  readonly isBaseline?: boolean;
  /** Of 1,000 predictions. */
  readonly nLabelled?: number;
  readonly days?: readonly [string, string];
  readonly sha256?: string;
  readonly metric?: readonly [Metric, number];
  readonly baseline?: number;
  readonly calibration?: PerformanceWindow['report']['measurement']['calibration'];
}

/** A measured window of 1,000 predictions; what is not said is the plainest there is. */
export function performanceWindow(facts: WindowFacts): PerformanceWindow {
  const { label, metric, days, nLabelled = 1000, sha256 = SHA } = facts;
  const id = randomUUID();
  const counts = {
    nRows: 1000,
    nMissingId: 0,
    nWithoutPrediction: 0,
    nRepeated: 0,
    nContradictory: 0,
    nPredictions: 1000,
  };
  const log = {
    id,
    modelId: MODEL,
    versionId: facts.versionId ?? FIRST_VERSION,
    version: 1,
    label,
    periodStart: days?.[0] ?? null,
    periodEnd: days?.[1] ?? null,
    isBaseline: facts.isBaseline ?? false,
    file: { fileName: `${label}.csv`, sha256, sizeBytes: 1 },
    columns: {
      id: 'id',
      time: null,
      prediction: null,
      score: 'score',
      label: null,
      latencyMs: null,
      isSuccess: null,
      cost: null,
      segments: [],
    },
    task: { kind: 'classification', positiveLabel: 'yes', threshold: 0.5 },
    currency: null,
    counts,
    operations: [],
    importedAtUtc: AT,
    importedBy: 'Ada',
    joinState: 'kept',
    droppedAtUtc: null,
  };
  const measurement = {
    join: {
      nPredictions: 1000,
      nLabelled,
      nContradictory: 0,
      nRepeated: 0,
      nLate: null,
      nBeforePrediction: null,
    },
    delay: null,
    selection: null,
    metrics: metric
      ? [{ metric: metric[0], value: metric[1], interval: null, n: nLabelled, reason: null }]
      : [],
    calibration: facts.calibration ?? [],
    estimates: [],
    warnings: [],
  };
  const baseline =
    metric === undefined || facts.baseline === undefined
      ? []
      : [{ metric: metric[0], segment: null, value: facts.baseline, source: 'test' }];
  const report = {
    id: randomUUID(),
    logId: id,
    computedAtUtc: AT,
    outcomeFileIds: [],
    measurement,
    baseline,
    policyRevision: 0,
    findings: [],
    alertIds: [],
    durationMs: 1,
    appVersion: '0.1.0',
  };
  return PerformanceWindow.parse({ log, report });
}
