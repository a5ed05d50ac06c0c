import { z } from 'zod';
import type { Db } from '../db/openDatabase';
import { AlertId, PersonId, type IncidentId, type ModelId } from '../../shared/base/ids';
import type { UtcInstant } from '../../shared/base/time';
import {
  DEFAULT_TARGET_HOURS,
  durationBetween,
  HOUR_MS,
  IncidentEntry,
  IncidentHead,
  IncidentStep,
  IncidentTarget,
  ShownEvidence,
  type EntryKind,
  type IncidentAct,
  type IncidentState,
} from '../../shared/incident/incident';

interface IncidentRow {
  readonly id: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly title: string;
  readonly severity: string;
  readonly state: string;
  readonly began_at_utc: string | null;
  readonly detected_at_utc: string;
  readonly restored_at_utc: string | null;
  readonly opened_at_utc: string;
  readonly opened_by: string;
  readonly target_hours: number | null;
  readonly post_mortem: string;
  readonly revision: number;
}

/** An incident as it lies in its table, with what its alerts, entries and target say about it. */
export interface StoredIncident {
  readonly head: IncidentHead;
  readonly postMortem: string;
}

function fromRow(row: IncidentRow): StoredIncident {
  const { began_at_utc, detected_at_utc, restored_at_utc } = row;
  const targetMs = (row.target_hours ?? DEFAULT_TARGET_HOURS) * HOUR_MS;
  const head = IncidentHead.parse({
    id: row.id,
    modelId: row.model_id,
    modelName: row.model_name,
    title: row.title,
    severity: row.severity,
    state: row.state,
    beganAtUtc: began_at_utc,
    detectedAtUtc: detected_at_utc,
    restoredAtUtc: restored_at_utc,
    openedAtUtc: row.opened_at_utc,
    openedBy: row.opened_by,
    timeToDetect: { durationMs: durationBetween(began_at_utc, detected_at_utc), targetMs },
    timeToRestore: { durationMs: durationBetween(detected_at_utc, restored_at_utc), targetMs },
    revision: row.revision,
  });
  return { head, postMortem: row.post_mortem };
}

/**
 * A restoration before the incident was reopened did not last, and so counts no more. Opening, adding and
 * closing write one entry each, so the entries before are counted by steps: a clock may have gone back.
 */
const SELECT_INCIDENT = `
  SELECT i.id, i.model_id, m.name AS model_name, i.title, i.state, i.began_at_utc, i.opened_at_utc,
    i.post_mortem, i.revision, p.printed_name AS opened_by,
    (SELECT min(a.severity) FROM incident_alert ia JOIN alert a ON a.id = ia.alert_id
      WHERE ia.incident_id = i.id) AS severity,
    (SELECT min(a.raised_at_utc) FROM incident_alert ia JOIN alert a ON a.id = ia.alert_id
      WHERE ia.incident_id = i.id) AS detected_at_utc,
    (SELECT max(e.at_utc) FROM incident_entry e WHERE e.incident_id = i.id AND e.kind = 'restoration'
      AND e.evidence IS NOT NULL AND e.ordinal > (SELECT count(*) FROM incident_step s
        WHERE s.incident_id = i.id AND s.act IN ('open', 'addEntry', 'close')
          AND s.revision < (SELECT coalesce(max(r.revision), 0) FROM incident_step r
            WHERE r.incident_id = i.id AND r.act = 'reopen'))) AS restored_at_utc,
    (SELECT t.target_hours FROM incident_target t WHERE t.model_id = i.model_id
      ORDER BY t.revision DESC LIMIT 1) AS target_hours
  FROM incident i JOIN model m ON m.id = i.model_id JOIN person p ON p.id = i.opened_by`;

/** Open ones first, then newest first. */
export function findIncidents(db: Db, modelId: ModelId | null): IncidentHead[] {
  return db
    .prepare<[string | null, string | null], IncidentRow>(
      `${SELECT_INCIDENT} WHERE (? IS NULL OR i.model_id = ?)
       ORDER BY i.state = 'closed', i.opened_at_utc DESC, i.id`,
    )
    .all(modelId, modelId)
    .map((row) => fromRow(row).head);
}

