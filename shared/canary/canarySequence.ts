import { groupBounds } from '../stats/groupSequential';
import { mixtureTest } from '../stats/mixtureTest';
import { normalSf } from '../stats/distributions';
import type { Effect } from './canaryEffect';
import type { LookEffect } from './canaryJudgement';
import { plannedMargin, type CanaryPlan } from './canaryPlan';

/**
 * The effect after every look with an interval that may be looked at each time.
 *
 * Always valid: the mixture sequence with tau equal to the planned margin. Planned looks: the estimate plus and
 * minus the bound of the look times its standard error. Either way each end errs with probability alpha at most.
 *
 * @param effects accumulated, one per look
 */
export function effectPath(plan: CanaryPlan, effects: readonly Effect[]): readonly LookEffect[] {
  const bounds = plannedBounds(plan, effects);
  let least = 1;
  return effects.map((effect, i) => {
    const look = lookOf(plan, effect, bounds?.[i] ?? null);
    const pValue = look?.pValue ?? 1;
    least = Math.min(least, pValue);
    return {
      look: i + 1,
      controlRows: effect.controlRows,
      candidateRows: effect.candidateRows,
      difference: effect.difference,
      interval: look?.interval ?? null,
      // Only of an always-valid test does the smallest p-value so far stay a p-value.
      pValue: plan.design.kind === 'alwaysValid' ? least : pValue,
    };
  });
}

function lookOf(
  plan: CanaryPlan,
  { difference, variance, obstacle }: Effect,
  bound: number | null,
) {
  if (difference === null || variance === null || variance === 0 || obstacle !== null) return null;
  if (plan.design.kind === 'alwaysValid')
    return mixtureTest(difference, variance, plannedMargin(plan) ** 2, 2 * plan.alpha);
  // Beyond the planned looks there is no error left to spend.
  if (bound === null) return null;
  const error = Math.sqrt(variance);
  const pValue = Math.min(1, 2 * normalSf(Math.abs(difference) / error));
  const interval = [difference - bound * error, difference + bound * error] as const;
  return { pValue, interval };
}

function plannedBounds(plan: CanaryPlan, effects: readonly Effect[]): readonly number[] | null {
  const { design } = plan;
  if (design.kind !== 'fixedLooks') return null;
  const spends = design.bounds === 'spendObrienFleming' || design.bounds === 'spendPocock';
  if (!spends) {
    const looks = Array.from({ length: design.looks }, (_, i) => (i + 1) / design.looks);
    return groupBounds(design.bounds, looks, 2 * plan.alpha).z;
  }
  const shares: number[] = [];
  for (const { candidateRows } of effects.slice(0, design.looks)) {
    const share = Math.min(1, candidateRows / design.candidateRows);
    if (share > (shares.at(-1) ?? 0)) shares.push(share);
    else break;
  }
  return shares.length === 0 ? [] : groupBounds(design.bounds, shares, 2 * plan.alpha).z;
}
