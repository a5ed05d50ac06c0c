import { z } from 'zod';
import { formatCount } from '../base/formatNumber';
import {
  HandoffPacketId,
  type DriftReportId,
  type PerformanceReportId,
  type PredictionLogId,
} from '../base/ids';
import { UtcInstant } from '../base/time';

const RuleId = z.string().regex(/^[a-z0-9-]{1,60}$/);
const enabled = { id: RuleId, isEnabled: z.boolean() };

/** When a model shall be trained anew. */
export const RetrainingRule = z.discriminatedUnion('kind', [
  /** At least this share of the features moved in the newest report. */
  z.strictObject({ ...enabled, kind: z.literal('driftShare'), share: z.number().gt(0).max(1) }),
  /** A feature's statistic is above this value in the newest report. */
  z.strictObject({
    ...enabled,
    kind: z.literal('driftFeature'),
    feature: z.string().min(1).max(1024),
    threshold: z.number().gt(0).max(1e9),
  }),
  /** A performance rule is broken in the newest window; null: any of them. */
  z.strictObject({ ...enabled, kind: z.literal('performance'), ruleId: z.string().nullable() }),
  /** So many days passed since the newest version was registered. */
  z.strictObject({
    ...enabled,
    kind: z.literal('schedule'),
    everyDays: z.number().int().min(1).max(3650),
  }),
  /** So many labelled rows came in since the newest version was registered. */
  z.strictObject({
    ...enabled,
    kind: z.literal('labels'),
    nRows: z.number().int().min(1).max(1_000_000_000),
  }),
]);
export type RetrainingRule = z.infer<typeof RetrainingRule>;

export const RetrainingPolicy = z
  .strictObject({ rules: z.array(RetrainingRule).max(30).readonly() })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length, {
    message: 'two rules have the same identifier',
  });
export type RetrainingPolicy = z.infer<typeof RetrainingPolicy>;

/** What rules look at. */
export interface RetrainingFacts {
  readonly nowUtc: UtcInstant;
  /** The newest version; rules wait for the next one once it is registered. */
  readonly newest: { readonly id: string; readonly registeredAtUtc: UtcInstant } | null;
  /** The newest drift report since then. */
  readonly report: {
    readonly id: DriftReportId;
    readonly label: string;
    readonly nAssessed: number;
    readonly nDrifted: number;
    readonly values: Readonly<Record<string, number | null>>;
  } | null;
  /** The newest judged window since then. */
  readonly window: {
    readonly logId: PredictionLogId;
    readonly reportId: PerformanceReportId;
    readonly label: string;
    readonly findings: readonly {
      readonly ruleId: string;
      readonly verdict: string;
      readonly sentence: string;
    }[];
  } | null;
  /** Labelled rows of windows since then. */
  readonly nLabelled: number;
}

/** How far a rule is from firing. */
export interface RuleStanding {
  readonly isFiring: boolean;
  /** 1 and more: it fires; null where there is nothing to go by yet. */
  readonly progress: number | null;
  readonly sentence: string;
  /** What sets it off; the same cause sets it off once. Null while it does not fire. */
  readonly cause: string | null;
}

const DAY_MS = 86_400_000;
const NOTHING: Omit<RuleStanding, 'sentence'> = { isFiring: false, progress: null, cause: null };

/** Judges one rule by the facts of its model. */
export function judgeRetraining(rule: RetrainingRule, facts: RetrainingFacts): RuleStanding {
  const { newest } = facts;
  if (newest === null) return { ...NOTHING, sentence: 'The model has no version yet.' };
  switch (rule.kind) {
    case 'driftShare':
    case 'driftFeature':
      return judgeDrift(rule, facts);
    case 'performance':
      return judgePerformance(rule, facts);
    case 'schedule': {
      const days = (Date.parse(facts.nowUtc) - Date.parse(newest.registeredAtUtc)) / DAY_MS;
      const left = Math.ceil(rule.everyDays - days);
      const when = left > 0 ? `fires in ${formatCount(left)} days` : 'is due';
      const sentence = `The newest version is ${formatCount(Math.floor(days))} days old; the rule ${when}.`;
      return standing(days / rule.everyDays, newest.id, sentence);
    }
    case 'labels': {
      const { nLabelled } = facts;
      const sentence = `${formatCount(nLabelled)} of ${formatCount(rule.nRows)} labelled rows since the newest version.`;
      return standing(nLabelled / rule.nRows, newest.id, sentence);
    }
  }
}