export function findIncident(db: Db, id: IncidentId): StoredIncident | null {
  const row = db.prepare<[string], IncidentRow>(`${SELECT_INCIDENT} WHERE i.id = ?`).get(id);
  return row === undefined ? null : fromRow(row);
}

export function findAlertIds(db: Db, id: IncidentId): AlertId[] {
  const sql = 'SELECT alert_id FROM incident_alert WHERE incident_id = ? ORDER BY alert_id';
  return z.array(AlertId).parse(db.prepare<[string], string>(sql).pluck().all(id));
}

/** By when it happened, oldest first. */
export function findEntries(db: Db, id: IncidentId): IncidentEntry[] {
  return db
    .prepare<[string], { evidence: string | null }>(
      `SELECT e.ordinal, e.kind, e.at_utc AS atUtc, e.text, e.evidence, p.printed_name AS recordedBy,
         e.recorded_at_utc AS recordedAtUtc
       FROM incident_entry e JOIN person p ON p.id = e.recorded_by
       WHERE e.incident_id = ? ORDER BY e.at_utc, e.ordinal`,
    )
    .all(id)
    .map((row) =>
      IncidentEntry.parse({
        ...row,
        evidence: row.evidence === null ? null : JSON.parse(row.evidence),
      }),
    );
}

/** Oldest first. */
export function findSteps(db: Db, id: IncidentId): IncidentStep[] {
  return db
    .prepare<[string]>(
      `SELECT s.act, s.text, p.printed_name AS changedBy, s.at_utc AS atUtc
       FROM incident_step s JOIN person p ON p.id = s.changed_by
       WHERE s.incident_id = ? ORDER BY s.revision`,
    )
    .all(id)
    .map((row) => IncidentStep.parse(row));
}

export interface NewIncident {
  readonly id: IncidentId;
  readonly modelId: ModelId;
  readonly alertIds: readonly AlertId[];
  readonly title: string;
  readonly beganAtUtc: UtcInstant | null;
  readonly reason: string;
  readonly openedBy: PersonId;
  readonly openedAtUtc: UtcInstant;
}

export function insertIncident(db: Db, incident: NewIncident): void {
  const { id, modelId, title, beganAtUtc, reason, openedBy, openedAtUtc } = incident;
  db.prepare(
    `INSERT INTO incident (id, model_id, title, opened_at_utc, opened_by, state, began_at_utc)
     VALUES (?, ?, ?, ?, ?, 'open', ?)`,
  ).run(id, modelId, title, openedAtUtc, openedBy, beganAtUtc);
  const link = db.prepare('INSERT INTO incident_alert (alert_id, incident_id) VALUES (?, ?)');
  for (const alertId of incident.alertIds) link.run(alertId, id);
  insertStep(db, id, 0, { act: 'open', text: reason, changedBy: openedBy, atUtc: openedAtUtc });
}

/** The entry that the closing at this revision wrote, or null where nothing was closed then. */
export function findClosing(db: Db, id: IncidentId, revision: number) {
  interface Row {
    readonly text: string;
    readonly evidence: string;
    readonly closedBy: string;
    readonly closedAtUtc: string;
  }
  const row = db
    .prepare<[string, number], Row>(
      `SELECT e.text, e.evidence, s.changed_by AS closedBy, s.at_utc AS closedAtUtc
       FROM incident_step s JOIN incident_entry e ON e.incident_id = s.incident_id
         AND e.ordinal = (SELECT count(*) FROM incident_step t WHERE t.incident_id = s.incident_id
           AND t.act IN ('open', 'addEntry', 'close') AND t.revision <= s.revision)
       WHERE s.incident_id = ? AND s.revision = ? AND s.act = 'close'`,
    )
    .get(id, revision);
  if (row === undefined) return null;
  const { text: finding, closedBy, closedAtUtc } = row;
  const shown = ShownEvidence.parse(JSON.parse(row.evidence));
  return { finding, shown, closedBy: PersonId.parse(closedBy), closedAtUtc };
}

