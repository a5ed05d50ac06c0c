import { randomUUID } from 'node:crypto';
import { AlertId, type ModelId, type ModelVersionId } from '../../shared/base/ids';
import type { UtcInstant } from '../../shared/base/time';
import type { DriftReport } from '../../shared/drift/driftReport';
import {
  stateAfter,
  type Alert,
  type AlertAct,
  type AlertOccurrence,
} from '../../shared/incident/alert';
import type { incidentChannels } from '../../shared/incident/channels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import { listPeople } from '../vault/peopleService';
import {
  findAlert,
  findAlerts,
  findUnclosedAlert,
  insertAlert,
  insertAlertStep,
  insertOccurrence,
  type NewAlertStep,
} from './alertRepo';

type Input<K extends keyof typeof incidentChannels> = InputOf<(typeof incidentChannels)[K]>;

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_SNOOZE_DAYS = 90;

/** A rule that was broken. */
export interface BrokenRule extends Omit<AlertOccurrence, 'features'> {
  readonly modelId: ModelId;
  /** Null: of the model as a whole. */
  readonly versionId: ModelVersionId | null;
  /** Null: of all rows. */
  readonly segment: string | null;
  /** Which rule, e.g. `drift` or `accuracy`. */
  readonly rule: string;
  /** The features that moved; none where the rule is not about features. */
  readonly features?: AlertOccurrence['features'];
}

/**
 * Raises an alert, or adds an occurrence to the one that is not closed yet for the same rule, model, version
 * and segment, so that one fault that lasts is one alert.
 *
 * An occurrence that is worse than all before it makes the alert new again and ends a snooze. Runs inside
 * the write of the caller, whose audit event should name the alert.
 *
 * @returns the alert that the occurrence belongs to
 */
export function raiseAlert(db: Db, broken: BrokenRule): AlertId {
  const { modelId, versionId, segment, rule, features = [], ...facts } = broken;
  const key = { modelId, versionId, segment, rule };
  const { source, label, severity, message, atUtc } = facts;
  const occurrence = { source, label, severity, message, features, atUtc };
  const unclosed = findUnclosedAlert(db, key);
  if (unclosed === null) {
    const id = AlertId.parse(randomUUID());
    insertAlert(db, { ...key, id, severity, raisedAtUtc: atUtc });
    insertOccurrence(db, id, occurrence);
    return id;
  }
  insertOccurrence(db, unclosed.id, occurrence);
  if (unclosed.severity === 'warning' && severity === 'critical') wake(db, unclosed, atUtc);
  return unclosed.id;
}

function wake(db: Db, alert: Alert, atUtc: UtcInstant): void {
  insertAlertStep(
    db,
    alert.id,
    {
      act: 'wake',
      state: 'new',
      severity: 'critical',
      owner: alert.owner,
      snoozedUntilUtc: null,
      text: 'It got worse: from warning to critical.',
      changedBy: null,
      atUtc,
    },
    alert.revision,
  );
}

/** Alerts of one model or of all: new ones first, closed ones last, each newest first. */
export function listAlerts(ctx: AppContext, input: Input<'incident.listAlerts'>): readonly Alert[] {
  return findAlerts(ctx.db, input.modelId);
}

/** Puts on record that a person has seen an alert. @throws AppFailure NOT_FOUND, CONFLICT */
export function acknowledgeAlert(
  ctx: AppContext,
  { reason, ...ref }: Input<'incident.acknowledgeAlert'>,
): Alert {
  return takeStep(ctx, ref, { act: 'acknowledge', text: reason });
}

/** Makes a person answer for an alert. @throws AppFailure NOT_FOUND (alert or person), CONFLICT */
export function ownAlert(
  ctx: AppContext,
  { ownerId, reason, ...ref }: Input<'incident.ownAlert'>,
): Alert {
  const person = listPeople(ctx).find(({ id }) => id === ownerId);
  if (person === undefined || person.deactivatedAtUtc !== null) {
    throw new AppFailure(
      'NOT_FOUND',
      'Nobody of this workspace who can still sign in is this person. The alert keeps its owner.',
      { ownerId },
    );
  }
  const owner = { personId: person.id, printedName: person.printedName };
  return takeStep(ctx, ref, { act: 'own', text: reason, owner });
}

/** Puts the cause of an alert on record. @throws AppFailure NOT_FOUND, CONFLICT */
export function explainAlert(
  ctx: AppContext,
  { explanation, ...ref }: Input<'incident.explainAlert'>,
): Alert {
  return takeStep(ctx, ref, { act: 'explain', text: explanation });
}

