import type { Db } from '../db/openDatabase';
import type { AlertId, ModelId, PersonId } from '../../shared/base/ids';
import type { UtcInstant } from '../../shared/base/time';
import {
  Alert,
  type AlertAct,
  type AlertOccurrence,
  type AlertState,
  type Severity,
} from '../../shared/incident/alert';

interface AlertRow {
  readonly id: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly version_id: string | null;
  readonly version: number | null;
  readonly segment: string | null;
  readonly rule: string;
  readonly severity: string;
  readonly raised_at_utc: string;
  readonly state: string;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly snoozed_until_utc: string | null;
  /** JSON arrays, oldest first. */
  readonly occurrences: string;
  readonly steps: string;
  readonly revision: number;
}

function fromRow(row: AlertRow): Alert {
  return Alert.parse({
    id: row.id,
    modelId: row.model_id,
    modelName: row.model_name,
    versionId: row.version_id,
    version: row.version,
    segment: row.segment,
    rule: row.rule,
    severity: row.severity,
    raisedAtUtc: row.raised_at_utc,
    state: row.state,
    owner:
      row.owner_id === null ? null : { personId: row.owner_id, printedName: row.owner_name ?? '' },
    snoozedUntilUtc: row.snoozed_until_utc,
    occurrences: JSON.parse(row.occurrences),
    steps: JSON.parse(row.steps),
    revision: row.revision,
  });
}

const SELECT_ALERT = `
  SELECT a.*, m.name AS model_name, v.version, p.printed_name AS owner_name,
    (SELECT max(o.at_utc) FROM alert_occurrence o WHERE o.alert_id = a.id) AS last_at_utc,
    (SELECT json_group_array(json(one)) FROM (SELECT json_object('source', json(o.source),
        'label', o.label, 'severity', o.severity, 'message', o.message,
        'features', json(o.features), 'atUtc', o.at_utc) AS one
      FROM alert_occurrence o WHERE o.alert_id = a.id ORDER BY o.ordinal)) AS occurrences,
    (SELECT json_group_array(json(one)) FROM (SELECT json_object('act', s.act, 'owner', s.owner,
        'untilUtc', s.until_utc, 'text', s.text, 'changedBy', s.changed_by, 'atUtc', s.at_utc) AS one
      FROM alert_step s WHERE s.alert_id = a.id ORDER BY s.revision)) AS steps
  FROM alert a JOIN model m ON m.id = a.model_id
    LEFT JOIN model_version v ON v.id = a.version_id LEFT JOIN person p ON p.id = a.owner_id`;

/** New ones first, closed ones last, each newest first. */
export function findAlerts(db: Db, modelId: ModelId | null): Alert[] {
  return db
    .prepare<[string | null, string | null], AlertRow>(
      `${SELECT_ALERT} WHERE (? IS NULL OR a.model_id = ?)
       ORDER BY a.state = 'closed', a.state <> 'new', last_at_utc DESC, a.id`,
    )
    .all(modelId, modelId)
    .map(fromRow);
}

export function findAlert(db: Db, id: AlertId): Alert | null {
  const row = db.prepare<[string], AlertRow>(`${SELECT_ALERT} WHERE a.id = ?`).get(id);
  return row === undefined ? null : fromRow(row);
}

/** What two occurrences must share to be one alert. */
export type AlertKey = Pick<Alert, 'modelId' | 'versionId' | 'segment' | 'rule'>;

/** The newest alert with this key that nobody has closed, or null. */
export function findUnclosedAlert(db: Db, key: AlertKey): Alert | null {
  const { modelId, versionId, segment, rule } = key;
  const row = db
    .prepare<[string, string, string | null, string | null], AlertRow>(
      `${SELECT_ALERT} WHERE a.model_id = ? AND a.rule = ? AND a.state <> 'closed'
         AND a.version_id IS ? AND a.segment IS ?
       ORDER BY a.raised_at_utc DESC, a.id LIMIT 1`,
    )
    .get(modelId, rule, versionId, segment);
  return row === undefined ? null : fromRow(row);
}

export function insertAlert(
  db: Db,
  alert: AlertKey & Pick<Alert, 'id' | 'severity' | 'raisedAtUtc'>,
): void {
  db.prepare(
    `INSERT INTO alert (id, model_id, version_id, segment, rule, severity, raised_at_utc)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    alert.id,
    alert.modelId,
    alert.versionId,
    alert.segment,
    alert.rule,
    alert.severity,
    alert.raisedAtUtc,
  );
}

export function insertOccurrence(db: Db, alertId: AlertId, occurrence: AlertOccurrence): void {
  db.prepare(
    `INSERT INTO alert_occurrence (alert_id, ordinal, source, label, severity, message, features, at_utc)
     VALUES (?, (SELECT count(*) + 1 FROM alert_occurrence WHERE alert_id = ?), ?, ?, ?, ?, ?, ?)`,
  ).run(
    alertId,
    alertId,
    JSON.stringify(occurrence.source),
    occurrence.label,
    occurrence.severity,
    occurrence.message,
    JSON.stringify(occurrence.features),
    occurrence.atUtc,
  );
}

/** One step of an alert, and what it leaves. */
export interface NewAlertStep {
  readonly act: AlertAct;
  readonly state: AlertState;
  readonly severity: Severity;
  readonly owner: { readonly personId: PersonId; readonly printedName: string } | null;
  readonly snoozedUntilUtc: UtcInstant | null;
  readonly text: string;
  /** Printed name; null when a worse occurrence woke it. */
  readonly changedBy: string | null;
  readonly atUtc: UtcInstant;
}

/** False when another revision is stored. */
export function insertAlertStep(
  db: Db,
  id: AlertId,
  step: NewAlertStep,
  revision: number,
): boolean {
  const { act, state, severity, owner, snoozedUntilUtc } = step;
  const { changes } = db
    .prepare(
      `UPDATE alert SET state = ?, severity = ?, owner_id = ?, snoozed_until_utc = ?, revision = revision + 1
       WHERE id = ? AND revision = ?`,
    )
    .run(state, severity, owner?.personId ?? null, snoozedUntilUtc, id, revision);
  if (changes !== 1) return false;
  db.prepare(
    `INSERT INTO alert_step (alert_id, revision, act, owner, until_utc, text, changed_by, at_utc)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    revision + 1,
    act,
    act === 'own' ? (owner?.printedName ?? null) : null,
    act === 'snooze' ? snoozedUntilUtc : null,
    step.text,
    step.changedBy,
    step.atUtc,
  );
  return true;
}
