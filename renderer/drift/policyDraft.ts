import {
  CATEGORICAL_METHODS,
  CORRECTIONS,
  NUMERIC_METHODS,
  type DriftMethod,
  type DriftPolicy,
  type ThresholdOrigin,
} from '../../shared/drift/driftPolicy';

/** A number field as it is typed: text where it is not a number (yet). */
export type NumberField = number | string;

export interface OverrideDraft {
  readonly id: number;
  readonly feature: string;
  /** Empty: the method of the policy. */
  readonly method: DriftMethod | '';
  /** Empty: the threshold of the policy. */
  readonly threshold: NumberField;
  /** Empty: a number that is given, else as the policy. */
  readonly thresholdFrom: ThresholdOrigin | '';
}

/** A policy as it is being typed. */
export interface PolicyDraft {
  readonly numericMethod: (typeof NUMERIC_METHODS)[number];
  readonly categoricalMethod: (typeof CATEGORICAL_METHODS)[number];
  readonly threshold: NumberField;
  readonly thresholdFrom: ThresholdOrigin;
  readonly rule: DriftPolicy['rule'];
  readonly alpha: NumberField;
  readonly correction: (typeof CORRECTIONS)[number];
  readonly minValues: NumberField;
  readonly datasetShare: NumberField;
  readonly overrides: readonly OverrideDraft[];
}

type NumberKey = 'threshold' | 'alpha' | 'minValues' | 'datasetShare';

export interface PolicyProblems {
  readonly fields: Readonly<Partial<Record<NumberKey, string>>>;
  readonly overrides: ReadonlyMap<number, string>;
  readonly isFit: boolean;
}

export function draftOf(policy: DriftPolicy): PolicyDraft {
  return {
    ...policy,
    thresholdFrom: policy.thresholdFrom ?? 'fixed',
    overrides: Object.entries(policy.overrides).map(([feature, own], id) => ({
      id,
      feature,
      method: own.method ?? '',
      threshold: own.threshold ?? '',
      thresholdFrom: own.thresholdFrom ?? '',
    })),
  };
}

function isWithin(field: NumberField, isAllowed: (value: number) => boolean): boolean {
  return typeof field === 'number' && Number.isFinite(field) && isAllowed(field);
}

function isThreshold(field: NumberField): boolean {
  return isWithin(field, (value) => value > 0 && value <= 1000);
}

const FIELD_RULES: readonly (readonly [NumberKey, (field: NumberField) => boolean, string])[] = [
  ['threshold', isThreshold, 'A number above 0, up to 1,000.'],
  ['alpha', (field) => isWithin(field, (v) => v > 0 && v < 1), 'A number between 0 and 1.'],
  [
    'minValues',
    (field) => isWithin(field, (v) => Number.isInteger(v) && v >= 2 && v <= 1_000_000),
    'A whole number from 2 to 1,000,000.',
  ],
  ['datasetShare', (field) => isWithin(field, (v) => v > 0 && v <= 1), 'Above 0, up to 1.'],
];

function problemWithOverride(
  override: OverrideDraft,
  all: readonly OverrideDraft[],
): string | null {
  const { feature, method, threshold, thresholdFrom } = override;
  if (feature === '') return 'Choose a feature.';
  if (all.filter((it) => it.feature === feature).length > 1) return 'This feature appears twice.';
  if (threshold !== '' && !isThreshold(threshold)) return 'A threshold above 0, up to 1,000.';
  if (method === '' && threshold === '' && thresholdFrom === '')
    return 'Give another method, another threshold, or both.';
  return null;
}

/** What keeps a draft from being recorded, field by field. */
export function problemsWithPolicy(draft: PolicyDraft): PolicyProblems {
  const fields = Object.fromEntries(
    FIELD_RULES.flatMap(([key, isFit, words]) => (isFit(draft[key]) ? [] : [[key, words]])),
  );
  const overrides = new Map(
    draft.overrides.flatMap((override) => {
      const problem = problemWithOverride(override, draft.overrides);
      return problem === null ? [] : [[override.id, problem] as const];
    }),
  );
  const isFit = Object.keys(fields).length === 0 && overrides.size === 0;
  return { fields, overrides, isFit };
}

/** The policy of a draft without problems; null otherwise. */
export function policyOf(draft: PolicyDraft): DriftPolicy | null {
  const { threshold, alpha, minValues, datasetShare } = draft;
  if (!problemsWithPolicy(draft).isFit) return null;
  return {
    numericMethod: draft.numericMethod,
    categoricalMethod: draft.categoricalMethod,
    threshold: Number(threshold),
    // Left out while it is the default, so that a policy reads as it always did.
    ...(draft.thresholdFrom === 'fixed' ? {} : { thresholdFrom: draft.thresholdFrom }),
    rule: draft.rule,
    alpha: Number(alpha),
    correction: draft.correction,
    minValues: Number(minValues),
    datasetShare: Number(datasetShare),
    overrides: Object.fromEntries(
      draft.overrides.map(({ feature, method, threshold: own, thresholdFrom }) => [
        feature,
        {
          ...(method === '' ? {} : { method }),
          ...(own === '' ? {} : { threshold: Number(own) }),
          ...(thresholdFrom === '' ? {} : { thresholdFrom }),
        },
      ]),
    ),
  };
}

/** What a new policy changes, line by line, as it will be read on record. */
export function policyChanges(before: DriftPolicy, after: DriftPolicy): readonly string[] {
  const keys = Object.keys(FIELD_WORDS) as (keyof typeof FIELD_WORDS)[]; // Object.keys widens to string
  const plain = keys.flatMap((key) => {
    const [old, now] = [fieldWords(before, key), fieldWords(after, key)];
    return old === now ? [] : [`${FIELD_WORDS[key]}: ${old} → ${now}`];
  });
  const names = new Set([...Object.keys(before.overrides), ...Object.keys(after.overrides)]);
  const overrides = [...names].flatMap((name) => {
    const [old, now] = [overrideWords(before, name), overrideWords(after, name)];
    return old === now ? [] : [`${name}: ${old} → ${now}`];
  });
  return [...plain, ...overrides];
}

const FIELD_WORDS: Readonly<Record<Exclude<keyof DriftPolicy, 'overrides'>, string>> = {
  numericMethod: 'Method for numbers and dates',
  categoricalMethod: 'Method for categories',
  threshold: 'Threshold',
  thresholdFrom: 'Threshold from',
  rule: 'Rule',
  alpha: 'Largest p-value',
  correction: 'Correction',
  minValues: 'Usable values needed',
  datasetShare: 'Share for the whole batch',
};

function fieldWords(policy: DriftPolicy, key: keyof typeof FIELD_WORDS): string {
  return String(policy[key] ?? 'fixed');
}

function overrideWords({ overrides }: DriftPolicy, name: string): string {
  const own = overrides[name];
  if (own === undefined) return 'as the policy';
  const from = own.thresholdFrom === undefined ? undefined : `threshold from ${own.thresholdFrom}`;
  return [own.method, own.threshold, from].filter((part) => part !== undefined).join(' ');
}
