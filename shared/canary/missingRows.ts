import { mixtureHalfWidth } from '../stats/mixtureTest';
import type { Effect } from './canaryEffect';
import type { LookEffect } from './canaryJudgement';
import { plannedMargin, type CanaryPlan } from './canaryPlan';

/** Beyond, no canary runs: the effect lies too close to the bound. */
const MOST_ROWS = 1e9;

/**
 * Candidate rows that are still missing until the interval leaves the bound it is nearest to, if the effect stays.
 *
 * @returns null when no number can be named: the effect cannot be estimated, or lies on the bound
 */
export function missingRows(
  plan: CanaryPlan,
  effect: Effect,
  last: LookEffect,
  margin: number,
): number | null {
  const { design } = plan;
  if (design.kind === 'fixedLooks')
    return Math.max(0, design.candidateRows - last.candidateRows) || null;
  const least = Math.max(plan.minimumRows, effect.leastRows ?? plan.minimumRows);
  const needed = rowsForDecision(plan, effect, margin);
  const missing = Math.max(least, needed ?? 0) - last.candidateRows;
  return missing > 0 ? Math.ceil(missing) : null;
}

function rowsForDecision(plan: CanaryPlan, effect: Effect, margin: number): number | null {
  const { difference, variance, candidateRows } = effect;
  if (difference === null || variance === null || variance === 0) return null;
  const gain = plan.primary.direction === 'higherIsBetter' ? difference : -difference;
  const room = gain > -margin ? gain + margin : -gain;
  const tau = plannedMargin(plan) ** 2;
  const isEnough = (rows: number) =>
    mixtureHalfWidth((variance * candidateRows) / rows, tau, 2 * plan.alpha) < room;
  let [few, enough] = [0, candidateRows];
  while (!isEnough(enough)) {
    if (enough > MOST_ROWS) return null;
    [few, enough] = [enough, enough * 2];
  }
  while (enough - few > 0.5) {
    const middle = (few + enough) / 2;
    if (isEnough(middle)) enough = middle;
    else few = middle;
  }
  return Math.ceil(enough);
}
