import { z } from 'zod';
import {
  AlertId,
  CanaryId,
  DriftReportId,
  HandoffPacketId,
  IncidentId,
  ModelId,
  ModelVersionId,
  PersonId,
} from '../base/ids';
import { UtcInstant } from '../base/time';

export const Severity = z.enum(['warning', 'critical']);
export type Severity = z.infer<typeof Severity>;

/** The record that shows that a rule was broken. A further kind is one line here and a link in the window. */
export const AlertSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drift'), reportId: DriftReportId }),
  z.strictObject({
    kind: z.literal('performance'),
    /** The window of predictions that the figure was measured on; null for a figure of no single window. */
    windowId: z.uuid().nullable(),
    metric: z.string().min(1).max(120),
  }),
  z.strictObject({ kind: z.literal('canary'), canaryId: CanaryId }),
  /** A rule fired that asks for retraining. */
  z.strictObject({ kind: z.literal('packet'), packetId: HandoffPacketId }),
  /** A file for who serves the model could not be written. */
  z.strictObject({ kind: z.literal('outbox'), fileName: z.string() }),
]);
export type AlertSource = z.infer<typeof AlertSource>;

/** A figure past its threshold. */
const BrokenFigure = z.strictObject({
  name: z.string(),
  primary: z.string(),
  value: z.number(),
  threshold: z.number(),
});

/** One time that the rule was broken. */
const AlertOccurrence = z.strictObject({
  source: AlertSource,
  /** How people call the source: the label of a batch, a window, a canary. */
  label: z.string(),
  severity: Severity,
  /** What was found, in one sentence. */
  message: z.string(),
  /** The features that moved; empty where the rule is not about features. */
  features: z.array(BrokenFigure).readonly(),
  atUtc: UtcInstant,
});
export type AlertOccurrence = z.infer<typeof AlertOccurrence>;

export const AlertState = z.enum(['new', 'acknowledged', 'owned', 'explained', 'closed']);
export type AlertState = z.infer<typeof AlertState>;

/** What is done about an alert; `wake` is no person's act but that of a worse occurrence. */
export const AlertAct = z.enum(['acknowledge', 'own', 'explain', 'snooze', 'close', 'wake']);
export type AlertAct = z.infer<typeof AlertAct>;

const AlertStep = z.strictObject({
  act: AlertAct,
  /** Printed name of the owner that the step names. */
  owner: z.string().nullable(),
  /** When a snooze ends. */
  untilUtc: UtcInstant.nullable(),
  /** The reason, or the explanation. */
  text: z.string(),
  /** Printed name; null when a worse occurrence woke it. */
  changedBy: z.string().nullable(),
  atUtc: UtcInstant,
});
export type AlertStep = z.infer<typeof AlertStep>;

/** A rule of a model was broken, once or again and again while nobody closed the alert. */
export const Alert = z.strictObject({
  id: AlertId,
  modelId: ModelId,
  modelName: z.string(),
  /** Null: of the model as a whole. */
  versionId: ModelVersionId.nullable(),
  version: z.number().int().positive().nullable(),
  /** Null: of all rows. */
  segment: z.string().nullable(),
  rule: z.string(),
  /** The worst of its occurrences. */
  severity: Severity,
  raisedAtUtc: UtcInstant,
  state: AlertState,
  owner: z.strictObject({ personId: PersonId, printedName: z.string() }).nullable(),
  snoozedUntilUtc: UtcInstant.nullable(),
  /** The incident that it belongs to. */
  incidentId: IncidentId.nullable(),
  /** Oldest first; there is at least one. */
  occurrences: z.array(AlertOccurrence).min(1).readonly(),
  /** Oldest first. */
  steps: z.array(AlertStep).readonly(),
  revision: z.number().int().nonnegative(),
});
export type Alert = z.infer<typeof Alert>;

/** Every step that exists: from which state an act leads to which; `same` leaves the state as it is. */
const STEPS: Readonly<
  Record<AlertAct, { readonly from: readonly AlertState[]; readonly to: AlertState | 'same' }>
> = {
  acknowledge: { from: ['new'], to: 'acknowledged' },
  own: { from: ['new', 'acknowledged', 'owned', 'explained'], to: 'owned' },
  explain: { from: ['acknowledged', 'owned', 'explained'], to: 'explained' },
  snooze: { from: ['new', 'acknowledged', 'owned', 'explained'], to: 'same' },
  // Nobody closes what nobody has looked at.
  close: { from: ['acknowledged', 'owned', 'explained'], to: 'closed' },
  wake: { from: ['new', 'acknowledged', 'owned', 'explained'], to: 'new' },
};

/** The state that an act leads to; null where there is no such step. */
export function stateAfter(state: AlertState, act: AlertAct): AlertState | null {
  const { from, to } = STEPS[act];
  if (!from.includes(state)) return null;
  return to === 'same' ? state : to;
}

/** Whether an alert asks for a person at this instant: nobody has looked at it, and nobody put it off. */
export function isWaiting(
  { state, snoozedUntilUtc }: Pick<Alert, 'state' | 'snoozedUntilUtc'>,
  nowUtc: UtcInstant,
): boolean {
  return state === 'new' && (snoozedUntilUtc === null || snoozedUntilUtc <= nowUtc);
}

/** Those of a list that wait for a person now. */
export function waitingOf<A extends Pick<Alert, 'state' | 'snoozedUntilUtc'>>(
  alerts: readonly A[],
  nowUtc: UtcInstant = new Date().toISOString(),
): A[] {
  return alerts.filter((alert) => isWaiting(alert, nowUtc));
}

/** The last time that the rule was broken. */
export function lastOccurrence({ occurrences }: Pick<Alert, 'occurrences'>): AlertOccurrence {
  const last = occurrences.at(-1);
  if (last === undefined) throw new RangeError('an alert without an occurrence');
  return last;
}
