import { array, assert, asyncProperty, integer } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planChunks } from '../../electron/drift/chunkPlan';
import { categoryVariability } from '../../electron/drift/chunkVariability';
import { profileColumn } from '../../electron/drift/columnTask';
import { DEFAULT_DRIFT_POLICY } from '../../shared/drift/driftPolicy';
import { thresholdOf, thresholdWords } from '../../shared/drift/featureThreshold';
import type { ReferenceVariability } from '../../shared/drift/variability';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { ksTest } from '../../shared/stats/ksTest';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { wasserstein } from '../../shared/stats/wasserstein';
import {
  colours,
  createTestModel,
  csvFile,
  evenly,
  okValue,
  type TestModel,
} from '../support/testModel';

function numbers(values: readonly number[]) {
  const shared = new Float64Array(new SharedArrayBuffer(values.length * 8));
  shared.set(values);
  return { name: 'x', kind: 'numeric', values: shared } as const;
}

function table(nRows: number, times: readonly number[] = []) {
  return {
    nRows,
    readColumn: async () => ({ ...numbers(times), kind: 'datetime' }) as const,
  };
}

async function variabilityOf(values: readonly number[], rowsPerChunk: number) {
  const chunks = await planChunks(table(values.length), { rowsPerChunk, timeColumn: null });
  const column = numbers(values);
  return profileColumn({ column, role: 'feature', maxDistinct: 65_536, chunks }).variability!;
}

describe('the variability of a numeric column within its reference', () => {
  it('is the distance of every chunk from the rows outside it', async () => {
    const sample = array(integer({ min: 0, max: 40 }), { minLength: 240, maxLength: 360 });
    await assert(
      asyncProperty(sample, async (values) => {
        const found = await variabilityOf(values, Math.floor(values.length / 6));
        if (found.status !== 'measured') throw new Error(found.reason);
        const nChunks = found.nChunks;
        const chunkOf = (i: number) => Math.floor((i * nChunks) / values.length);
        const apart = Array.from({ length: nChunks }, (_none, k) => {
          const [inside, outside] = [true, false].map((is) =>
            fromUnsorted(values.filter((_value, i) => (chunkOf(i) === k) === is)),
          );
          const ks = ksTest(outside!, inside!);
          const distance = wasserstein(outside!, inside!);
          if (ks.status !== 'ok' || distance.status !== 'ok') throw new Error('no result');
          return { d: ks.d, w: distance.distance };
        });
        const all = sampleMoments(values);
        const sd = Math.sqrt((all.variance * (all.n - 1)) / all.n);
        const [d, w] = [
          sampleMoments(apart.map((one) => one.d)),
          sampleMoments(apart.map((one) => one.w / sd)),
        ];
        expect(found.spread.ks!.mean).toBeCloseTo(d.mean, 10);
        expect(found.spread.ks!.sd).toBeCloseTo(Math.sqrt(d.variance), 10);
        expect(found.spread.wasserstein!.mean).toBeCloseTo(w.mean, 10);
        expect(found.spread.wasserstein!.sd).toBeCloseTo(Math.sqrt(w.variance), 10);
      }),
      { numRuns: 30 },
    );
  });

  it('is 0 when every chunk is the same, and large when the rows are sorted', async () => {
    const same = await variabilityOf(
      Array.from({ length: 600 }, (_none, i) => i % 10),
      60,
    );
    const sorted = await variabilityOf(
      Array.from({ length: 600 }, (_none, i) => i),
      60,
    );
    expect(same).toMatchObject({ spread: { ks: { mean: 0, sd: 0, largest: 0 } } });
    if (sorted.status !== 'measured') throw new Error(sorted.reason);
    // By hand: the k-th of ten sorted tenths has k ninths of the rest below it, so D = max(k, 9 - k) / 9.
    const d = Array.from({ length: 10 }, (_none, k) => Math.max(k, 9 - k) / 9);
    expect(sorted.spread.ks!.mean).toBeCloseTo(d.reduce((sum, one) => sum + one, 0) / 10, 12);
    expect(sorted.spread.ks!.largest).toBe(1);
  });

  it('is not assessed with fewer than six chunks of 30 usable values', async () => {
    const values = Array.from({ length: 300 }, (_none, i) => (i < 150 ? i : NaN));
    expect(await variabilityOf(values, 30)).toEqual({
      status: 'notAssessed',
      reason: 'Only 5 of 10 chunks of the reference have 30 usable values; at least 6 are needed.',
    });
  });
});

