import type { IncidentId } from '../../shared/base/ids';
import { lastOccurrence, stateAfter, type Alert } from '../../shared/incident/alert';
import {
  incidentStateAfter,
  type Incident,
  type IncidentAct,
} from '../../shared/incident/incident';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, Json } from '../app/context';
import type { Db } from '../db/openDatabase';
import { findAlert, insertAlertStep } from './alertRepo';
import { offerEntries, restorationChoices } from './incidentEvidence';
import {
  findAlertIds,
  findEntries,
  findIncident,
  findSteps,
  updateIncident,
  type IncidentChange,
  type NewEntryRow,
} from './incidentRepo';

/** An incident with its timeline, and what could come next. @throws AppFailure NOT_FOUND */
export function requireIncident(ctx: AppContext, incidentId: IncidentId): Incident {
  const found = findIncident(ctx.db, incidentId);
  if (found === null)
    throw new AppFailure('NOT_FOUND', 'There is no such incident.', { incidentId });
  const { head, postMortem } = found;
  const { modelId, detectedAtUtc, state } = head;
  const alerts = findAlertIds(ctx.db, incidentId).flatMap((id) => findAlert(ctx.db, id) ?? []);
  const entries = findEntries(ctx.db, incidentId);
  const steps = findSteps(ctx.db, incidentId);
  const reopenedAtUtc = steps.findLast(({ act }) => act === 'reopen')?.atUtc ?? '';
  const brokenAtUtc = alerts.map((alert) => lastOccurrence(alert).atUtc);
  const sinceUtc = [reopenedAtUtc, ...brokenAtUtc].sort().at(-1) ?? detectedAtUtc;
  const isOpen = state === 'open';
  return {
    ...head,
    alerts: alerts.map((alert) => {
      const { message, atUtc } = lastOccurrence(alert);
      const { id: alertId, rule, severity } = alert;
      return { alertId, rule, severity, message, lastAtUtc: atUtc };
    }),
    entries,
    offered: isOpen ? offerEntries(ctx, modelId, { sinceUtc: detectedAtUtc, entries }) : [],
    restoration: isOpen ? restorationChoices(ctx, { modelId, alerts, sinceUtc }) : [],
    postMortem,
    steps,
  };
}

/** Who writes an entry down, and when. */
export function recorded(ctx: AppContext): Pick<NewEntryRow, 'recordedBy' | 'recordedAtUtc'> {
  return { recordedBy: ctx.actor.id, recordedAtUtc: ctx.nowUtc() };
}

/** @throws AppFailure NOT_FOUND, CONFLICT (somebody was first; `current` is the incident now) */
export function requireRevision(
  ctx: AppContext,
  { incidentId, revision }: { readonly incidentId: IncidentId; readonly revision: number },
): Incident {
  const current = requireIncident(ctx, incidentId);
  if (current.revision !== revision) throw otherState(current);
  return current;
}

/** @throws AppFailure CONFLICT when nothing of this kind is done to an incident in its state */
export function requireStep(current: Incident, act: Exclude<IncidentAct, 'open'>): Incident {
  if (incidentStateAfter(current.state, act) === null) throw otherState(current);
  return current;
}

/** What to answer when an incident is not as it was when the person looked at it. */
export function otherState(current: Incident): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `This incident is ${current.state} now: it was changed while you were looking at it, or nothing of this kind is done to it in this state. Nothing was changed. Look at it again.`,
    { current },
  );
}

/** One act, what it leaves, and what else belongs to the same write. */
interface Change {
  readonly act: IncidentAct;
  readonly event: string;
  readonly text: string;
  readonly detail: { readonly before?: Json; readonly after?: Json };
  readonly leaves?: Partial<Pick<IncidentChange, 'state' | 'beganAtUtc' | 'postMortem'>>;
  readonly also?: (db: Db) => void;
}

export function changeIncident(ctx: AppContext, current: Incident, made: Change): Incident {
  const { act, event, text, detail, leaves, also } = made;
  const { id, state, beganAtUtc, postMortem, revision } = current;
  const by = { changedBy: ctx.actor.id, atUtc: ctx.nowUtc() };
  const next: IncidentChange = { state, beganAtUtc, postMortem, ...leaves, act, text, ...by };
  // The text of a post-mortem is what it says, not why.
  const reason = act === 'writePostMortem' ? {} : { reason: text };
  ctx.write(event, id, { ...detail, ...reason }, (db) => {
    if (!updateIncident(db, id, next, revision)) throw otherState(current);
    also?.(db);
  });
  return requireIncident(ctx, id);
}

/** Lets an alert follow its incident, where it can. */
export function stepAlong(
  ctx: AppContext,
  db: Db,
  alert: Alert,
  act: 'acknowledge' | 'close',
  text: string,
): void {
  const state = stateAfter(alert.state, act);
  if (state === null) return;
  const { severity, owner } = alert;
  const by = { changedBy: ctx.actor.printedName, atUtc: ctx.nowUtc() };
  const step = { act, state, severity, owner, snoozedUntilUtc: null, text, ...by };
  insertAlertStep(db, alert.id, step, alert.revision);
}
