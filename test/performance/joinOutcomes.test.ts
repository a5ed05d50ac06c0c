import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdHasher } from '../../electron/performance/idHash';
import { joinOutcomes } from '../../electron/performance/joinOutcomes';
import type { OutcomeTable, PredictionTable } from '../../electron/performance/predictionTable';

const KEY = Uint8Array.from({ length: 16 }, (_none, i) => i);

function predictionsOf(ids: readonly number[]): PredictionTable {
  const keys = Float64Array.from(new Set(ids)).sort();
  return {
    n: keys.length,
    keys,
    scores: keys.map(() => 0.5),
    classes: null,
    labels: [],
    days: Int32Array.from(keys, () => 100),
    segments: [],
  };
}

interface Row {
  readonly id: number;
  readonly label: string;
  readonly day: number;
}

function outcomesOf(rows: readonly Row[]): OutcomeTable {
  const labels = [...new Set(rows.map(({ label }) => label))];
  return {
    n: rows.length,
    keys: Float64Array.from(rows, ({ id }) => id),
    values: Float64Array.from(rows, ({ label }) => labels.indexOf(label)),
    labels,
    days: Int32Array.from(rows, ({ day }) => day),
  };
}

function summary(predictions: PredictionTable, files: readonly OutcomeTable[]) {
  const { truth, labels, counts, delays } = joinOutcomes(predictions, files, 10);
  return {
    truth: Array.from(truth, (code) => labels?.[code] ?? null),
    counts,
    delays: Array.from(delays).sort((a, b) => a - b),
  };
}

const row = fc.record({
  id: fc.integer({ min: 0, max: 30 }),
  label: fc.constantFrom('yes', 'no'),
  day: fc.integer({ min: 95, max: 120 }),
});
const files = fc.array(fc.array(row, { maxLength: 30 }), { maxLength: 4 });
const ids = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 });

describe('joining outcomes', () => {
  it('comes to the same whatever the order of the files and of their rows', () => {
    fc.assert(
      fc.property(ids, files, (predicted, given) => {
        const table = predictionsOf(predicted);
        const there = summary(table, given.map(outcomesOf));
        const back = summary(
          table,
          given.toReversed().map((rows) => outcomesOf(rows.toReversed())),
        );
        expect(back).toEqual(there);
        expect(summary(table, [outcomesOf(given.flat())])).toEqual(there);
      }),
    );
  });

  it('counts what a look at every row counts', () => {
    fc.assert(
      fc.property(ids, files, (predicted, given) => {
        const known = new Set(predicted);
        const met = given.flat().filter(({ id }) => known.has(id));
        const labelsOf = (id: number) =>
          new Set(met.flatMap((one) => (one.id === id ? [one.label] : [])));
        const distinct = [...new Set(met.map(({ id }) => id))];
        const { counts } = summary(predictionsOf(predicted), given.map(outcomesOf));
        expect(counts).toMatchObject({
          nPredictions: known.size,
          nLabelled: distinct.filter((id) => labelsOf(id).size === 1).length,
          nContradictory: distinct.filter((id) => labelsOf(id).size === 2).length,
          nRepeated: met.length - distinct.length,
        });
      }),
    );
  });

  it('changes nothing when a file comes a second time but the repeated rows', () => {
    fc.assert(
      fc.property(ids, fc.array(row, { minLength: 1, maxLength: 30 }), (predicted, rows) => {
        const table = predictionsOf(predicted);
        const once = summary(table, [outcomesOf(rows)]);
        const twice = summary(table, [outcomesOf(rows), outcomesOf(rows)]);
        const nMet = rows.filter(({ id }) => predicted.includes(id)).length;
        expect(twice).toEqual({
          ...once,
          counts: { ...once.counts, nRepeated: once.counts.nRepeated + nMet },
        });
      }),
    );
  });

  it('knows late outcomes and those from before their prediction by their days', () => {
    const files = [
      outcomesOf([
        { id: 1, label: 'yes', day: 111 },
        { id: 2, label: 'no', day: 99 },
        { id: 3, label: 'no', day: 110 },
      ]),
    ];
    expect(summary(predictionsOf([1, 2, 3, 4]), files)).toMatchObject({
      counts: { nLabelled: 3, nLate: 1, nBeforePrediction: 1 },
      delays: [-1, 10, 11],
    });
  });
});

describe('hashes of identifiers', () => {
  it('are SipHash-2-4, as its reference implementation gives it', () => {
    const hasher = new IdHasher(KEY);
    const hex = (n: number): string => {
      const [high, low] = hasher.full(Uint8Array.from({ length: n }, (_none, i) => i));
      return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
    };
    expect([0, 1, 7, 8, 15].map(hex)).toEqual([
      '726fdb47dd0e0e31',
      '74f839c593dc67fd',
      'ab0200f58b01d137',
      '93f5f5799a932462',
      'a129ca6149be45e5',
    ]);
  });

  it('are the same for a whole number and for its digits, and differ by key', () => {
    const hasher = new IdHasher(KEY);
    const other = new IdHasher(KEY.map((byte) => byte + 1));
    fc.assert(
      fc.property(fc.maxSafeInteger(), (id) => {
        expect(hasher.integer(id)).toBe(hasher.text(String(id)));
        expect(Number.isSafeInteger(hasher.integer(id))).toBe(true);
      }),
    );
    expect(other.text('c-1')).not.toBe(hasher.text('c-1'));
    expect(hasher.text('çà-1')).not.toBe(hasher.text('ca-1'));
  });
});