describe('planChunks', () => {
  it('follows a date column and leaves out rows without a date', async () => {
    const times = [5, 1, NaN, 3, 1, 7, 9, 3];
    const { chunkOf, timeColumn } = await planChunks(table(8, times), {
      rowsPerChunk: 4,
      timeColumn: 'day',
    });
    expect(timeColumn).toBe('day');
    expect([...chunkOf]).toEqual([1, 0, 65_535, 0, 0, 1, 1, 0]);
  });

  it('takes rows of the same instant in the order of the file', async () => {
    const times = [2, 1, 2, 2, 2, 1, 2, 2, 3];
    const plan = await planChunks(table(9, times), { rowsPerChunk: 3, timeColumn: 'day' });
    // Ranks: the two 1s first, then the six 2s as they stand, then the 3.
    expect([...plan.chunkOf]).toEqual([0, 0, 1, 1, 1, 0, 2, 2, 2]);
  });

  it('cuts rows in the order of the file into chunks that differ by at most one row', async () => {
    const { chunkOf, nChunks } = await planChunks(table(103), {
      rowsPerChunk: null,
      timeColumn: null,
    });
    const sizes = Array.from(
      { length: nChunks },
      (_none, k) => chunkOf.filter((chunk) => chunk === k).length,
    );
    expect([Math.min(...sizes), Math.max(...sizes), nChunks]).toEqual([10, 11, 10]);
  });
});

describe('the variability of categories', () => {
  it('is the distance in shares between every chunk and the rest', async () => {
    const plan = await planChunks(table(360), { rowsPerChunk: 60, timeColumn: null });
    // Red in half of every chunk, but in all of the last.
    const codes = Int32Array.from({ length: 360 }, (_none, i) => (i < 300 ? i % 2 : 0));
    const labels = ['red', 'blue'];
    const column = { name: 'c', kind: 'categorical', codes, labels } as const;
    const shared = new Int32Array(new SharedArrayBuffer(codes.byteLength));
    shared.set(codes);
    const whole = profileColumn({
      column: { ...column, codes: shared },
      role: 'feature',
      maxDistinct: 10,
      chunks: null,
    });
    if (whole.kind !== 'categorical') throw new Error('not categorical');
    const found = categoryVariability(column, whole, plan);
    if (found.status !== 'measured') throw new Error(found.reason);
    // By hand: five chunks 0.5 against 180/300 + 10/300..., the last 1 against 0.5.
    const first = Math.abs(0.5 - (120 + 60) / 300);
    expect(found.spread.totalVariation!.mean).toBeCloseTo((5 * first + 0.5) / 6, 12);
    expect(found.spread.totalVariation!.largest).toBe(0.5);
  });
});

const MEASURED: ReferenceVariability = {
  status: 'measured',
  nChunks: 10,
  rowsPerChunk: 1500,
  timeColumn: null,
  spread: { ks: { mean: 0.02, sd: 0.005, largest: 0.03 } },
};

