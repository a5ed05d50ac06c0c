import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortKeys } from '../../electron/performance/sortKeys';
import { mulberry32 } from '../stats/goldenGenerator';

const anyKey = fc.maxSafeNat();
const closeKey = fc.nat(3);
const samePrefix = fc.nat(2 ** 20);

function expectedOf(list: readonly number[]) {
  const order = list.map((_key, i) => i).sort((a, b) => list[a]! - list[b]! || a - b);
  return {
    keys: Float64Array.from(order, (i) => list[i]!),
    order: Uint32Array.from(order),
  };
}

describe('the order of hashed identifiers', () => {
  it.each([
    ['hashes', anyKey],
    ['few different keys', closeKey],
    ['keys that share their upper bits', samePrefix],
  ])('is that of a stable sort: %s', (_what, key) => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), (list) => {
        expect(sortKeys(Float64Array.from(list))).toEqual(expectedOf(list));
      }),
    );
  });

  it.each([
    ['hashes', () => 2 ** 53],
    ['keys that crowd in one place', () => 2 ** 30],
    ['keys of which every other is small', (i: number) => (i % 2 === 0 ? 2 ** 53 : 2 ** 12)],
  ])('is that of a stable sort where many buckets are needed: %s', (_what, rangeOf) => {
    const next = mulberry32(5);
    const list = Array.from({ length: 20_000 }, (_none, i) =>
      Math.floor(((next() + next() / 2 ** 32) / 2 ** 32) * rangeOf(i)),
    );
    expect(sortKeys(Float64Array.from(list))).toEqual(expectedOf(list));
  });
});
