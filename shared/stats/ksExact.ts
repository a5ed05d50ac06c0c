/**
 * Values this small are taken for 0: they cannot show in the result, and arithmetic on doubles
 * below 2.2e-308 is a hundred times slower.
 */
const NEGLIGIBLE = 1e-290;

/**
 * Exact P(D >= d) for two samples of equal size without ties, in closed form.
 *
 * @param n rows on each side, >= 1
 * @param steps d n, an integer 1..n
 * @returns 0..1
 * @source Gnedenko & Korolyuk, Dokl. Akad. Nauk 80 (1951) 525 (reflection); golden values in
 *   test/golden (ks2)
 * Cost: O(n).
 */
export function ksExactEqualSizes(n: number, steps: number): number {
  let p = 0;
  for (let reflections = Math.floor(n / steps); reflections >= 0; reflections--) {
    const shift = reflections * steps;
    let ratio = 1;
    for (let i = 0; i < steps; i++) ratio *= (n - shift - i) / (n + shift + i + 1);
    p = ratio * (1 - p);
  }
  return Math.min(1, 2 * p);
}

/**
 * Exact probability that a random order of the pooled sample has a gap of at least this size.
 *
 * Walks the lattice of (rows seen of one side, rows seen of the other) diagonal by diagonal and
 * keeps, for each point, the probability that a path to it has touched the gap. Probabilities are
 * averaged, never subtracted, so small ones keep their digits.
 *
 * @param m rows of one side, >= 1
 * @param n rows of the other side, >= 1
 * @param gap d m n, an integer >= 1
 * @param isBlockEnd for each number of pooled rows seen, shape (m + n + 1): 1 where the next value
 *   differs, 0 inside a run of ties, where no gap can be observed; null when all values differ
 * @returns 0..1
 * @source Hodges, Ark. Mat. 3 (1958) 469; Schröer & Trenkler, Comput. Stat. Data Anal. 20 (1995)
 *   185 (ties); golden values in test/golden (ks2: p, p_exact_ties)
 * Cost: O(m n) at most; without ties, the points within the gap of the diagonal.
 */
export function ksExactLattice(
  m: number,
  n: number,
  gap: number,
  isBlockEnd: Uint8Array | null,
): number {
  // touched[j + 1] belongs to j rows of the second side; 1 outside low..high throughout.
  const touched = new Float64Array(n + 3).fill(1);
  touched[1] = 0;
  let low = 0;
  let high = 0;
  for (let seen = 1; seen <= m + n; seen++) {
    let nextLow = Math.max(low, seen - m);
    let nextHigh = Math.min(high + 1, n);
    if (isBlockEnd === null || isBlockEnd[seen] === 1) {
      nextLow = Math.max(nextLow, Math.floor((seen * n - gap) / (m + n)) + 1);
      nextHigh = Math.min(nextHigh, Math.ceil((seen * n + gap) / (m + n)) - 1);
      if (nextLow > nextHigh) return 1;
    }
    stepDiagonal(touched, seen, nextLow, nextHigh);
    for (let j = low; j < nextLow; j++) touched[j + 1] = 1;
    for (let j = nextHigh + 1; j <= high + 1; j++) touched[j + 1] = 1;
    low = nextLow;
    high = nextHigh;
  }
  return Math.min(1, touched[n + 1]!);
}

/** Downwards, so that each point still finds its neighbour's value of the diagonal before. */
function stepDiagonal(touched: Float64Array, seen: number, low: number, high: number): void {
  const perRow = 1 / seen;
  for (let j = high; j >= low; j--) {
    const p = ((seen - j) * touched[j + 1]! + j * touched[j]!) * perRow;
    touched[j + 1] = p < NEGLIGIBLE ? 0 : p;
  }
}
