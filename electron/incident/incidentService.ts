import { randomUUID } from 'node:crypto';
import { IncidentId, type AlertId, type ModelId } from '../../shared/base/ids';
import { lastOccurrence, stateAfter, type Alert } from '../../shared/incident/alert';
import type { incidentChannels } from '../../shared/incident/channels';
import type {
  Incident,
  IncidentAct,
  IncidentHead,
  IncidentTarget,
} from '../../shared/incident/incident';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, Json } from '../app/context';
import type { Db } from '../db/openDatabase';
import { requireModel } from '../registry/registryService';
import { findAlert, insertAlertStep } from './alertRepo';
import { offerEntries, restorationChoices, showEvidence, showSource } from './incidentEvidence';
import {
  changeIncident,
  findAlertIds,
  findEntries,
  findIncident,
  findIncidents,
  findSteps,
  findTarget,
  insertEntry,
  insertIncident,
  insertTarget,
  type IncidentChange,
  type NewEntryRow,
} from './incidentRepo';

type Input<K extends keyof typeof incidentChannels> = InputOf<(typeof incidentChannels)[K]>;

/** Incidents of one model or of all: open ones first, then newest first. */
export function listIncidents(
  ctx: AppContext,
  { modelId }: Input<'incident.listIncidents'>,
): readonly IncidentHead[] {
  return findIncidents(ctx.db, modelId);
}

