import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relatedWindows } from '../../electron/performance/relationService';
import type { DriftHistory } from '../../shared/drift/channels';
import { relateDrift } from '../../shared/performance/driftRelation';
import { FIRST_VERSION, performanceWindow, SECOND_VERSION } from '../support/performanceWindow';
import { importLog, scoredLog } from '../support/predictions';
import { createTestModel, csvFile, okValue, type TestModel } from '../support/testModel';

type Batch = Parameters<typeof relatedWindows>[0]['batches'][number];

const months = (n: number): string[] => Array.from({ length: n }, (_none, i) => `month ${i + 1}`);

function windowsOf(n: number, drift: (i: number) => number | null, loss: (i: number) => number) {
  return {
    metric: 'auc' as const,
    nWaiting: 0,
    windows: months(n).map((label, i) => ({
      label,
      batchLabel: label,
      value: 0.9 - loss(i),
      loss: loss(i),
    })),
    features: [
      { name: 'calm', drift: months(n).map((_label, i) => ((i * 7) % 5) / 100) },
      { name: 'guilty', drift: months(n).map((_label, i) => drift(i)) },
    ],
  };
}

describe('features ranked by how their drift goes with performance', () => {
  it('puts first what drifts more where the model is worse, and says how sure that is', () => {
    const found = relateDrift(
      windowsOf(
        8,
        (i) => i ** 2 / 100,
        (i) => i / 50,
      ),
    );
    expect(found.features[0]).toEqual({
      name: 'guilty',
      n: 8,
      rho: 1,
      interval: null,
      pValue: expect.closeTo(2 / 40_320, 12),
      adjustedPValue: expect.closeTo(4 / 40_320, 12),
      method: 'exact',
      reason: null,
    });
    expect(found.sentence).toBe(
      'Over 8 windows the drift of `guilty` goes most with the loss of AUC (rank correlation 1.00, n = 8, p = 4.96e-5, 9.92e-5 after the correction over 2 features). What goes together need not be the cause.',
    );
  });

  it('does not take for a finding what chance could give', () => {
    const found = relateDrift(
      windowsOf(
        5,
        (i) => [1, 3, 2, 5, 4][i]! / 10,
        (i) => i / 50,
      ),
    );
    expect(found.features[0]).toMatchObject({ name: 'guilty', rho: expect.closeTo(0.8, 12) });
    expect(found.sentence).toContain('not more than chance could give');
  });

  it('gives no figure below five windows, overall or for one feature', () => {
    expect(
      relateDrift(
        windowsOf(
          4,
          (i) => i,
          (i) => i,
        ),
      ).sentence,
    ).toBe(
      'Not enough windows: 4 windows have both a drift report and outcomes of the same version, and 5 are needed. With 4 even the strictest order has p = 0.08.',
    );
    const rare = relateDrift(
      windowsOf(
        6,
        (i) => (i < 3 ? i : null),
        (i) => i / 50,
      ),
    );
    expect(rare.features.at(-1)).toMatchObject({
      name: 'guilty',
      n: 3,
      rho: null,
      reason: 'Assessed in 3 windows; 5 are needed.',
    });
  });
});

function batch(
  label: string,
  changes: Partial<Omit<Batch, 'versionId' | 'file'>> & {
    readonly versionId?: string;
    readonly sha256?: string;
  } = {},
): Batch {
  const { versionId = FIRST_VERSION, sha256 = 'b'.repeat(64), ...rest } = changes;
  return {
    label,
    periodStart: null,
    periodEnd: null,
    file: { fileName: `${label}.csv`, sha256, sizeBytes: 1 },
    versionId,
    ...rest,
  } as unknown as Batch; // what pairing looks at; the rest of a report has no part in it
}

const feature = (
  name: string,
  values: readonly (number | null)[],
  primary = 'ks',
): DriftHistory['features'][number] => ({
  name,
  role: 'feature',
  cells: values.map((value) =>
    value === null
      ? null
      : { verdict: 'stable', primary, value, threshold: 0.1, chanceLimit: null },
  ),
});

describe('windows that belong together', () => {
  it('hold the same file, cover the same days or have the same label, of one version', () => {
    const batches = [
      batch('a', { sha256: 'c'.repeat(64) }),
      batch('b', { periodStart: '2026-02-01', periodEnd: '2026-02-28' }),
      batch('may'),
      batch('june', { versionId: SECOND_VERSION }),
    ];
    const auc = ['auc', 0.8] as const;
    const windows = [
      performanceWindow({ label: 'file', sha256: 'c'.repeat(64), metric: auc, baseline: 0.9 }),
      performanceWindow({
        label: 'days',
        days: ['2026-02-01', '2026-02-28'],
        metric: auc,
        baseline: 0.9,
      }),
      performanceWindow({ label: 'may', metric: ['auc', 0.7], baseline: 0.9 }),
      performanceWindow({ label: 'june', metric: auc, baseline: 0.9 }),
      performanceWindow({ label: 'may', isBaseline: true, metric: auc, baseline: 0.9 }),
    ];
    const found = relatedWindows({ batches, features: [feature('age', [1, 2, 3, 4])] }, windows);
    expect(found).toEqual({
      metric: 'auc',
      nWaiting: 0,
      windows: [
        { label: 'file', batchLabel: 'a', value: 0.8, loss: expect.closeTo(0.1, 12) },
        { label: 'days', batchLabel: 'b', value: 0.8, loss: expect.closeTo(0.1, 12) },
        { label: 'may', batchLabel: 'may', value: 0.7, loss: expect.closeTo(0.2, 12) },
      ],
      features: [{ name: 'age', drift: [1, 2, 3] }],
    });
  });

  it('wait until most outcomes are known, and are not compared across statistics', () => {
    const batches = [batch('one'), batch('two'), batch('three')];
    const windows = ['one', 'two', 'three'].map((label, i) =>
      performanceWindow({ label, metric: ['mae', 2 + i], nLabelled: i === 2 ? 100 : 1000 }),
    );
    const changed = feature('age', [1, 2, 3]);
    const cells = changed.cells.map(
      (cell, i) => cell && { ...cell, primary: i === 0 ? 'psi' : 'ks' },
    );
    expect(relatedWindows({ batches, features: [{ ...changed, cells }] }, windows)).toEqual({
      metric: 'mae',
      nWaiting: 1,
      windows: [
        { label: 'one', batchLabel: 'one', value: 2, loss: 2 },
        { label: 'two', batchLabel: 'two', value: 3, loss: 3 },
      ],
      features: [{ name: 'age', drift: [null, 2] }],
    });
  });
});

describe('performance.driftRelation', () => {
  let desk: TestModel;
  beforeAll(async () => {
    desk = await createTestModel();
  });
  afterAll(() => desk.close());

  it('says through the gate that there are not enough windows', async () => {
    const { log, outcomes } = scoredLog(200);
    okValue(await importLog(desk, csvFile(log), { label: 'May', outcomes: csvFile(outcomes) }));
    const { modelId } = desk;
    expect(
      okValue<'performance.driftRelation'>(
        await desk.call('performance.driftRelation', { modelId }),
      ),
    ).toEqual({
      metric: null,
      windows: [],
      nWaiting: 0,
      features: [],
      sentence:
        'Not enough windows: 0 windows have both a drift report and outcomes of the same version, and 5 are needed. With 4 even the strictest order has p = 0.08.',
    });
  });
});
