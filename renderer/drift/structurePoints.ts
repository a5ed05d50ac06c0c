import type { DriftReportHead, Verdict } from '../../shared/drift/driftReport';
import { formatStatistic } from '../ui/formatNumber';

/** One batch in the picture of all features together. */
export interface StructurePoint {
  readonly order: string;
  readonly label: string;
  /** Null where the batch was not looked at so. */
  readonly error: number | null;
  readonly interval: readonly [number, number] | null;
  /** What the chunks of the reference have. */
  readonly band: readonly [number, number] | null;
  readonly verdict: Verdict | null;
  readonly words: string;
}

export function structurePoints(batches: readonly DriftReportHead[]): readonly StructurePoint[] {
  return batches.map(({ label, multivariate }, i) => {
    const found = multivariate?.reconstruction;
    const order = String(i + 1);
    if (found?.status !== 'measured') {
      const words = `${label}: not assessed`;
      return { order, label, error: null, interval: null, band: null, verdict: null, words };
    }
    const { error, interval, lower, upper, verdict } = found;
    const words = `${label}: ${formatStatistic(error)}, reference ${formatStatistic(lower)} to ${formatStatistic(upper)}, ${verdict}`;
    return { order, label, error, interval, band: [lower, upper], verdict, words };
  });
}
