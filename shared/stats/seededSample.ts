/**
 * A small pseudo-random generator whose numbers are the same everywhere.
 *
 * @returns numbers in [0, 1)
 * @source mulberry32 (T. Ettinger, public domain), as in test/golden
 */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Draws rows without replacement; every row is as likely as any other.
 *
 * @param n rows there are
 * @param size rows wanted
 * @returns positions, ascending, shape (min(n, size))
 * @source Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S
 * Cost: O(n).
 */
export function seededSample(n: number, size: number, seed: number): Uint32Array {
  const wanted = Math.min(n, size);
  const rows = new Uint32Array(wanted);
  const random = mulberry32(seed);
  let taken = 0;
  for (let row = 0; taken < wanted; row++) {
    if (wanted === n || random() * (n - row) < wanted - taken) rows[taken++] = row;
  }
  return rows;
}

/** The numbers 0 to n - 1 in an order that the seed decides (Fisher and Yates). Cost: O(n). */
export function seededOrder(n: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_none, i) => i);
  const random = mulberry32(seed);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
