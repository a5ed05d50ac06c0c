const RADIX_BITS = 11;
const BUCKETS = 2 ** RADIX_BITS;
const PASSES = 3;
/** Leaves 32 of the 53 bits of a hash, which nearly always tell two hashes apart. */
const PREFIX_UNIT = 2 ** 21;
/** Keys that are no hashes may share their prefixes; then comparing is quicker than moving. */
const MOST_MOVES_PER_KEY = 8;

/**
 * Orders hashes of identifiers, equal ones as they came.
 *
 * By radix on their upper 32 bits, then neighbours that are still out of order change places: it reads
 * memory in sequence, where a table of millions of keys would wait for memory at every look.
 *
 * @param keys whole numbers from 0 to 2^53 - 1, shape (n); not changed
 * @returns positions into `keys`, in ascending order of the keys, shape (n)
 * Cost: O(n) for hashes, O(n log n) for any other keys.
 */
export function orderOfKeys(keys: Float64Array): Uint32Array {
  const n = keys.length;
  let prefixes = new Uint32Array(n);
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    prefixes[i] = Math.floor(keys[i]! / PREFIX_UNIT);
    order[i] = i;
  }
  let otherPrefixes = new Uint32Array(n);
  let otherOrder = new Uint32Array(n);
  for (let pass = 0; pass < PASSES; pass++) {
    const shift = pass * RADIX_BITS;
    const next = firstPlaces(prefixes, shift);
    for (let i = 0; i < n; i++) {
      const prefix = prefixes[i]!;
      const bucket = (prefix >>> shift) & (BUCKETS - 1);
      const at = next[bucket]!;
      next[bucket] = at + 1;
      otherPrefixes[at] = prefix;
      otherOrder[at] = order[i]!;
    }
    [prefixes, otherPrefixes] = [otherPrefixes, prefixes];
    [order, otherOrder] = [otherOrder, order];
  }
  return settleNeighbours(keys, order) ? order : order.sort((a, b) => keys[a]! - keys[b]! || a - b);
}

function firstPlaces(prefixes: Uint32Array, shift: number): Uint32Array {
  const counts = new Uint32Array(BUCKETS);
  for (let i = 0; i < prefixes.length; i++) counts[(prefixes[i]! >>> shift) & (BUCKETS - 1)]! += 1;
  const places = new Uint32Array(BUCKETS);
  for (let b = 1; b < BUCKETS; b++) places[b] = places[b - 1]! + counts[b - 1]!;
  return places;
}

/** @returns false when it would take too long */
function settleNeighbours(keys: Float64Array, order: Uint32Array): boolean {
  let movesLeft = order.length * MOST_MOVES_PER_KEY;
  for (let i = 1; i < order.length; i++) {
    const moved = order[i]!;
    const key = keys[moved]!;
    let at = i;
    for (; at > 0 && keys[order[at - 1]!]! > key; at--) {
      if (movesLeft-- === 0) {
        order[at] = moved;
        return false;
      }
      order[at] = order[at - 1]!;
    }
    order[at] = moved;
  }
  return true;
}
