import { z } from 'zod';
import { formatCount } from '../base/formatNumber';
import {
  AlertId,
  CanaryId,
  DriftReportId,
  IncidentId,
  ModelId,
  ModelVersionId,
  PredictionLogId,
  SignatureId,
} from '../base/ids';
import { UtcInstant } from '../base/time';
import { Severity } from './alert';

/** What happened in an incident, in the order in which it usually does. */
export const ENTRY_KINDS = [
  'detection',
  'decision',
  'rollback',
  'retraining',
  'restoration',
  'note',
] as const;
export const EntryKind = z.enum(ENTRY_KINDS);
export type EntryKind = z.infer<typeof EntryKind>;

/** The record that shows that an entry is true. A further kind is one line here and one reader in core. */
export const Evidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('driftReport'), reportId: DriftReportId }),
  /** The newest measurement of a window of predictions. */
  z.strictObject({ kind: z.literal('performance'), logId: PredictionLogId }),
  z.strictObject({ kind: z.literal('canary'), canaryId: CanaryId }),
  z.strictObject({ kind: z.literal('stageChange'), ordinal: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('version'), versionId: ModelVersionId }),
  z.strictObject({ kind: z.literal('signature'), signatureId: SignatureId }),
  z.strictObject({ kind: z.literal('auditEvent'), seq: z.number().int().positive() }),
]);
export type Evidence = z.infer<typeof Evidence>;

/** Evidence as people see it. */
export const ShownEvidence = z.strictObject({
  evidence: Evidence,
  title: z.string(),
  /** When what it shows happened. */
  atUtc: UtcInstant,
});
export type ShownEvidence = z.infer<typeof ShownEvidence>;

const NewEntry = z.strictObject({
  kind: EntryKind,
  /** When it happened, which may be before it was written down. */
  atUtc: UtcInstant,
  text: z.string(),
  evidence: ShownEvidence.nullable(),
});

export const IncidentEntry = NewEntry.extend({
  ordinal: z.number().int().positive(),
  recordedBy: z.string(),
  recordedAtUtc: UtcInstant,
});
export type IncidentEntry = z.infer<typeof IncidentEntry>;

/** An entry that the records of the model suggest. */
const OfferedEntry = NewEntry;
export type OfferedEntry = z.infer<typeof OfferedEntry>;

export const IncidentState = z.enum(['open', 'closed']);
export type IncidentState = z.infer<typeof IncidentState>;

/** What is done to an incident as a whole; each makes a revision. */
export const IncidentAct = z.enum([
  'open',
  'addEntry',
  'setBegan',
  'writePostMortem',
  'close',
  'reopen',
]);
export type IncidentAct = z.infer<typeof IncidentAct>;

/** From which state an act leads to which; `open` makes the incident. */
const STEPS: Readonly<
  Record<
    Exclude<IncidentAct, 'open'>,
    { readonly from: readonly IncidentState[]; readonly to: IncidentState | 'same' }
  >
> = {
  addEntry: { from: ['open'], to: 'same' },
  setBegan: { from: ['open'], to: 'same' },
  // What was learnt may be written when all is over.
  writePostMortem: { from: ['open', 'closed'], to: 'same' },
  close: { from: ['open'], to: 'closed' },
  reopen: { from: ['closed'], to: 'open' },
};

/** The state that an act leads to; null where there is no such step. */
export function incidentStateAfter(
  state: IncidentState,
  act: Exclude<IncidentAct, 'open'>,
): IncidentState | null {
  const { from, to } = STEPS[act];
  if (!from.includes(state)) return null;
  return to === 'same' ? state : to;
}

export const IncidentStep = z.strictObject({
  act: IncidentAct,
  /** The reason; for a post-mortem its text. */
  text: z.string(),
  changedBy: z.string(),
  atUtc: UtcInstant,
});
export type IncidentStep = z.infer<typeof IncidentStep>;

/** How long something took, beside what it may take. */
const Duration = z.strictObject({
  /** Null while it is not known. */
  durationMs: z.number().nonnegative().nullable(),
  targetMs: z.number().positive(),
});
export type Duration = z.infer<typeof Duration>;

