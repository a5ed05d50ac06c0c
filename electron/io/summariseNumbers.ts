import { MAX_DISTINCT_COUNTED } from './tableSource';

/** What the values of a number column look like, without its rows. */
export interface NumberCounts {
  readonly nMissing: number;
  readonly nDistinct: number;
  readonly isDistinctCapped: boolean;
  /** Values among which the distinct ones were counted. */
  readonly nExamined: number;
  /** Every value is an integer (infinities are not). */
  readonly isWhole: boolean;
  /** Every value is larger than the one in the row before it. */
  readonly isAscending: boolean;
  /** Null when there is no value. */
  readonly min: number | null;
  readonly max: number | null;
}

/** One pass over a column; counting distinct values stops at {@link MAX_DISTINCT_COUNTED}. */
export function summariseNumbers(values: Float64Array): NumberCounts {
  const distinct = createDoubleSet(Math.min(values.length, MAX_DISTINCT_COUNTED));
  let nMissing = 0;
  let nExamined = 0;
  let isWhole = true;
  let isAscending = true;
  let previous = -Infinity;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) {
      nMissing += 1;
      continue;
    }
    if (distinct.size() < MAX_DISTINCT_COUNTED) {
      distinct.add(value);
      nExamined += 1;
    }
    isWhole &&= Number.isInteger(value);
    isAscending &&= value > previous;
    previous = value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const isEmpty = nMissing === values.length;
  return {
    nMissing,
    nDistinct: distinct.size(),
    isDistinctCapped: nExamined < values.length - nMissing,
    nExamined,
    isWhole: isWhole && !isEmpty,
    isAscending: isAscending && !isEmpty,
    min: isEmpty ? null : min,
    max: isEmpty ? null : max,
  };
}

/** Open addressing in flat memory: about ten times faster than a Set of numbers. */
function createDoubleSet(maxSize: number) {
  const capacity = 2 ** Math.ceil(Math.log2(maxSize * 2 + 2));
  const slots = new Float64Array(capacity).fill(NaN);
  const scratch = new Float64Array(1);
  const halves = new Uint32Array(scratch.buffer);
  let size = 0;
  return {
    size: () => size,
    add(value: number): void {
      scratch[0] = value + 0; // -0 becomes 0
      let hash = Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x9e3779b1), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
      let slot = (hash ^ (hash >>> 13)) & (capacity - 1);
      while (!Number.isNaN(slots[slot]!)) {
        if (slots[slot] === scratch[0]) return;
        slot = (slot + 1) & (capacity - 1);
      }
      slots[slot] = scratch[0]!;
      size += 1;
    },
  };
}
