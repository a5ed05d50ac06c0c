import { isNumericKind } from '../../shared/drift/referenceProfile';
import type { ColumnKind } from '../../shared/drift/column';
import type { DriftMethod, ThresholdOrigin } from '../../shared/drift/driftPolicy';

interface MethodWords {
  readonly name: string;
  /** As written before a value, e.g. `D = 0.195`. */
  readonly symbol: string;
  readonly meaning: string;
}

export const METHOD_WORDS: Readonly<Record<DriftMethod, MethodWords>> = {
  ks: {
    name: 'Kolmogorov-Smirnov D',
    symbol: 'D',
    meaning:
      'The largest vertical distance between the two cumulative distributions, from 0 (the same) to 1 (no overlap).',
  },
  wasserstein: {
    name: 'Normalised Wasserstein',
    symbol: 'W',
    meaning:
      'How far values moved on average, in standard deviations of the reference. 0.1 means a tenth of a standard deviation.',
  },
  psi: {
    name: 'Population stability index',
    symbol: 'PSI',
    meaning:
      'Sum over 10 bins (or over categories) of the change in share times the log of its ratio, in nats. 0 means the same shares.',
  },
  jensenShannon: {
    name: 'Jensen-Shannon distance',
    symbol: 'JS',
    meaning:
      'Distance between the two sets of shares, base 2, from 0 (the same) to 1 (nothing in common).',
  },
  totalVariation: {
    name: 'Total variation',
    symbol: 'TV',
    meaning: 'The share of rows that would have to change category for both sides to agree.',
  },
};

/** Where a threshold comes from, as it is chosen. */
export const ORIGIN_WORDS: Readonly<Record<ThresholdOrigin, string>> = {
  fixed: 'a fixed number',
  reference: "the reference's own variability",
};

/** The test that stands behind a feature's p-value. */
export function testOf(kind: ColumnKind): string {
  return isNumericKind(kind) ? 'two-sample Kolmogorov-Smirnov' : 'chi-square contingency';
}

/** Every method, in the order in which they are offered. */
export const DRIFT_METHODS: readonly DriftMethod[] = [
  'ks',
  'wasserstein',
  'psi',
  'jensenShannon',
  'totalVariation',
];
