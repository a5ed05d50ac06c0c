import { formatStatistic } from '../base/formatNumber';
import { normalQuantile, normalSf } from '../stats/distributions';
import { fisherExact } from '../stats/fisherExact';
import { hodgesLehmann } from '../stats/hodgesLehmann';
import { mannWhitney } from '../stats/mannWhitney';
import { twoProportionTest } from '../stats/twoProportionTest';
import { welchTest } from '../stats/welchTest';
import type { Effect } from './canaryEffect';
import { distributionOf, type MetricEvidence } from './canaryEvidence';
import type { CanaryTest, LookEffect } from './canaryJudgement';
import type { CanaryPlan } from './canaryPlan';

/** Rows up to which the exact test is worth its time. */
const FISHER_ROWS = 2_000_000;
const ONE_LOOK = 'Right for one look at the end; looking more often raises false alarms.';

/** Every test that fits the metric, side by side; the first decides. */
export function sideBySide(
  plan: CanaryPlan,
  evidence: MetricEvidence,
  effect: Effect,
  last: LookEffect,
): readonly CanaryTest[] {
  const confidence = 1 - 2 * plan.alpha;
  return [decidingTest(plan, last), ...fixedTests(evidence, effect, confidence)];
}

function decidingTest(plan: CanaryPlan, last: LookEffect): CanaryTest {
  const isAlways = plan.design.kind === 'alwaysValid';
  return {
    name: decidingMethod(plan),
    isDeciding: true,
    statistic: `look ${last.look}`,
    estimate: 'difference',
    estimateValue: last.difference,
    interval: last.interval,
    pValue: last.interval === null ? null : last.pValue,
    note: isAlways
      ? 'Holds however often one looks.'
      : 'Holds at the planned looks; its p-value alone does not.',
  };
}

/** The name of the test that decides. */
export function decidingMethod({ design }: CanaryPlan): string {
  if (design.kind === 'alwaysValid') return 'Mixture sequential test (mSPRT)';
  const names = {
    obrienFleming: "O'Brien-Fleming bounds",
    pocock: 'Pocock bounds',
    spendObrienFleming: "Lan-DeMets bounds (O'Brien-Fleming spending)",
    spendPocock: 'Lan-DeMets bounds (Pocock spending)',
  } as const;
  return `${names[design.bounds]}, ${design.looks} looks`;
}

type Of<K extends MetricEvidence['kind']> = Extract<MetricEvidence, { kind: K }>;

function fixedTests(
  evidence: MetricEvidence,
  effect: Effect,
  confidence: number,
): readonly CanaryTest[] {
  switch (evidence.kind) {
    case 'rate':
      return rateTests(evidence, confidence);
    case 'mean':
      return meanTests(evidence, confidence);
    case 'ranked':
      return [delong('DeLong, separate rows', effect, confidence)];
    case 'pairedRanked':
      return [delong('DeLong, the same rows', effect, confidence)];
  }
}

function rateTests({ control, candidate }: Of<'rate'>, confidence: number): readonly CanaryTest[] {
  const test = twoProportionTest(control, candidate, confidence);
  if (test.status !== 'ok') return [];
  const score: CanaryTest = {
    name: 'Two proportions, Newcombe interval',
    isDeciding: false,
    statistic: test.zPooled === null ? 'no variation' : `z = ${formatStatistic(test.zPooled)}`,
    estimate: 'difference of rates',
    estimateValue: test.difference,
    interval: test.differenceInterval,
    pValue: test.pValue,
    note: ONE_LOOK,
  };
  if (control.n + candidate.n > FISHER_ROWS) return [score];
  const exact = fisherExact([
    [candidate.count, candidate.n - candidate.count],
    [control.count, control.n - control.count],
  ]);
  return [
    score,
    {
      name: "Fisher's exact test",
      isDeciding: false,
      statistic: 'conditional on both totals',
      estimate: 'odds ratio',
      estimateValue: exact.oddsRatio,
      interval: null,
      pValue: exact.pValue,
      note: `For small counts. ${ONE_LOOK}`,
    },
  ];
}

function meanTests({ control, candidate }: Of<'mean'>, confidence: number): readonly CanaryTest[] {
  const welch = welchTest(control, candidate, confidence);
  const tests: CanaryTest[] = [];
  if (welch.status === 'ok')
    tests.push({
      name: "Welch's two-sample t-test",
      isDeciding: false,
      statistic:
        welch.t === null || welch.degreesOfFreedom === null
          ? 'no variation'
          : `t = ${formatStatistic(welch.t)}, df = ${formatStatistic(welch.degreesOfFreedom)}, Hedges' g = ${formatStatistic(welch.hedgesG ?? 0)}`,
      estimate: 'difference of means',
      estimateValue: welch.difference,
      interval: welch.differenceInterval,
      pValue: welch.pValue,
      note: ONE_LOOK,
    });
  if (control.values !== null && candidate.values !== null)
    tests.push(...rankTest(control.values, candidate.values, confidence));
  return tests;
}

type Values = NonNullable<Of<'mean'>['control']['values']>;

function rankTest(control: Values, candidate: Values, confidence: number): readonly CanaryTest[] {
  const [a, b] = [distributionOf(control), distributionOf(candidate)];
  const ranks = mannWhitney(a, b);
  const shift = hodgesLehmann(a, b, confidence);
  if (ranks.status !== 'ok' || shift.status !== 'ok') return [];
  const grid = control.isExact && candidate.isExact ? '' : ' On a grid: shares right to 1/512.';
  return [
    {
      name: 'Mann-Whitney, Hodges-Lehmann shift',
      isDeciding: false,
      statistic: `U = ${String(ranks.uCandidate)}, P(candidate larger) = ${formatStatistic(ranks.probabilityLarger)}`,
      estimate: 'shift',
      estimateValue: shift.shift,
      interval: shift.interval,
      pValue: ranks.pValue,
      note: `Reads ranks, so outliers do not matter.${grid} ${ONE_LOOK}`,
    },
  ];
}

function delong(name: string, { difference, variance }: Effect, confidence: number): CanaryTest {
  const error = variance === null ? 0 : Math.sqrt(variance);
  const isOk = difference !== null && error > 0;
  const z = isOk ? difference / error : null;
  const half = -normalQuantile((1 - confidence) / 2) * error;
  return {
    name,
    isDeciding: false,
    statistic: z === null ? 'no variation' : `z = ${formatStatistic(z)}`,
    estimate: 'difference of areas under the curve',
    estimateValue: difference,
    interval: isOk ? [difference - half, difference + half] : null,
    pValue: z === null ? null : Math.min(1, 2 * normalSf(Math.abs(z))),
    note: ONE_LOOK,
  };
}
