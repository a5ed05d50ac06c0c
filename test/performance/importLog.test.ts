import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anotherModel,
  importLog,
  importOutcomes,
  scoredLog,
  windowsOf,
} from '../support/predictions';
import { createTestModel, csvFile, okValue, type TestModel } from '../support/testModel';

let workspace: TestModel;
let model: TestModel;
beforeAll(async () => {
  workspace = await createTestModel();
});
beforeEach(async () => {
  model = await anotherModel(workspace);
});
afterAll(() => workspace.close());

const metricOf = (
  metrics: readonly { readonly metric: string; readonly value: number | null }[],
  name: string,
) => metrics.find(({ metric }) => metric === name)?.value ?? null;

/** To twelve digits: each model has its own key, so its rows are summed in another order. */
function rounded(figures: unknown): unknown {
  return JSON.parse(
    JSON.stringify(figures, (_key, value: unknown) =>
      typeof value === 'number' ? Number(value.toPrecision(12)) : value,
    ),
  );
}

describe('importing a prediction log', () => {
  it('records the window and says that no outcome has come', async () => {
    const { log } = scoredLog(200);
    const detail = okValue<'performance.importLog'>(await importLog(model, csvFile(log)));
    expect(detail.log).toMatchObject({
      label: 'Window',
      counts: {
        nRows: 200,
        nMissingId: 0,
        nWithoutPrediction: 0,
        nRepeated: 0,
        nContradictory: 0,
        nPredictions: 200,
      },
      joinState: 'kept',
    });
    expect(detail.report.measurement.join).toMatchObject({ nPredictions: 200, nLabelled: 0 });
    expect(detail.report.measurement.metrics[0]).toEqual({
      metric: 'accuracy',
      n: 0,
      value: null,
      interval: null,
      reason: 'No outcome has come yet.',
    });
    expect(detail.report.measurement.estimates[0]).toMatchObject({
      metric: 'accuracy',
      value: expect.closeTo(0.8, 12),
    });
  });

  it('measures it when the outcomes come later, and keeps both measurements', async () => {
    const { log, outcomes } = scoredLog(200);
    const { log: recorded } = okValue<'performance.importLog'>(
      await importLog(model, csvFile(log)),
    );
    const answer = okValue<'performance.importOutcomes'>(
      await importOutcomes(model, csvFile(outcomes)),
    );
    expect(answer).toMatchObject({ nMeasured: 1, file: { nRows: 200, nMatched: 200 } });
    const detail = okValue<'performance.getReport'>(
      await model.call('performance.getReport', { logId: recorded.id, reportId: null }),
    );
    expect(detail.measurements.map(({ nLabelled }) => nLabelled)).toEqual([200, 0]);
    const { metrics, classes } = detail.report.measurement;
    expect(metricOf(metrics, 'accuracy')).toBeCloseTo(0.8, 12);
    expect(metricOf(metrics, 'auc')).toBeCloseTo(0.8, 12);
    expect(metricOf(metrics, 'ece')).toBeCloseTo(0, 12);
    expect(classes.map(({ label }) => label)).toEqual(['not yes', 'yes']);
  });

  it('comes to the same when the outcomes come first, together, or in two files', async () => {
    const { log, outcomes } = scoredLog(200);
    const half = (from: number, to: number) =>
      csvFile({ id: outcomes['id']!.slice(from, to), y: outcomes['y']!.slice(from, to) });
    okValue<'performance.importLog'>(await importLog(model, csvFile({ id: ['x'], score: [0.1] })));
    okValue<'performance.importOutcomes'>(await importOutcomes(model, half(100, 200)));
    okValue<'performance.importLog'>(await importLog(model, csvFile(log), { label: 'First' }));
    okValue<'performance.importOutcomes'>(await importOutcomes(model, half(0, 100)));
    const other = await anotherModel(workspace);
    okValue<'performance.importLog'>(
      await importLog(other, csvFile(log), { outcomes: csvFile(outcomes) }),
    );
    const [, late] = await windowsOf(model);
    const [together] = await windowsOf(other);
    expect(rounded(late!.report.measurement)).toEqual(rounded(together!.report.measurement));
    const { outcomeFiles } = okValue<'performance.overview'>(
      await model.call('performance.overview', { modelId: model.modelId }),
    );
    expect(outcomeFiles.map(({ nRows, nMatched }) => [nRows, nMatched])).toEqual([
      [100, 100],
      [100, 100],
    ]);
  });

  it('takes repeats once and leaves contradictions out, and says how many there were', async () => {
    const path = csvFile({
      id: ['a', 'a', 'b', 'b', 'c', '', 'd'],
      score: [0.1, 0.1, 0.2, 0.9, 0.4, 0.5, ''],
    });
    const { log } = okValue<'performance.importLog'>(await importLog(model, path));
    expect(log.counts).toEqual({
      nRows: 7,
      nMissingId: 1,
      nWithoutPrediction: 1,
      nRepeated: 2,
      nContradictory: 1,
      nPredictions: 2,
    });
  });

  it('measures latency, failures and cost from the log alone', async () => {
    const n = 400;
    const ids = Array.from({ length: n }, (_none, i) => i + 1);
    const path = csvFile({
      id: ids,
      score: ids.map(() => 0.5),
      latency: ids.map((i) => i),
      ok: ids.map((i) => (i % 100 === 0 ? 'false' : 'true')),
      cost: ids.map(() => 0.0001),
    });
    const { log } = okValue<'performance.importLog'>(
      await importLog(model, path, {
        currency: 'USD',
        columns: { latencyMs: 'latency', isSuccess: 'ok', cost: 'cost' },
      }),
    );
    expect(Object.fromEntries(log.operations.map(({ metric, value }) => [metric, value]))).toEqual({
      latencyP50: 200.5,
      latencyP95: expect.closeTo(380.05, 9),
      latencyP99: expect.closeTo(396.01, 9),
      errorRate: 0.01,
      costPerPrediction: 0.0001,
    });
    expect(log.currency).toBe('USD');
  });

  it('measures a regression', async () => {
    const ids = [1, 2, 3, 4];
    const { report } = okValue<'performance.importLog'>(
      await importLog(model, csvFile({ id: ids, predicted: [2.5, 0, 2, 8] }), {
        task: { kind: 'regression', positiveLabel: null },
        columns: { prediction: 'predicted', score: null },
        outcomes: csvFile({ id: ids, y: [3, -0.5, 2, 7] }),
      }),
    );
    const { metrics } = report.measurement;
    expect(['mae', 'rmse', 'r2', 'bias'].map((name) => metricOf(metrics, name))).toEqual([
      0.5,
      expect.closeTo(0.6123724356957945, 12),
      expect.closeTo(0.9486081370449679, 12),
      0.25,
    ]);
  });

  it('finds the segment in which the model is weak', async () => {
    const n = 600;
    const ids = Array.from({ length: n }, (_none, i) => `r${i}`);
    const region = ids.map((_id, i) => ['north', 'south', 'west'][i % 3]!);
    const wrong = (i: number) => region[i] === 'west' && i % 2 === 0;
    const { report } = okValue<'performance.importLog'>(
      await importLog(model, csvFile({ id: ids, predicted: ids.map(() => 'a'), region }), {
        task: { positiveLabel: null },
        columns: { prediction: 'predicted', score: null, segments: ['region'] },
        outcomes: csvFile({ id: ids, y: ids.map((_id, i) => (wrong(i) ? 'b' : 'a')) }),
      }),
    );
    expect(
      report.measurement.segments.map(({ value, nLabelled, weakIn }) => [value, nLabelled, weakIn]),
    ).toEqual([
      ['north', 200, []],
      ['south', 200, []],
      ['west', 200, ['accuracy']],
    ]);
  });
});

