import * as fc from 'fast-check';
import { mulberry32 } from './goldenGenerator';

/** Finite doubles of every size, with -0, repeats and near neighbours. */
export const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(-0, 0, 5e-324, -5e-324, 1.7976931348623157e308, -1.7976931348623157e308),
);

/** Samples of ordinary size with many ties: exact under shifts and doubling. */
export const tied = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 60 });

/** Counts on k bins, some of them empty, at least one row in all. */
export const binCounts = (k: number) =>
  fc
    .array(fc.integer({ min: 0, max: 500 }), { minLength: k, maxLength: k })
    .filter((counts) => counts.some((rows) => rows > 0));

/** Two sets of counts on the same bins. */
export const countPairs = fc
  .integer({ min: 2, max: 12 })
  .chain((k) => fc.tuple(binCounts(k), binCounts(k)));

/** A fixed sample of standard normal shape. */
export function normalSample(n: number, seed: number, shift = 0): Float64Array {
  const next = mulberry32(seed);
  const uniform = (): number => (next() + 0.5) / 4294967296;
  return Float64Array.from(
    { length: n },
    () => shift + Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}
