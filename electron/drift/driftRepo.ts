import type { Db } from '../db/openDatabase';
import { EMPTY_DETAIL } from './comparedColumn';
import type { DriftReportId, ModelId } from '../../shared/base/ids';
import {
  DriftReport,
  DriftReportHead,
  FeatureDetail,
  FeatureDrift,
} from '../../shared/drift/driftReport';

interface FeatureRow {
  readonly feature: string;
  readonly detail: string;
}

/** The features are kept apart, so that lists and single features are read without the rest. */
type ReportWithoutFeatures = Omit<DriftReport, 'features'>;

export function insertReport(
  db: Db,
  report: DriftReport,
  details: ReadonlyMap<string, FeatureDetail>,
): void {
  const { features, ...rest } = report;
  db.prepare(
    `INSERT INTO drift_report (id, model_id, version_id, reference_id, label, computed_at_utc, head, report)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    report.id,
    report.modelId,
    report.versionId,
    report.referenceId,
    report.label,
    report.computedAtUtc,
    JSON.stringify(DriftReportHead.strip().parse(report)),
    JSON.stringify(rest),
  );
  const insert = db.prepare(
    'INSERT INTO drift_feature (report_id, position, name, feature, detail) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [position, feature] of features.entries()) {
    const detail = details.get(feature.name) ?? EMPTY_DETAIL;
    insert.run(report.id, position, feature.name, JSON.stringify(feature), JSON.stringify(detail));
  }
}

/** Newest first; a negative limit means all. */
export function findReportHeads(db: Db, modelId: ModelId, limit = -1): DriftReportHead[] {
  return db
    .prepare<[string, number], { head: string }>(
      `SELECT head FROM drift_report WHERE model_id = ?
       ORDER BY computed_at_utc DESC, rowid DESC LIMIT ?`,
    )
    .all(modelId, limit)
    .map(({ head }) => DriftReportHead.parse(JSON.parse(head)));
}

export function findReport(db: Db, id: DriftReportId): DriftReport | null {
  const row = db
    .prepare<[string], { report: string }>('SELECT report FROM drift_report WHERE id = ?')
    .get(id);
  if (row === undefined) return null;
  const rest = JSON.parse(row.report) as ReportWithoutFeatures; // parsed as a whole below
  return DriftReport.parse({ ...rest, features: findFeatures(db, id) });
}

export function findFeatures(db: Db, id: DriftReportId): FeatureDrift[] {
  return db
    .prepare<[string], { feature: string }>(
      'SELECT feature FROM drift_feature WHERE report_id = ? ORDER BY position',
    )
    .all(id)
    .map(({ feature }) => FeatureDrift.parse(JSON.parse(feature)));
}

/** One cell of the history: how a feature did in a batch. */
export interface HistoryCell {
  readonly reportId: string;
  readonly name: string;
  readonly verdict: string;
  readonly primary: string;
  readonly value: number | null;
  readonly threshold: number;
  readonly role: string;
  readonly chanceLimit: number | null;
}

/** The cells of all reports of a model, read without their pictures. */
export function findHistoryCells(db: Db, modelId: ModelId): HistoryCell[] {
  return db
    .prepare<[string], HistoryCell>(
      `SELECT f.report_id AS reportId, f.name AS name,
         json_extract(f.feature, '$.verdict') AS verdict,
         json_extract(f.feature, '$.primary') AS "primary",
         json_extract(f.feature, '$.primaryValue') AS value,
         json_extract(f.feature, '$.threshold') AS threshold,
         json_extract(f.feature, '$.role') AS role,
         coalesce(
           json_extract(f.feature, '$.chanceLimits.' || json_extract(f.feature, '$.primary')),
           CASE json_extract(f.feature, '$.primary')
             WHEN 'ks' THEN json_extract(f.feature, '$.ks.criticalD') END
         ) AS chanceLimit
       FROM drift_feature f JOIN drift_report r ON r.id = f.report_id
       WHERE r.model_id = ? ORDER BY r.computed_at_utc DESC, r.rowid DESC, f.position`,
    )
    .all(modelId);
}

export function findFeature(
  db: Db,
  id: DriftReportId,
  name: string,
): { feature: FeatureDrift; detail: FeatureDetail } | null {
  const row = db
    .prepare<[string, string], FeatureRow>(
      'SELECT feature, detail FROM drift_feature WHERE report_id = ? AND name = ?',
    )
    .get(id, name);
  if (row === undefined) return null;
  return {
    feature: FeatureDrift.parse(JSON.parse(row.feature)),
    detail: FeatureDetail.parse(JSON.parse(row.detail)),
  };
}