describe('thresholdOf', () => {
  const reference = { ...DEFAULT_DRIFT_POLICY, thresholdFrom: 'reference' } as const;
  const feature = { name: 'age', variability: MEASURED };

  it('is the number of the policy unless the policy asks for the reference', () => {
    expect(thresholdOf(feature, 'ks', DEFAULT_DRIFT_POLICY)).toEqual({
      threshold: 0.1,
      thresholdOrigin: 'fixed',
    });
    const found = thresholdOf(feature, 'ks', reference);
    expect(found.thresholdOrigin).toBe('reference');
    expect(found.threshold).toBeCloseTo(0.035, 12);
    expect(thresholdWords({ ...found, variability: MEASURED })).toBe(
      '0.035 (mean + 3 sd of 10 reference chunks)',
    );
  });

  it('lets one feature have another origin or a number of its own', () => {
    const withOwn = (own: object) => ({ ...reference, overrides: { age: own } });
    expect(thresholdOf(feature, 'ks', withOwn({ threshold: 0.2 }))).toEqual({
      threshold: 0.2,
      thresholdOrigin: 'fixed',
    });
    expect(thresholdOf(feature, 'ks', withOwn({ thresholdFrom: 'fixed' }))).toEqual({
      threshold: 0.1,
      thresholdOrigin: 'fixed',
    });
  });

  it('falls back to the fixed number, and says why, where the variability is not known', () => {
    const unknown = { name: 'age', variability: null };
    const found = thresholdOf(unknown, 'ks', reference);
    expect(found).toEqual({ threshold: 0.1, thresholdOrigin: 'fallback' });
    expect(thresholdWords({ ...found, variability: null })).toBe(
      "0.1 (fixed, because the reference's own variability cannot be used: this reference was frozen without cutting it into chunks)",
    );
    expect(thresholdOf(feature, 'psi', reference).thresholdOrigin).toBe('fallback');
  });

  it('falls back where the chunks differ so much that no distance could exceed the threshold', () => {
    const spread = {
      ks: { mean: 0.7, sd: 0.1, largest: 0.9 },
      psi: { mean: 0.7, sd: 0.1, largest: 1 },
    };
    const variability = { ...MEASURED, spread };
    const wandering = { name: 'day', variability };
    const found = thresholdOf(wandering, 'ks', reference);
    expect(found).toEqual({ threshold: 0.1, thresholdOrigin: 'fallback' });
    expect(thresholdWords({ ...found, variability })).toContain('the largest value there is');
    expect(thresholdOf(wandering, 'psi', reference).threshold).toBeCloseTo(1, 12);
  });
});

describe('a batch judged by the variability of its reference', () => {
  let model: TestModel;
  beforeAll(async () => {
    model = await createTestModel();
  });
  afterAll(() => model.close());

  it('drifts at a distance that the fixed threshold would let pass', async () => {
    const path = csvFile({ size: evenly(0.4), colour: colours(0.5) });
    const lax = { ...DEFAULT_DRIFT_POLICY, threshold: 0.45 };
    okValue<'drift.setPolicy'>(
      await model.call('drift.setPolicy', {
        modelId: model.modelId,
        policy: lax,
        reason: 'Only large changes',
        revision: 0,
      }),
    );
    const fixed = okValue<'drift.importBatch'>(await model.importBatch(path, 'Fixed'));
    okValue<'drift.setPolicy'>(
      await model.call('drift.setPolicy', {
        modelId: model.modelId,
        policy: {
          ...lax,
          thresholdFrom: 'reference',
          overrides: { colour: { thresholdFrom: 'fixed' } },
        },
        reason: 'The reference knows best',
        revision: 1,
      }),
    );
    const own = okValue<'drift.importBatch'>(await model.importBatch(path, 'Own'));
    const facts = ({ features }: typeof own) =>
      features.map(({ name, verdict, thresholdOrigin }) => [name, verdict, thresholdOrigin]);
    expect(facts(fixed)).toEqual([
      ['size', 'stable', 'fixed'],
      ['colour', 'stable', 'fixed'],
    ]);
    expect(facts(own)).toEqual([
      ['size', 'drifted', 'reference'],
      ['colour', 'stable', 'fixed'],
    ]);
    expect(own.summary.sentence).toContain('(mean + 3 sd of 10 reference chunks)');
  });

  it('brings the band of chance into the history', async () => {
    const history = okValue<'drift.history'>(
      await model.call('drift.history', { modelId: model.modelId }),
    );
    const size = history.features.find(({ name }) => name === 'size')!;
    expect(size.role).toBe('feature');
    // The critical D of 512 against 512 rows.
    expect(size.cells.map((cell) => cell?.chanceLimit)).toEqual([0.0859375, 0.0859375]);
  });
});