describe('what is kept to join outcomes that come later', () => {
  it('can be switched off; then a known log is measured anew when both files come', async () => {
    okValue<'performance.setSettings'>(
      await model.call('performance.setSettings', {
        modelId: model.modelId,
        policy: { keepsJoin: false, lateAfterDays: 30 },
        reason: 'Minimise',
        revision: 0,
      }),
    );
    const { log, outcomes } = scoredLog(100);
    const path = csvFile(log);
    const first = okValue<'performance.importLog'>(await importLog(model, path));
    expect(first.log.joinState).toBe('notKept');
    expect(await importOutcomes(model, csvFile(outcomes))).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_DATA' },
    });
    expect(await importLog(model, path)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    const again = okValue<'performance.importLog'>(
      await importLog(model, path, { outcomes: csvFile(outcomes) }),
    );
    expect(again.log.id).toBe(first.log.id);
    expect(again.measurements.map(({ nLabelled }) => nLabelled)).toEqual([100, 0]);
  });

  it('can be dropped, on record; what was measured stays', async () => {
    const { log, outcomes } = scoredLog(100);
    okValue<'performance.importLog'>(
      await importLog(model, csvFile(log), { outcomes: csvFile(outcomes) }),
    );
    const { modelId } = model;
    const dropped = okValue<'performance.dropJoin'>(
      await model.call('performance.dropJoin', { modelId, reason: 'Retention ended' }),
    );
    expect(dropped).toEqual({ nLogs: 1, nOutcomeFiles: 1 });
    const [window] = await windowsOf(model);
    expect(window).toMatchObject({
      log: { joinState: 'dropped' },
      report: { measurement: { join: { nLabelled: 100 } } },
    });
    const { db } = model.core.context.vault.session()!;
    expect(
      db
        .prepare(
          'SELECT join_blob FROM prediction_log WHERE model_id = :id UNION ALL SELECT join_blob FROM outcome_file WHERE model_id = :id',
        )
        .pluck()
        .all({ id: modelId }),
    ).toEqual([null, null]);
    const check = okValue<'vault.check'>(await model.call('vault.check', {}));
    expect(check.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
  });
});

