import type { ExportContent } from '../../electron/registry/exportContent';
import type { ModelVersion, VersionSnapshot } from '../../shared/registry/model';
import {
  Model,
  ModelVersion as Version,
  VersionSnapshot as Snapshot,
} from '../../shared/registry/model';

const UUID = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const HASH = 'ab'.repeat(32);

/** A snapshot in which everything is said that can be said. */
export function fullSnapshot(part: Partial<VersionSnapshot> = {}): VersionSnapshot {
  return Snapshot.parse({
    modelId: UUID(1),
    modelName: 'Kündigung',
    version: 3,
    description: 'Third = retrained',
    hyperparameters: { depth: 6, größe: 'groß', early: true, 'a(b)': 1, a_b_: 2, '../up': 'x' },
    metrics: { auc: 0.87, 'val/f1': 0.5 },
    trainingData: { fileName: 'train.csv', sha256: HASH, sizeBytes: 12 },
    schema: [
      { name: 'age', type: 'integer', direction: 'input' },
      { name: 'p', type: 'double', direction: 'output' },
    ],
    registeredAtUtc: '2026-01-02T03:04:05.000Z',
    registeredBy: UUID(2),
    metricSeries: {
      auc: [
        { step: 0, value: 0.5, atUtc: '2026-01-02T03:00:00.000Z' },
        { step: 1, value: 0.87, atUtc: null },
      ],
    },
    datasets: [
      { name: 'holdout', role: 'test', digest: 'f00dcafe', source: 's3://bucket/holdout' },
    ],
    artefacts: [
      { path: 'größe/模型.bin', sizeBytes: 7, sha256: HASH },
      { path: 'model.bin', sizeBytes: 5, sha256: 'cd'.repeat(32) },
    ],
    runLink: 'https://mlflow.example.org/#/runs/7',
    ...part,
  });
}

export function versionOf(snapshot: VersionSnapshot, n = 10): ModelVersion {
  return Version.parse({
    id: UUID(n),
    snapshot,
    snapshotSha256: HASH,
    stage: 'Staging',
    aliases: ['champion'],
    tags: ['eu'],
    tagsRevision: 1,
    referenceId: null,
    signature: {
      id: UUID(4),
      personId: UUID(2),
      printedName: 'Ada Analyst',
      meaning: 'authorship',
      reason: 'Ready',
      signedAtUtc: '2026-01-02T03:04:05.000Z',
      utcOffsetMinutes: 0,
      recordSha256: HASH,
      keyId: HASH,
      signatureBase64: Buffer.alloc(64, 1).toString('base64'),
    },
  });
}

export function contentOf(versions: readonly ModelVersion[]): ExportContent {
  return {
    model: Model.parse({
      id: UUID(1),
      name: 'Kündigung',
      purpose: 'Predict churn',
      owner: 'Ada',
      intendedUse: 'Retention offers by the service desk',
      riskClass: 'limited',
      tags: ['telecom'],
      createdAtUtc: '2026-01-01T00:00:00.000Z',
      createdBy: UUID(2),
      revision: 1,
      nVersions: versions.length,
      nBatches: 0,
      nOpenAlerts: 0,
      lastBatchAtUtc: null,
      liveVersion: null,
    }),
    versions,
    signatures: [],
    cards: new Map(),
    exportedAtUtc: '2026-02-03T04:05:06.000Z',
    appVersion: '0.0.0-test',
  };
}
