import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortFloat64 } from '../../shared/stats/sortFloat64';
import { mulberry32 } from './goldenGenerator';
import { finite, normalSample } from './samples';

function engineSorted(values: Float64Array): Float64Array {
  return values.map((value) => value + 0).sort();
}

/** Sees a difference between -0 and +0, which toEqual on arrays of a million would do slowly. */
function bitsOf(values: Float64Array): BigUint64Array {
  return new BigUint64Array(values.slice().buffer);
}

describe('sortFloat64', () => {
  it('gives the engine order with +0 for -0, on either side of the size where the method changes', () => {
    fc.assert(
      fc.property(
        fc.array(finite, { maxLength: 40 }),
        fc.constantFrom(1, 50, 2048, 2049, 5000),
        (few, length) => {
          const values = Float64Array.from({ length }, (_, i) => few[i % few.length] ?? 0);
          const expected = bitsOf(engineSorted(values));
          expect(bitsOf(sortFloat64(values))).toEqual(expected);
        },
      ),
    );
  });

  it.each([
    ['any bit pattern that is not NaN', anyBits(30_000)],
    ['normal values', normalSample(30_000, 5)],
    ['negative values of one size', normalSample(30_000, 6).map((v) => -1 - (Math.abs(v) % 1))],
    ['whole numbers', normalSample(30_000, 7).map((v) => Math.round(v * 10))],
    ['values that differ in their last bits alone', normalSample(30_000, 12).map((v) => 1e9 + v)],
    ['probabilities', normalSample(30_000, 13).map((v) => 1 / (1 + Math.exp(-v)))],
    ['close values where no sample looks', closeBetweenProbes(40_000)],
    ['one value', new Float64Array(5000).fill(-2.5)],
  ])('sorts %s', (_, values) => {
    const expected = bitsOf(engineSorted(values));
    expect(bitsOf(sortFloat64(values))).toEqual(expected);
  });

  it('sorts a part of a shared buffer in place, with the scratch it is given', () => {
    const whole = normalSample(6000, 8);
    const expected = engineSorted(whole.slice(1000, 5000));
    const untouched = [whole[999], whole[5000]];
    sortFloat64(whole.subarray(1000, 5000), new Float64Array(9000));
    expect(whole.slice(1000, 5000)).toEqual(expected);
    expect([whole[999], whole[5000]]).toEqual(untouched);
  });

  it('refuses a scratch that is too short', () => {
    expect(() => sortFloat64(normalSample(3000, 9), new Float64Array(2999))).toThrow(RangeError);
  });
});

function anyBits(n: number): Float64Array {
  const next = mulberry32(77);
  const words = Uint32Array.from({ length: 2 * n }, () => next());
  return new Float64Array(words.buffer).filter((value) => !Number.isNaN(value));
}

/** Values far apart at every 20th place, and crowded ones between them. */
function closeBetweenProbes(n: number): Float64Array {
  const crowded = normalSample(n, 14);
  return crowded.map((value, i) => (i % 20 === 0 ? value * 1e6 : 1 + value * 1e-9));
}
