/** Ways to correct p-values for how many were looked at. */
export const P_ADJUST_METHODS = ['bh', 'holm', 'bonferroni', 'by', 'none'] as const;

export type PAdjustMethod = (typeof P_ADJUST_METHODS)[number];

/**
 * Corrects p-values for multiple comparisons.
 *
 * Benjamini-Hochberg (bh) and Benjamini-Yekutieli (by) bound the share of false alarms among the
 * alarms, Holm and Bonferroni the chance of any false alarm.
 *
 * @param pValues each 0..1, shape (m); null or NaN where there was no test: stays null and does not
 *   count in m. Not changed
 * @returns adjusted p-values in the same order, each 0..1 or null
 * @source Benjamini & Hochberg, JRSS B 57 (1995) 289; Benjamini & Yekutieli, Ann. Statist. 29
 *   (2001) 1165; Holm, Scand. J. Statist. 6 (1979) 65; golden values in test/golden (p_adjust)
 * Cost: O(m log m).
 */
export function adjustPValues(
  pValues: readonly (number | null)[],
  method: PAdjustMethod,
): (number | null)[] {
  const tested = pValues
    .map((p, index) => ({ p, index }))
    .filter((entry): entry is Tested => entry.p !== null && !Number.isNaN(entry.p))
    .sort((a, b) => a.p - b.p);
  const adjusted = new Array<number | null>(pValues.length).fill(null);
  const values = ADJUST[method](tested.map((entry) => entry.p));
  tested.forEach((entry, rank) => {
    adjusted[entry.index] = values[rank]!;
  });
  return adjusted;
}

interface Tested {
  readonly p: number;
  readonly index: number;
}

type Adjust = (ascending: readonly number[]) => readonly number[];

const ADJUST: Readonly<Record<PAdjustMethod, Adjust>> = {
  none: (p) => p,
  bonferroni: (p) => p.map((value) => Math.min(1, value * p.length)),
  holm(p) {
    let largest = 0;
    return p.map((value, rank) => {
      largest = Math.max(largest, Math.min(1, value * (p.length - rank)));
      return largest;
    });
  },
  bh: (p) => stepUp(p, p.length),
  by: (p) => stepUp(p, p.length * p.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0)),
};

/** Smallest of p * factor / rank over this rank and all later ones. */
function stepUp(ascending: readonly number[], factor: number): readonly number[] {
  const adjusted = new Array<number>(ascending.length);
  let smallest = 1;
  for (let rank = ascending.length; rank >= 1; rank--) {
    smallest = Math.min(smallest, (ascending[rank - 1]! * factor) / rank);
    adjusted[rank - 1] = smallest;
  }
  return adjusted;
}
