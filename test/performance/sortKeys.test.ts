import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderOfKeys } from '../../electron/performance/sortKeys';

const anyKey = fc.maxSafeNat();
const closeKey = fc.nat(3);
const samePrefix = fc.nat(2 ** 20);

describe('the order of hashed identifiers', () => {
  it.each([
    ['hashes', anyKey],
    ['few different keys', closeKey],
    ['keys that share their upper bits', samePrefix],
  ])('is that of a stable sort: %s', (_what, key) => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), (list) => {
        const expected = list.map((_k, i) => i).sort((a, b) => list[a]! - list[b]! || a - b);
        expect([...orderOfKeys(Float64Array.from(list))]).toEqual(expected);
      }),
    );
  });
});
