import { sampleSize } from '../stats/sampleSize';
import type { CanaryPlan } from './canaryPlan';
import { plannedMargin } from './canaryPlan';
import type { CanaryForecast } from './channels';

/**
 * Labelled rows that a plan needs, and how long that takes at the expected traffic.
 *
 * @returns null while the plan does not say how much one row varies
 */
export function forecast(plan: CanaryPlan): CanaryForecast | null {
  const rowVariance = varianceOfOneRow(plan);
  const margin = plannedMargin(plan);
  if (rowVariance === null || !(rowVariance > 0 && margin > 0)) return null;
  const { alpha, power, candidateShare, minimumRows } = plan;
  const size = sampleSize({ rowVariance, margin, alpha, power, candidateShare });
  const fixedRows = Math.max(minimumRows, size.fixed);
  const alwaysValidRows = Math.max(minimumRows, size.alwaysValid);
  const perDay = plan.expected.rowsPerDay;
  const days = (rows: number) => (perDay === null ? null : rows / (perDay * candidateShare));
  return {
    fixedRows,
    alwaysValidRows,
    controlRows: Math.ceil((alwaysValidRows * (1 - candidateShare)) / candidateShare),
    fixedDays: days(fixedRows),
    alwaysValidDays: days(alwaysValidRows),
  };
}

/** Null when the plan does not say. */
function varianceOfOneRow({ primary, expected }: CanaryPlan): number | null {
  const { controlValue, standardDeviation, positiveShare } = expected;
  if (primary.kind === 'binary') {
    const isRate = controlValue > 0 && controlValue < 1;
    return isRate ? controlValue * (1 - controlValue) : null;
  }
  if (primary.kind === 'continuous')
    return standardDeviation === null ? null : standardDeviation ** 2;
  return positiveShare === null ? null : aucVariance(controlValue, positiveShare);
}

/** Times rows, for large samples. @source Hanley & McNeil, Radiology 143 (1982) 29 */
function aucVariance(auc: number, positiveShare: number): number | null {
  if (!(auc > 0 && auc < 1)) return null;
  const q1 = auc / (2 - auc) - auc * auc;
  const q2 = (2 * auc * auc) / (1 + auc) - auc * auc;
  return q1 / positiveShare + q2 / (1 - positiveShare);
}