/** An incident with its timeline, and what could come next. @throws AppFailure NOT_FOUND */
export function getIncident(
  ctx: AppContext,
  { incidentId }: Input<'incident.getIncident'>,
): Incident {
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

/**
 * Makes an incident of alerts of one model, and acknowledges those that nobody had looked at.
 *
 * @throws AppFailure NOT_FOUND (alert), CONFLICT (alerts of several models, or one that is closed or belongs
 *   to an incident already)
 */
export function openIncident(ctx: AppContext, input: Input<'incident.openIncident'>): Incident {
  const { title, beganAtUtc, reason } = input;
  const alertIds = [...new Set(input.alertIds)];
  const alerts = alertIds.map((id) => requireFreeAlert(ctx, id));
  const [first] = alerts.toSorted((a, b) => a.raisedAtUtc.localeCompare(b.raisedAtUtc));
  if (first === undefined) throw new AppFailure('NOT_FOUND', 'An incident needs an alert.');
  const { modelId } = first;
  if (alerts.some((alert) => alert.modelId !== modelId)) throw severalModels();
  const id = IncidentId.parse(randomUUID());
  const by = { openedBy: ctx.actor.id, openedAtUtc: ctx.nowUtc() };
  const after = { modelId, title, alertIds, beganAtUtc };
  const detection = detectionEntry(ctx, first);
  ctx.write('incident.opened', id, { after, reason }, (db) => {
    insertIncident(db, { id, modelId, alertIds, title, beganAtUtc, reason, ...by });
    insertEntry(db, id, detection);
    for (const alert of alerts) stepAlong(ctx, db, alert, 'acknowledge', `Incident: ${title}`);
  });
  return getIncident(ctx, { incidentId: id });
}

/** Writes down what happened. @throws AppFailure NOT_FOUND (incident or evidence), CONFLICT */
export function addEntry(ctx: AppContext, input: Input<'incident.addEntry'>): Incident {
  const { kind, atUtc, text } = input;
  const current = requireRevision(ctx, input);
  if (atUtc > ctx.nowUtc()) throw inTheFuture();
  const evidence =
    input.evidence === null ? null : showEvidence(ctx, current.modelId, input.evidence);
  const entry: NewEntryRow = { kind, atUtc, text, evidence, ...recorded(ctx) };
  const after = { kind, atUtc, evidence: evidence?.evidence ?? null };
  return change(ctx, current, {
    act: 'addEntry',
    event: 'incident.entryAdded',
    text,
    detail: { after },
    also: (db) => insertEntry(db, current.id, entry),
  });
}

/** Says when the fault began, as far as it is known now. @throws AppFailure NOT_FOUND, CONFLICT */
export function setBegan(ctx: AppContext, input: Input<'incident.setBegan'>): Incident {
  const { beganAtUtc, reason } = input;
  const current = requireRevision(ctx, input);
  if (beganAtUtc !== null && beganAtUtc > ctx.nowUtc()) throw inTheFuture();
  return change(ctx, current, {
    act: 'setBegan',
    event: 'incident.beganSet',
    text: reason,
    detail: { before: { beganAtUtc: current.beganAtUtc }, after: { beganAtUtc } },
    leaves: { beganAtUtc },
  });
}

/** Keeps a new revision of the post-mortem; those before stay on record. @throws AppFailure NOT_FOUND, CONFLICT */
export function writePostMortem(
  ctx: AppContext,
  input: Input<'incident.writePostMortem'>,
): Incident {
  const { text } = input;
  const current = requireRevision(ctx, input);
  return change(ctx, current, {
    act: 'writePostMortem',
    event: 'incident.postMortemWritten',
    text,
    detail: { before: { postMortem: current.postMortem }, after: { postMortem: text } },
    leaves: { postMortem: text },
  });
}

/**
 * Ends an incident and its alerts, on evidence that the figures are back within policy.
 *
 * @throws AppFailure NOT_FOUND (incident or evidence), CONFLICT (the evidence does not show it, which is put
 *   on record; or somebody was first)
 */
export function closeIncident(ctx: AppContext, input: Input<'incident.closeIncident'>): Incident {
  const { reason } = input;
  const current = requireRevision(ctx, input);
  if (current.state === 'closed') throw otherState(current);
  const shown = showEvidence(ctx, current.modelId, input.evidence);
  const judged = current.restoration.find(
    (choice) => JSON.stringify(choice.shown.evidence) === JSON.stringify(shown.evidence),
  );
  if (judged?.isRestored !== true) {
    const finding = judged?.finding ?? 'It is not later than the last time the rule was broken.';
    throw refuseClosing(ctx, current, finding, input.evidence);
  }
  const entry: NewEntryRow = {
    kind: 'restoration',
    atUtc: shown.atUtc,
    text: judged.finding,
    evidence: shown,
    ...recorded(ctx),
  };
  return change(ctx, current, {
    act: 'close',
    event: 'incident.closed',
    text: reason,
    detail: { before: { state: 'open' }, after: { state: 'closed', evidence: shown.evidence } },
    leaves: { state: 'closed' },
    also(db) {
      insertEntry(db, current.id, entry);
      for (const { alertId } of current.alerts) {
        const alert = findAlert(db, alertId);
        if (alert !== null) stepAlong(ctx, db, alert, 'close', `Incident closed: ${reason}`);
      }
    },
  });
}

/** Takes an incident up again; what restored it counts no more. @throws AppFailure NOT_FOUND, CONFLICT */
export function reopenIncident(ctx: AppContext, input: Input<'incident.reopenIncident'>): Incident {
  const current = requireRevision(ctx, input);
  if (current.state === 'open') throw otherState(current);
  return change(ctx, current, {
    act: 'reopen',
    event: 'incident.reopened',
    text: input.reason,
    detail: { before: { state: 'closed' }, after: { state: 'open' } },
    leaves: { state: 'open' },
  });
}

/** How long detection and restoration may take in a model. @throws AppFailure NOT_FOUND */
export function getTarget(
  ctx: AppContext,
  { modelId }: Input<'incident.getTarget'>,
): IncidentTarget {
  requireModel(ctx, modelId);
  return findTarget(ctx.db, modelId);
}

/** @throws AppFailure NOT_FOUND, CONFLICT (somebody set another one; `current` is the target now) */
export function setTarget(ctx: AppContext, input: Input<'incident.setTarget'>): IncidentTarget {
  const { modelId, targetHours, reason, revision } = input;
  const current = getTarget(ctx, { modelId });
  if (current.revision !== revision) {
    throw new AppFailure(
      'CONFLICT',
      'Somebody set another target while you were looking at it. Nothing was changed.',
      { current },
    );
  }
  const detail = {
    before: { targetHours: current.targetHours },
    after: { targetHours },
    reason,
  };
  const by = { setBy: ctx.actor.id, setAtUtc: ctx.nowUtc() };
  ctx.write('incident.targetSet', modelId, detail, (db) =>
    insertTarget(db, modelId, { revision: revision + 1, targetHours, reason }, by),
  );
  return findTarget(ctx.db, modelId);
}

interface Change {
  readonly act: IncidentAct;
  readonly event: string;
  readonly text: string;
  readonly detail: { readonly before?: Json; readonly after?: Json };
  readonly leaves?: Partial<Pick<IncidentChange, 'state' | 'beganAtUtc' | 'postMortem'>>;
  readonly also?: (db: Db) => void;
}

function change(ctx: AppContext, current: Incident, made: Change): Incident {
  const { act, event, text, detail, leaves, also } = made;
  const { id, state, beganAtUtc, postMortem, revision } = current;
  const by = { changedBy: ctx.actor.id, atUtc: ctx.nowUtc() };
  const next: IncidentChange = { state, beganAtUtc, postMortem, ...leaves, act, text, ...by };
  // The text of a post-mortem is what it says, not why.
  const reason = act === 'writePostMortem' ? {} : { reason: text };
  ctx.write(event, id, { ...detail, ...reason }, (db) => {
    if (!changeIncident(db, id, next, revision)) throw otherState(current);
    also?.(db);
  });
  return getIncident(ctx, { incidentId: id });
}

/** Lets an alert follow its incident, where it can. */
function stepAlong(
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

function detectionEntry(ctx: AppContext, alert: Alert): NewEntryRow {
  const [occurrence] = alert.occurrences;
  const { source, label, message } = occurrence ?? lastOccurrence(alert);
  return {
    kind: 'detection',
    atUtc: alert.raisedAtUtc,
    text: `${label}: ${message}`,
    evidence: showSource(ctx, alert.modelId, source),
    ...recorded(ctx),
  };
}

function recorded(ctx: AppContext): Pick<NewEntryRow, 'recordedBy' | 'recordedAtUtc'> {
  return { recordedBy: ctx.actor.id, recordedAtUtc: ctx.nowUtc() };
}

function requireFreeAlert(ctx: AppContext, alertId: AlertId): Alert {
  const alert = findAlert(ctx.db, alertId);
  if (alert === null) throw new AppFailure('NOT_FOUND', 'There is no such alert.', { alertId });
  const { incidentId } = alert;
  if (alert.state !== 'closed' && incidentId === null) return alert;
  const why = incidentId === null ? 'is closed' : 'belongs to an incident already';
  throw new AppFailure('CONFLICT', `An alert ${why}. No incident was opened.`, {
    alertId,
    incidentId,
  });
}

function requireRevision(
  ctx: AppContext,
  { incidentId, revision }: { readonly incidentId: IncidentId; readonly revision: number },
): Incident {
  const current = getIncident(ctx, { incidentId });
  if (current.revision !== revision) throw otherState(current);
  return current;
}

function otherState(current: Incident): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `This incident was changed while you were looking at it; it is ${current.state} now. Nothing was changed.`,
    { current },
  );
}

function severalModels(): AppFailure {
  return new AppFailure('CONFLICT', 'These alerts are of several models. No incident was opened.');
}

function inTheFuture(): AppFailure {
  return new AppFailure('INVALID_INPUT', 'This time lies in the future. Nothing was changed.');
}

/** Puts on record that somebody tried to close an incident without the evidence for it. */
function refuseClosing(
  ctx: AppContext,
  { id, state }: Incident,
  finding: string,
  evidence: Json,
): AppFailure {
  const detail = { before: { state }, after: { evidence, finding } };
  ctx.write('incident.closingRefused', id, detail, () => undefined);
  return new AppFailure(
    'CONFLICT',
    `This record does not show that the figures are back within policy: ${finding} The incident stays open; the attempt is on record.`,
    { finding },
  );
}

/** Incidents of a model in full, for what leaves the workspace. */
export function wholeIncidents(ctx: AppContext, modelId: ModelId): Incident[] {
  return findIncidents(ctx.db, modelId).map(({ id }) => getIncident(ctx, { incidentId: id }));
}