interface NewStep {
  readonly act: IncidentAct;
  readonly text: string;
  readonly changedBy: PersonId;
  readonly atUtc: UtcInstant;
}

function insertStep(db: Db, id: IncidentId, revision: number, step: NewStep): void {
  db.prepare(
    `INSERT INTO incident_step (incident_id, revision, act, text, changed_by, at_utc)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(id, revision, step.act, step.text, step.changedBy, step.atUtc);
}

/** What a step leaves. */
export interface IncidentChange extends NewStep {
  readonly state: IncidentState;
  readonly beganAtUtc: UtcInstant | null;
  readonly postMortem: string;
}

/** False when another revision is stored. */
export function updateIncident(
  db: Db,
  id: IncidentId,
  change: IncidentChange,
  revision: number,
): boolean {
  const { changes } = db
    .prepare(
      `UPDATE incident SET state = ?, began_at_utc = ?, post_mortem = ?, revision = revision + 1
       WHERE id = ? AND revision = ?`,
    )
    .run(change.state, change.beganAtUtc, change.postMortem, id, revision);
  if (changes !== 1) return false;
  insertStep(db, id, revision + 1, change);
  return true;
}

export interface NewEntryRow {
  readonly kind: EntryKind;
  readonly atUtc: UtcInstant;
  readonly text: string;
  readonly evidence: ShownEvidence | null;
  readonly recordedBy: PersonId;
  readonly recordedAtUtc: UtcInstant;
}

export function insertEntry(db: Db, id: IncidentId, entry: NewEntryRow): void {
  const { kind, atUtc, text, evidence, recordedBy, recordedAtUtc } = entry;
  db.prepare(
    `INSERT INTO incident_entry
       (incident_id, ordinal, kind, at_utc, text, evidence, recorded_by, recorded_at_utc)
     VALUES (?, (SELECT count(*) + 1 FROM incident_entry WHERE incident_id = ?), ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    id,
    kind,
    atUtc,
    text,
    evidence === null ? null : JSON.stringify(evidence),
    recordedBy,
    recordedAtUtc,
  );
}

/** The target of a model; the default until somebody sets one. */
export function findTarget(db: Db, modelId: ModelId): IncidentTarget {
  const row = db
    .prepare<[string]>(
      `SELECT t.revision, t.target_hours AS targetHours, t.reason, t.set_at_utc AS setAtUtc,
         p.printed_name AS setBy
       FROM incident_target t JOIN person p ON p.id = t.set_by
       WHERE t.model_id = ? ORDER BY t.revision DESC LIMIT 1`,
    )
    .get(modelId);
  const none = { revision: 0, targetHours: DEFAULT_TARGET_HOURS, reason: '' };
  return IncidentTarget.parse(row ?? { ...none, setAtUtc: null, setBy: null });
}

export function insertTarget(
  db: Db,
  modelId: ModelId,
  target: Pick<IncidentTarget, 'revision' | 'targetHours' | 'reason'>,
  by: { readonly setBy: PersonId; readonly setAtUtc: UtcInstant },
): void {
  db.prepare(
    `INSERT INTO incident_target (model_id, revision, target_hours, set_at_utc, set_by, reason)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(modelId, target.revision, target.targetHours, by.setAtUtc, by.setBy, target.reason);
}

/** What an event of the log says it is, or null. */
export function findEvent(db: Db, seq: number) {
  return (
    db
      .prepare<[number], { readonly action: string; readonly atUtc: string }>(
        'SELECT action, at_utc AS atUtc FROM audit_event WHERE seq = ?',
      )
      .get(seq) ?? null
  );
}

/** Whose signature under what, or null. */
export function findSignatureFacts(db: Db, signatureId: string) {
  interface Facts {
    readonly recordType: string;
    readonly printedName: string;
    readonly meaning: string;
    readonly atUtc: string;
  }
  return (
    db
      .prepare<[string], Facts>(
        `SELECT record_type AS recordType, printed_name AS printedName, meaning, signed_at_utc AS atUtc
         FROM signature WHERE id = ?`,
      )
      .get(signatureId) ?? null
  );
}