function standing(progress: number, cause: string, sentence: string): RuleStanding {
  const isFiring = progress >= 1;
  return { isFiring, progress, sentence, cause: isFiring ? cause : null };
}

function judgeDrift(
  rule: Extract<RetrainingRule, { kind: 'driftShare' | 'driftFeature' }>,
  { report }: RetrainingFacts,
): RuleStanding {
  if (report === null)
    return { ...NOTHING, sentence: 'No batch was compared since the newest version.' };
  if (rule.kind === 'driftShare') {
    if (report.nAssessed === 0)
      return { ...NOTHING, sentence: `No feature could be assessed in ${report.label}.` };
    const share = report.nDrifted / report.nAssessed;
    const sentence = `${report.nDrifted} of ${report.nAssessed} features moved in ${report.label}; the rule fires from ${percent(rule.share)} on.`;
    return standing(share / rule.share, report.id, sentence);
  }
  const value = report.values[rule.feature] ?? null;
  if (value === null)
    return { ...NOTHING, sentence: `\`${rule.feature}\` is not measured in ${report.label}.` };
  const sentence = `\`${rule.feature}\` is ${value.toPrecision(3)} in ${report.label}; the rule fires above ${rule.threshold}.`;
  const isFiring = value > rule.threshold;
  const progress = isFiring ? Math.max(1, value / rule.threshold) : value / rule.threshold;
  return { isFiring, progress, sentence, cause: isFiring ? report.id : null };
}

function judgePerformance(
  { ruleId }: Extract<RetrainingRule, { kind: 'performance' }>,
  { window }: RetrainingFacts,
): RuleStanding {
  if (window === null)
    return { ...NOTHING, sentence: 'No window was measured since the newest version.' };
  const looked = window.findings.filter((one) => ruleId === null || one.ruleId === ruleId);
  const broken = looked.find(({ verdict }) => verdict === 'broken');
  if (broken !== undefined) return standing(1, window.reportId, broken.sentence);
  const [first] = looked;
  const sentence =
    looked.length === 0
      ? `No such performance rule was judged in ${window.label}.`
      : looked.length === 1 && first !== undefined
        ? first.sentence
        : `None of ${looked.length} performance rules is broken in ${window.label}.`;
  return { ...NOTHING, progress: looked.length === 0 ? null : 0, sentence };
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** A rule as people read it. */
export function retrainingWords(rule: RetrainingRule): string {
  switch (rule.kind) {
    case 'driftShare':
      return `At least ${percent(rule.share)} of the features moved`;
    case 'driftFeature':
      return `\`${rule.feature}\` moved by more than ${rule.threshold}`;
    case 'performance':
      return rule.ruleId === null
        ? 'A performance rule is broken'
        : `The performance rule ${rule.ruleId} is broken`;
    case 'schedule':
      return `Every ${formatCount(rule.everyDays)} days`;
    case 'labels':
      return `${formatCount(rule.nRows)} new labelled rows`;
  }
}

/** A rule with how it stands. */
const ShownRule = z.strictObject({
  rule: RetrainingRule,
  isFiring: z.boolean(),
  progress: z.number().nullable(),
  sentence: z.string(),
  /** When it last fired, and the packet that it drafted; null when it never did. */
  lastFired: z
    .strictObject({ atUtc: UtcInstant, packetId: HandoffPacketId, finding: z.string() })
    .nullable(),
});

export const RetrainingRules = z.strictObject({
  /** 0 until somebody sets them. */
  revision: z.number().int().nonnegative(),
  reason: z.string(),
  setAtUtc: UtcInstant.nullable(),
  setBy: z.string().nullable(),
  rules: z.array(ShownRule).readonly(),
});
export type RetrainingRules = z.infer<typeof RetrainingRules>;