export const IncidentHead = z.strictObject({
  id: IncidentId,
  modelId: ModelId,
  modelName: z.string(),
  title: z.string(),
  severity: Severity,
  state: IncidentState,
  /** When the fault began, as somebody found out; null while nobody knows. */
  beganAtUtc: UtcInstant.nullable(),
  /** When a rule was first found broken. */
  detectedAtUtc: UtcInstant,
  /** When the figures were back within policy; null while they are not. */
  restoredAtUtc: UtcInstant.nullable(),
  openedAtUtc: UtcInstant,
  openedBy: z.string(),
  timeToDetect: Duration,
  timeToRestore: Duration,
  revision: z.number().int().nonnegative(),
});
export type IncidentHead = z.infer<typeof IncidentHead>;

const IncidentAlert = z.strictObject({
  alertId: AlertId,
  rule: z.string(),
  severity: Severity,
  message: z.string(),
  lastAtUtc: UtcInstant,
});

/** What may end the incident: a record, and whether it shows that the figures are back within policy. */
const RestorationChoice = z.strictObject({
  shown: ShownEvidence,
  isRestored: z.boolean(),
  finding: z.string(),
});
export type RestorationChoice = z.infer<typeof RestorationChoice>;

export const Incident = IncidentHead.extend({
  alerts: z.array(IncidentAlert).readonly(),
  /** By when it happened, oldest first. */
  entries: z.array(IncidentEntry).readonly(),
  /** What the records of the model suggest and the timeline does not have; empty once it is closed. */
  offered: z.array(OfferedEntry).readonly(),
  /** Newest first; empty once it is closed. */
  restoration: z.array(RestorationChoice).readonly(),
  postMortem: z.string(),
  steps: z.array(IncidentStep).readonly(),
});
export type Incident = z.infer<typeof Incident>;

/** Something that happened in an incident of a model: an entry of its timeline, or a step of it as a whole. */
export const IncidentHappening = z.strictObject({
  incidentId: IncidentId,
  title: z.string(),
  what: z.union([EntryKind, z.enum(['open', 'close', 'reopen'])]),
  atUtc: UtcInstant,
  text: z.string(),
  who: z.string(),
});
export type IncidentHappening = z.infer<typeof IncidentHappening>;

/** How long detection and restoration may take in a model. */
export const IncidentTarget = z.strictObject({
  /** 0 for the default. */
  revision: z.number().int().nonnegative(),
  targetHours: z.number().int().min(1).max(8760),
  reason: z.string(),
  setAtUtc: UtcInstant.nullable(),
  setBy: z.string().nullable(),
});
export type IncidentTarget = z.infer<typeof IncidentTarget>;

export const DEFAULT_TARGET_HOURS = 72;
export const HOUR_MS = 3_600_000;

/** Milliseconds between two instants; null when one is not known, 0 when they stand the wrong way round. */
export function durationBetween(startUtc: UtcInstant | null, endUtc: UtcInstant | null) {
  if (startUtc === null || endUtc === null) return null;
  return Math.max(0, Date.parse(endUtc) - Date.parse(startUtc));
}

/** A duration for people: `3 days 4 h`, `5 h 12 min`, `12 min`, `38 s`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${formatCount(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${formatCount(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return pair(hours, 'h', minutes % 60, 'min');
  return pair(Math.floor(hours / 24), 'days', hours % 24, 'h');
}

function pair(large: number, unit: string, small: number, smallUnit: string): string {
  return small === 0
    ? `${formatCount(large)} ${unit}`
    : `${formatCount(large)} ${unit} ${formatCount(small)} ${smallUnit}`;
}

/**
 * How an incident stands, in one sentence made from its figures.
 *
 * @param nowUtc for how long an open one has lasted
 */
export function incidentSentence(incident: IncidentHead, nowUtc: UtcInstant): string {
  const { state, timeToRestore, detectedAtUtc } = incident;
  const target = formatDuration(timeToRestore.targetMs);
  if (timeToRestore.durationMs !== null) {
    const isMet = timeToRestore.durationMs <= timeToRestore.targetMs;
    const lasted = formatDuration(timeToRestore.durationMs);
    const stands = state === 'closed' ? 'Closed' : 'Open';
    return `${stands}: back within policy ${lasted} after detection, ${isMet ? 'within' : 'past'} the target of ${target}.`;
  }
  const lastsMs = durationBetween(detectedAtUtc, nowUtc) ?? 0;
  const left = timeToRestore.targetMs - lastsMs;
  const due =
    left >= 0
      ? `${formatDuration(left)} of the target of ${target} are left`
      : `${formatDuration(-left)} past the target of ${target}`;
  return `Open for ${formatDuration(lastsMs)} since detection and not yet back within policy; ${due}.`;
}
