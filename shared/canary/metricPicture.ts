import { displayBins, histogram } from '../stats/histogram';
import { accumulate, distributionOf, type CanaryLook } from './canaryEvidence';
import type { MetricPicture } from './channels';

const MAX_BINS = 24;

/**
 * How the primary metric is spread in each arm over all looks, for a picture.
 *
 * @returns null when only means, or nothing, are known
 */
export function metricPicture(looks: readonly CanaryLook[]): MetricPicture | null {
  const evidence = accumulate(looks).at(-1)?.primary;
  if (evidence === undefined) return null;
  if (evidence.kind === 'rate') {
    const bars = ({ count, n }: { readonly count: number; readonly n: number }) => [
      n - count,
      count,
    ];
    const { control, candidate } = evidence;
    return {
      edges: null,
      labels: ['no', 'yes'],
      control: bars(control),
      candidate: bars(candidate),
    };
  }
  if (evidence.kind !== 'mean') return null;
  const { control, candidate } = evidence;
  if (control.values === null || candidate.values === null) return null;
  const [a, b] = [distributionOf(control.values), distributionOf(candidate.values)];
  const edges = displayBins(a, b, MAX_BINS);
  return {
    edges: [...edges],
    labels: [],
    control: histogram(a, edges),
    candidate: histogram(b, edges),
  };
}
