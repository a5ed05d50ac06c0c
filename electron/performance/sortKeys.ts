/** Keys in ascending order, and where each of them was. */
export interface SortedKeys {
  /** Ascending, shape (n). */
  readonly keys: Float64Array;
  /** Positions in the array that was given, shape (n). */
  readonly order: Uint32Array;
}

const KEY_RANGE = 2 ** 53;
const MAX_BITS = 11;
/** About as many keys of a bucket as its innermost memory holds with their positions. */
const BUCKET_SIZE = 1024;
/** Keys that are no hashes may crowd in few buckets; then comparing is quicker. */
const MOST_CROWDED = 16;
const MOST_MOVES_PER_KEY = 8;

/**
 * Sorts hashes of identifiers, equal ones as they came.
 *
 * Hashes lie evenly, so a key's size says nearly where it belongs: one pass deals the keys out to
 * buckets that fit into the processor's own memory, and there each key is put where it should be and
 * moved past the few neighbours that are still out of order. Positions are moved with their keys,
 * because looking a key up by its position waits for the main memory every time.
 *
 * @param keys whole numbers from 0 to 2^53 - 1, shape (n); not changed
 * Cost: O(n) for hashes, O(n log n) for any other keys; 24 bytes a key.
 */
export function sortKeys(keys: Float64Array): SortedKeys {
  const n = keys.length;
  const bits = Math.max(0, Math.min(MAX_BITS, Math.ceil(Math.log2(n / BUCKET_SIZE))));
  const dealt = dealOut(keys, bits);
  const sorted = { keys: new Float64Array(n), order: new Uint32Array(n) };
  const width = KEY_RANGE / 2 ** bits;
  for (let bucket = 0; bucket < 2 ** bits; bucket++) {
    const [from, to] = [dealt.starts[bucket]!, dealt.starts[bucket + 1]!];
    const isCrowded = to - from > MOST_CROWDED * (BUCKET_SIZE + n / 2 ** bits);
    if (isCrowded || !sortBucket(dealt, sorted, { from, to, low: bucket * width, width }))
      return sortByComparing(keys);
  }
  return sorted;
}

interface DealtKeys extends SortedKeys {
  /** Where each bucket starts, and at the end n. */
  readonly starts: Uint32Array;
}

function dealOut(keys: Float64Array, bits: number): DealtKeys {
  const n = keys.length;
  const scale = 2 ** bits / KEY_RANGE;
  const starts = new Uint32Array(2 ** bits + 1);
  for (let i = 0; i < n; i++) starts[((keys[i]! * scale) | 0) + 1]!++;
  for (let b = 1; b < starts.length; b++) starts[b]! += starts[b - 1]!;
  const next = starts.slice();
  const dealt = { starts, keys: new Float64Array(n), order: new Uint32Array(n) };
  for (let i = 0; i < n; i++) {
    const key = keys[i]!;
    const at = next[(key * scale) | 0]!++;
    dealt.keys[at] = key;
    dealt.order[at] = i;
  }
  return dealt;
}

interface Bucket {
  readonly from: number;
  readonly to: number;
  /** Smallest key that belongs here. */
  readonly low: number;
  readonly width: number;
}

/** @returns false when it would take too long */
function sortBucket(dealt: SortedKeys, sorted: SortedKeys, bucket: Bucket): boolean {
  const { from, to, low, width } = bucket;
  const [fromKeys, fromOrder, keys, order] = [dealt.keys, dealt.order, sorted.keys, sorted.order];
  const scale = (to - from) / width;
  const next = new Uint32Array(to - from + 1);
  for (let i = from; i < to; i++) next[(((fromKeys[i]! - low) * scale) | 0) + 1]!++;
  next[0] = from;
  for (let slot = 1; slot < next.length; slot++) next[slot]! += next[slot - 1]!;
  for (let i = from; i < to; i++) {
    const key = fromKeys[i]!;
    const at = next[((key - low) * scale) | 0]!++;
    keys[at] = key;
    order[at] = fromOrder[i]!;
  }
  return settleNeighbours(keys, order, from, to);
}

/** @returns false when it would take too long */
function settleNeighbours(
  keys: Float64Array,
  order: Uint32Array,
  from: number,
  to: number,
): boolean {
  let movesLeft = (to - from) * MOST_MOVES_PER_KEY;
  for (let i = from + 1; i < to; i++) {
    const key = keys[i]!;
    if (keys[i - 1]! <= key) continue;
    const row = order[i]!;
    let at = i;
    for (; at > from && keys[at - 1]! > key; at--) {
      keys[at] = keys[at - 1]!;
      order[at] = order[at - 1]!;
    }
    keys[at] = key;
    order[at] = row;
    movesLeft -= i - at;
    if (movesLeft < 0) return false;
  }
  return true;
}

function sortByComparing(keys: Float64Array): SortedKeys {
  const order = Uint32Array.from(keys, (_key, i) => i);
  order.sort((a, b) => keys[a]! - keys[b]! || a - b);
  return { keys: Float64Array.from(order, (i) => keys[i]!), order };
}
