import type { Db } from '../db/openDatabase';
import type { AlertId, ModelId } from '../../shared/base/ids';
import { Alert } from '../../shared/incident/channels';

interface AlertRow {
  readonly id: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly report_id: string;
  readonly batch_label: string;
  readonly severity: string;
  readonly message: string;
  readonly features: string;
  readonly raised_at_utc: string;
  readonly acknowledged_at_utc: string | null;
  readonly acknowledged_by: string | null;
  readonly reason: string | null;
  readonly revision: number;
}

function fromRow(row: AlertRow): Alert {
  return Alert.parse({
    id: row.id,
    modelId: row.model_id,
    modelName: row.model_name,
    reportId: row.report_id,
    batchLabel: row.batch_label,
    severity: row.severity,
    message: row.message,
    features: JSON.parse(row.features),
    raisedAtUtc: row.raised_at_utc,
    state: row.acknowledged_at_utc === null ? 'new' : 'acknowledged',
    acknowledgedAtUtc: row.acknowledged_at_utc,
    acknowledgedBy: row.acknowledged_by,
    reason: row.reason,
    revision: row.revision,
  });
}

const SELECT_ALERT = `
  SELECT a.*, m.name AS model_name, r.label AS batch_label
  FROM alert a JOIN model m ON m.id = a.model_id JOIN drift_report r ON r.id = a.report_id`;

/** Open ones first, newest first. */
export function findAlerts(db: Db, modelId: ModelId | null): Alert[] {
  return db
    .prepare<[string | null, string | null], AlertRow>(
      `${SELECT_ALERT} WHERE (? IS NULL OR a.model_id = ?)
       ORDER BY a.acknowledged_at_utc IS NOT NULL, a.raised_at_utc DESC`,
    )
    .all(modelId, modelId)
    .map(fromRow);
}

export function findAlert(db: Db, id: AlertId): Alert | null {
  const row = db.prepare<[string], AlertRow>(`${SELECT_ALERT} WHERE a.id = ?`).get(id);
  return row === undefined ? null : fromRow(row);
}

export function insertAlert(
  db: Db,
  alert: Pick<
    Alert,
    'id' | 'modelId' | 'reportId' | 'severity' | 'message' | 'features' | 'raisedAtUtc'
  >,
): void {
  db.prepare(
    `INSERT INTO alert (id, model_id, report_id, severity, message, features, raised_at_utc)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    alert.id,
    alert.modelId,
    alert.reportId,
    alert.severity,
    alert.message,
    JSON.stringify(alert.features),
    alert.raisedAtUtc,
  );
}

/** False when the alert is not new any more or another revision is stored. */
export function acknowledge(
  db: Db,
  id: AlertId,
  by: { readonly name: string; readonly atUtc: string; readonly reason: string },
  revision: number,
): boolean {
  const { changes } = db
    .prepare(
      `UPDATE alert SET acknowledged_at_utc = ?, acknowledged_by = ?, reason = ?, revision = revision + 1
       WHERE id = ? AND revision = ? AND acknowledged_at_utc IS NULL`,
    )
    .run(by.atUtc, by.name, by.reason, id, revision);
  return changes === 1;
}
