import type { Interval } from '../stats/twoProportionTest';
import { wilsonIntervalAt } from '../stats/wilsonIntervalAt';
import type { SliceTable } from './cardContent';

/** The four-fifths rule of the US Uniform Guidelines (29 CFR 1607.4 D), and its mirror image. */
export const FAIR_BAND = { low: 0.8, high: 1.25 } as const;

export const SLICE_VERDICTS = ['reference', 'within', 'outside', 'tooFew'] as const;
export type SliceVerdict = (typeof SLICE_VERDICTS)[number];

/** One group of a table: its share, and how it compares with the reference group. */
export interface SliceShare {
  readonly group: string;
  readonly count: number;
  readonly n: number;
  /** Null without a row. */
  readonly share: number | null;
  /** Wilson, 95 %. */
  readonly interval: Interval | null;
  /** This group's share over that of the reference group; null where the latter is 0 or unknown. */
  readonly ratio: number | null;
  /** 95 %; the upper end is infinite where the reference group's share may be 0. */
  readonly ratioInterval: Interval | null;
  readonly verdict: SliceVerdict;
}

/**
 * Compares the share of every group with that of the reference group.
 *
 * A verdict needs the whole interval of the ratio on one side: within the band from four fifths to five
 * quarters, or outside it. Otherwise there are too few rows to say, whatever the ratio looks like.
 *
 * @param table counts 0..n per group
 * @returns one entry per group in the order of the table; without a reference group none has a ratio
 * @source Wilson, JASA 22 (1927) 209; ratio: Donner and Zou, Stat. Methods Med.
 *   Res. 21 (2012) 347 (MOVER-R on the Wilson intervals), checked in test/card/sliceShares.test.ts
 */
export function sliceShares({ groups, referenceGroup }: SliceTable): SliceShare[] {
  const reference = groups.find(({ group }) => group === referenceGroup) ?? null;
  const under = reference === null ? null : estimate(reference);
  return groups.map((slice) => {
    const own = estimate(slice);
    const isCompared = slice !== reference && own !== null && under !== null;
    const ratioInterval = isCompared ? shareRatioInterval(own, under) : null;
    return {
      ...slice,
      share: own?.share ?? null,
      interval: own?.interval ?? null,
      ratio: isCompared && under.share > 0 ? own.share / under.share : null,
      ratioInterval,
      verdict: slice === reference ? 'reference' : verdictOf(ratioInterval),
    };
  });
}

/** Two-sided 95 %: the 97.5 % point of the standard normal distribution. */
const Z = 1.959963984540054;

function estimate({
  count,
  n,
}: {
  readonly count: number;
  readonly n: number;
}): EstimatedShare | null {
  return n === 0 ? null : { share: count / n, interval: wilsonIntervalAt({ count, n }, Z) };
}

interface EstimatedShare {
  readonly share: number;
  readonly interval: Interval;
}

/** Interval of `over` divided by `under` from the intervals of both; reciprocal when they are swapped. */
export function shareRatioInterval(over: EstimatedShare, under: EstimatedShare): Interval {
  const product = over.share * under.share;
  const [low1, high1] = over.interval.map((end) => end * (2 * over.share - end));
  const [low2, high2] = under.interval.map((end) => end * (2 * under.share - end));
  const root = (a: number, b: number): number => Math.sqrt(Math.max(0, product * product - a * b));
  // The smaller root is written without a difference, so that nothing cancels.
  const low = low1 === 0 ? 0 : low1! / (product + root(low1!, high2!));
  const high = low2 === 0 ? Number.POSITIVE_INFINITY : (product + root(high1!, low2!)) / low2!;
  return [low, high];
}

function verdictOf(interval: Interval | null): SliceVerdict {
  if (interval === null) return 'tooFew';
  const [low, high] = interval;
  if (low >= FAIR_BAND.low && high <= FAIR_BAND.high) return 'within';
  return high < FAIR_BAND.low || low > FAIR_BAND.high ? 'outside' : 'tooFew';
}
