import { randomUUID } from 'node:crypto';
import { IncidentId, type AlertId, type ModelId } from '../../shared/base/ids';
import { lastOccurrence, type Alert } from '../../shared/incident/alert';
import type { incidentChannels } from '../../shared/incident/channels';
import type {
  Incident,
  IncidentHappening,
  IncidentHead,
  IncidentTarget,
} from '../../shared/incident/incident';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { requireModel } from '../registry/registryService';
import { findAlert } from './alertRepo';
import { requireRestored } from './closingService';
import { showEvidence, showSource } from './incidentEvidence';
import { findHappenings } from './happeningRepo';
import {
  findIncidents,
  findTarget,
  insertEntry,
  insertIncident,
  insertTarget,
  type NewEntryRow,
} from './incidentRepo';
import {
  changeIncident,
  recorded,
  requireIncident,
  requireRevision,
  requireStep,
  stepAlong,
} from './incidentSteps';

type Input<K extends keyof typeof incidentChannels> = InputOf<(typeof incidentChannels)[K]>;

/** Incidents of one model or of all: open ones first, then newest first. */
export function listIncidents(
  ctx: AppContext,
  { modelId }: Input<'incident.listIncidents'>,
): readonly IncidentHead[] {
  return findIncidents(ctx.db, modelId);
}

/** What happened in the incidents of a model, oldest first, without the steps between stages. */
export function listHappenings(
  ctx: AppContext,
  { modelId }: Input<'incident.listHappenings'>,
): readonly IncidentHappening[] {
  return findHappenings(ctx.db, modelId);
}

/** An incident with its timeline, and what could come next. @throws AppFailure NOT_FOUND */
export function getIncident(
  ctx: AppContext,
  { incidentId }: Input<'incident.getIncident'>,
): Incident {
  return requireIncident(ctx, incidentId);
}

/**
 * Makes an incident of alerts of one model, and acknowledges those that nobody had looked at.
 *
 * @throws AppFailure NOT_FOUND (alert), CONFLICT (alerts of several models, or one that is closed or belongs
 *   to an incident already), INVALID_INPUT (it began after it was detected)
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
  requireBegan(beganAtUtc, first.raisedAtUtc);
  const by = { openedBy: ctx.actor.id, openedAtUtc: ctx.nowUtc() };
  const after = { modelId, title, alertIds, beganAtUtc };
  const detection = detectionEntry(ctx, first);
  ctx.write('incident.opened', id, { after, reason }, (db) => {
    insertIncident(db, { id, modelId, alertIds, title, beganAtUtc, reason, ...by });
    insertEntry(db, id, detection);
    for (const alert of alerts) stepAlong(ctx, db, alert, 'acknowledge', `Incident: ${title}`);
  });
  return requireIncident(ctx, id);
}

/**
 * Writes down what happened; that the figures are back only with the record that shows it.
 *
 * @throws AppFailure NOT_FOUND (incident or evidence), CONFLICT (somebody was first, it is closed, or a
 *   restoration whose evidence does not show it), INVALID_INPUT (in the future)
 */
export function addEntry(ctx: AppContext, input: Input<'incident.addEntry'>): Incident {
  const { kind, atUtc, text } = input;
  const current = requireStep(requireRevision(ctx, input), 'addEntry');
  if (atUtc > ctx.nowUtc()) throw inTheFuture();
  const evidence =
    input.evidence === null ? null : showEvidence(ctx, current.modelId, input.evidence);
  if (kind === 'restoration' && evidence !== null) requireRestored(current, evidence);
  const entry: NewEntryRow = { kind, atUtc, text, evidence, ...recorded(ctx) };
  const after = { kind, atUtc, evidence: evidence?.evidence ?? null };
  return changeIncident(ctx, current, {
    act: 'addEntry',
    event: 'incident.entryAdded',
    text,
    detail: { after },
    also: (db) => insertEntry(db, current.id, entry),
  });
}

/** Says when the fault began, as far as it is known now. @throws AppFailure NOT_FOUND, CONFLICT, INVALID_INPUT */
export function setBegan(ctx: AppContext, input: Input<'incident.setBegan'>): Incident {
  const { beganAtUtc, reason } = input;
  const current = requireStep(requireRevision(ctx, input), 'setBegan');
  requireBegan(beganAtUtc, current.detectedAtUtc);
  return changeIncident(ctx, current, {
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
  const current = requireStep(requireRevision(ctx, input), 'writePostMortem');
  return changeIncident(ctx, current, {
    act: 'writePostMortem',
    event: 'incident.postMortemWritten',
    text,
    detail: { before: { postMortem: current.postMortem }, after: { postMortem: text } },
    leaves: { postMortem: text },
  });
}

/** Takes an incident up again; what restored it counts no more. @throws AppFailure NOT_FOUND, CONFLICT */
export function reopenIncident(ctx: AppContext, input: Input<'incident.reopenIncident'>): Incident {
  const current = requireStep(requireRevision(ctx, input), 'reopen');
  return changeIncident(ctx, current, {
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

function severalModels(): AppFailure {
  return new AppFailure('CONFLICT', 'These alerts are of several models. No incident was opened.');
}

/** A fault begins before it is found. */
function requireBegan(beganAtUtc: string | null, detectedAtUtc: string): void {
  if (beganAtUtc === null || beganAtUtc <= detectedAtUtc) return;
  throw new AppFailure(
    'INVALID_INPUT',
    'The fault cannot have begun after a rule was found broken. Nothing was changed. Give an earlier time.',
    { beganAtUtc, detectedAtUtc },
  );
}

function inTheFuture(): AppFailure {
  return new AppFailure('INVALID_INPUT', 'This time lies in the future. Nothing was changed.');
}

/** Incidents of a model in full, for what leaves the workspace. */
export function wholeIncidents(ctx: AppContext, modelId: ModelId): Incident[] {
  return findIncidents(ctx.db, modelId).map(({ id }) => requireIncident(ctx, id));
}