/**
 * Puts an alert off until an instant; a worse occurrence ends the pause, and gates stay closed in it.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT, INVALID_INPUT (the pause ends in the past or after 90 days)
 */
export function snoozeAlert(
  ctx: AppContext,
  { untilUtc, reason, ...ref }: Input<'incident.snoozeAlert'>,
): Alert {
  const days = (Date.parse(untilUtc) - Date.parse(ctx.nowUtc())) / DAY_MS;
  if (days <= 0 || days > MOST_SNOOZE_DAYS) {
    throw new AppFailure(
      'INVALID_INPUT',
      `A pause ends within the next ${MOST_SNOOZE_DAYS} days. Nothing was changed.`,
      { untilUtc },
    );
  }
  return takeStep(ctx, ref, { act: 'snooze', text: reason, snoozedUntilUtc: untilUtc });
}

/** Closes an alert that somebody has looked at. @throws AppFailure NOT_FOUND, CONFLICT */
export function closeAlert(
  ctx: AppContext,
  { reason, ...ref }: Input<'incident.closeAlert'>,
): Alert {
  return takeStep(ctx, ref, { act: 'close', text: reason });
}

const EVENTS: Readonly<Record<Exclude<AlertAct, 'wake'>, string>> = {
  acknowledge: 'incident.alertAcknowledged',
  own: 'incident.alertOwned',
  explain: 'incident.alertExplained',
  snooze: 'incident.alertSnoozed',
  close: 'incident.alertClosed',
};

interface Step extends Partial<Pick<NewAlertStep, 'owner' | 'snoozedUntilUtc'>> {
  readonly act: Exclude<AlertAct, 'wake'>;
  readonly text: string;
}

/** @throws AppFailure NOT_FOUND, CONFLICT (somebody was first, or there is no such step; `current` is the alert now) */
function takeStep(
  ctx: AppContext,
  { alertId, revision }: { readonly alertId: AlertId; readonly revision: number },
  { act, text, ...changes }: Step,
): Alert {
  const current = findAlert(ctx.db, alertId);
  if (current === null) throw new AppFailure('NOT_FOUND', 'There is no such alert.', { alertId });
  const state = stateAfter(current.state, act);
  if (current.revision !== revision || state === null) throw otherState(current, revision);
  const { severity, owner } = current;
  const step: NewAlertStep = {
    act,
    state,
    severity,
    owner,
    // Whoever takes the alert up again ends the pause.
    snoozedUntilUtc: null,
    ...changes,
    text,
    changedBy: ctx.actor.printedName,
    atUtc: ctx.nowUtc(),
  };
  const detail = { before: stateOf(current), after: stateOf(step), reason: text };
  ctx.write(EVENTS[act], alertId, detail, (db) => {
    if (!insertAlertStep(db, alertId, step, revision)) throw otherState(current, revision);
  });
  return findAlert(ctx.db, alertId) ?? current;
}

function stateOf({
  state,
  owner,
  snoozedUntilUtc,
}: Pick<Alert, 'state' | 'owner' | 'snoozedUntilUtc'>) {
  return { state, owner: owner?.personId ?? null, snoozedUntilUtc };
}

function otherState(current: Alert, revision: number): AppFailure {
  const happened =
    current.revision === revision
      ? `This alert is ${current.state}: there is no such step from there.`
      : `This alert was changed while you were looking at it; it is ${current.state} now.`;
  return new AppFailure('CONFLICT', `${happened} Nothing was changed.`, { current });
}

/**
 * Raises an alert when a drift report breaks its policy: a drifted feature is a warning, drift of
 * the whole batch is critical. Runs inside the write that records the report.
 *
 * @returns the alert that the report belongs to, or null when the policy holds
 */
export function raiseAlertForReport(db: Db, report: DriftReport): AlertId | null {
  const drifted = report.features.filter((feature) => feature.verdict === 'drifted');
  if (drifted.length === 0) return null;
  return raiseAlert(db, {
    modelId: report.modelId,
    versionId: report.versionId,
    segment: null,
    rule: 'drift',
    source: { kind: 'drift', reportId: report.id },
    label: report.label,
    severity: report.summary.isDatasetDrift ? 'critical' : 'warning',
    message: report.summary.sentence,
    features: drifted.map(({ name, primary, primaryValue, threshold }) => ({
      name,
      primary,
      value: primaryValue ?? 0,
      threshold,
    })),
    atUtc: report.computedAtUtc,
  });
}