describe('wrong input', () => {
  const refused = async (path: string, changes: Parameters<typeof importLog>[2] = {}) => {
    const answer = await importLog(model, path, changes);
    return answer.ok ? 'accepted' : `${answer.error.code}: ${answer.error.message}`;
  };

  it('is refused with the file, the row and the column', async () => {
    const path = csvFile({ id: ['a', 'b'], score: [0.2, 1.2] }, 'log.csv');
    expect(await refused(path)).toMatch(
      /^BAD_DATA: log\.csv, row 2, column "score": a probability/,
    );
    const text = csvFile({ id: ['a', 'b'], score: ['0.2', 'high'] }, 'text.csv');
    expect(await refused(text)).toMatch(/^BAD_DATA: text\.csv, row 2, column "score"/);
    expect(await refused(csvFile({ id: ['a'], other: [1] }))).toMatch(/no such column/);
    expect(await refused(csvFile({ id: ['', 'NA'], score: [0.1, 0.2] }))).toMatch(
      /^INSUFFICIENT_DATA: .*2 have no identifier/,
    );
    expect(await refused(csvFile({ id: [], score: [] }))).toMatch(/^BAD_DATA: .*no data rows/);
    expect(
      await refused(csvFile({ id: ['a'], score: [0.1] }), { task: { positiveLabel: null } }),
    ).toMatch(/^INVALID_INPUT: Say which class/);
  });

  it('gives no number where the data cannot carry one', async () => {
    const one = okValue<'performance.importLog'>(
      await importLog(model, csvFile({ id: ['a'], score: [0.9] }), {
        outcomes: csvFile({ id: ['a'], y: ['yes'] }),
      }),
    );
    const auc = one.report.measurement.metrics.find(({ metric }) => metric === 'auc');
    expect(auc).toMatchObject({ value: null, reason: 'Every outcome is of one class.' });
    const none = okValue<'performance.importLog'>(
      await importLog(model, csvFile({ id: ['b', 'c'], score: [0.9, 0.1] }), {
        outcomes: csvFile({ id: ['x', 'y'], y: ['yes', 'no'] }),
      }),
    );
    expect(none.report.measurement.join.nLabelled).toBe(0);
    const odd = okValue<'performance.importLog'>(
      await importLog(model, csvFile({ id: ['d', 'e'], score: [0.9, 0.1] }), {
        outcomes: csvFile({ id: ['d', 'e'], y: ['ja', 'nein'] }),
      }),
    );
    expect(odd.report.measurement.warnings).toEqual([
      'No outcome is the positive class `yes`. The outcomes are `ja`, `nein`.',
    ]);
  });
});
