import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  colours,
  createTestModel,
  csvFile,
  evenly,
  okValue,
  type TestModel,
} from '../support/testModel';

let model: TestModel;
beforeAll(async () => {
  model = await createTestModel();
});
afterAll(() => model.close());

async function nEvents(): Promise<number> {
  const page = await model.call('audit.listEvents', { offset: 0, limit: 1, text: null });
  return okValue<'audit.listEvents'>(page).nTotal;
}

describe('drift.importBatch', () => {
  it('finds the feature that moved, ranks it first and records one event and one alert', async () => {
    const before = await nEvents();
    const report = okValue<'drift.importBatch'>(
      await model.importBatch(csvFile({ size: evenly(0.5), colour: colours(0.5) }), 'Half a step'),
    );
    expect(
      report.features.map(({ name, verdict, nReference, nLive }) => ({
        name,
        verdict,
        nReference,
        nLive,
      })),
    ).toEqual([
      { name: 'size', verdict: 'drifted', nReference: 512, nLive: 512 },
      { name: 'colour', verdict: 'stable', nReference: 512, nLive: 512 },
    ]);
    expect(report.features[0]!.ks!.d).toBe(0.5);
    expect(report.summary).toMatchObject({ nDrifted: 1, topFeature: 'size', isDatasetDrift: true });
    expect(await nEvents()).toBe(before + 1);
    const alerts = okValue<'incident.listAlerts'>(
      await model.call('incident.listAlerts', { modelId: model.modelId }),
    );
    expect(alerts[0]).toMatchObject({
      versionId: model.versionId,
      rule: 'drift',
      severity: 'critical',
      state: 'new',
      occurrences: [{ source: { kind: 'drift', reportId: report.id }, label: 'Half a step' }],
    });
  });

  it('can be read again, feature by feature, exactly as it was answered', async () => {
    const report = okValue<'drift.importBatch'>(
      await model.importBatch(csvFile({ size: evenly(0), colour: colours(0.9) })),
    );
    const stored = await model.call('drift.getReport', { reportId: report.id });
    expect(okValue<'drift.getReport'>(stored)).toEqual(report);
    const one = await model.call('drift.getFeature', { reportId: report.id, name: 'colour' });
    expect(okValue<'drift.getFeature'>(one).feature).toEqual(
      report.features.find(({ name }) => name === 'colour'),
    );
  });

  it('measures the same file as no drift at all', async () => {
    const report = okValue<'drift.importBatch'>(
      await model.importBatch(csvFile({ size: evenly(0), colour: colours(0.5) })),
    );
    expect(report.features.map(({ primaryValue, verdict }) => ({ primaryValue, verdict }))).toEqual(
      [
        { primaryValue: 0, verdict: 'stable' },
        { primaryValue: 0, verdict: 'stable' },
      ],
    );
  });

  it('says which columns are missing, new or of another type, and assesses the rest', async () => {
    const report = okValue<'drift.importBatch'>(
      await model.importBatch(csvFile({ size: colours(0.5), extra: evenly(0) })),
    );
    expect(report.match).toMatchObject({
      missing: ['colour'],
      added: ['extra'],
      changedType: [{ name: 'size' }],
    });
    expect(report.features.map(({ verdict }) => verdict)).toEqual(['notAssessed', 'notAssessed']);
    expect(report.features.map(({ reason }) => reason).join(' ')).toMatch(
      /type changed.*no such column|no such column.*type changed/iu,
    );
  });

  it('does not assess a single row and says so', async () => {
    const report = okValue<'drift.importBatch'>(
      await model.importBatch(csvFile({ size: [0.5], colour: ['red'] })),
    );
    expect(report.features.map(({ verdict }) => verdict)).toEqual(['notAssessed', 'notAssessed']);
    expect(report.features[0]!.reason).toContain('at least 30');
  });

  it('reports NaN and infinities apart and computes on the finite values', async () => {
    const size = [
      ...evenly(0),
      ...Array<string>(100).fill('NaN'),
      ...Array<string>(50).fill('inf'),
    ];
    const report = okValue<'drift.importBatch'>(
      await model.importBatch(csvFile({ size, colour: colours(0.5, 662) })),
    );
    expect(report.features.find(({ name }) => name === 'size')).toMatchObject({
      nLive: 512,
      nInfiniteLive: 50,
      missingLive: 100 / 662,
      ks: { d: 0 },
    });
  });

  it('reports an all-missing live column as not assessed, with the change of the missing share', async () => {
    const report = okValue<'drift.importBatch'>(
      await model.importBatch(csvFile({ size: Array<string>(512).fill(''), colour: colours(0.5) })),
    );
    expect(report.features.find(({ name }) => name === 'size')).toMatchObject({
      verdict: 'notAssessed',
      missingLive: 1,
      missingChange: { difference: 1 },
    });
  });

  it('refuses a batch without a common column and records nothing', async () => {
    const before = await nEvents();
    const result = await model.importBatch(csvFile({ other: evenly(0) }, 'unrelated.csv'));
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_DATA', details: { file: 'unrelated.csv' } },
    });
    expect(await nEvents()).toBe(before);
  });

  it('refuses a file that changed after it was looked at', async () => {
    const path = csvFile({ size: evenly(0), colour: colours(0.5) }, 'moving.csv');
    const { versionId } = model;
    const batch = okValue<'drift.inspectBatch'>(
      await model.call('drift.inspectBatch', { versionId, source: { token: model.token(path) } }),
    );
    writeFileSync(path, 'size,colour\n1,red\n');
    const input = {
      versionId,
      stageId: batch.stageId,
      label: 'x',
      periodStart: null,
      periodEnd: null,
    };
    expect(await model.call('drift.importBatch', input)).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining('has changed') },
    });
  });

  it('records nothing when the person cancels', async () => {
    const before = await nEvents();
    const { versionId } = model;
    const path = csvFile({ size: evenly(0), colour: colours(0.5) });
    const batch = okValue<'drift.inspectBatch'>(
      await model.call('drift.inspectBatch', { versionId, source: { token: model.token(path) } }),
    );
    const controller = new AbortController();
    const running = model.call(
      'drift.importBatch',
      { versionId, stageId: batch.stageId, label: 'x', periodStart: null, periodEnd: null },
      { signal: controller.signal, progress: () => {} },
    );
    controller.abort();
    expect(await running).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(await nEvents()).toBe(before);
  });

  it('never repeats a value of a row in an error', async () => {
    const secret = 'Erika Mustermann';
    const size = [...evenly(0, 100), `${secret},surplus cell`, ...evenly(0, 100)];
    const result = await model.importBatch(
      csvFile({ size, colour: colours(0.5, 201) }, 'ragged.csv'),
    );
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', details: { file: 'ragged.csv', row: 101 } },
    });
    expect(JSON.stringify(result) + model.logged.join('')).not.toContain('Mustermann');
  });
});

describe('drift.latestReports', () => {
  it('answers the newest report of each model that has one', async () => {
    const { batches } = okValue<'drift.history'>(
      await model.call('drift.history', { modelId: model.modelId }),
    );
    expect(batches.length).toBeGreaterThan(1);
    const modelIds = [randomUUID(), model.modelId];
    expect(await model.call('drift.latestReports', { modelIds })).toEqual({
      ok: true,
      value: [batches.at(-1)],
    });
  });
});

describe('drift.history', () => {
  it('has one cell per feature and batch, oldest batch first', async () => {
    const history = okValue<'drift.history'>(
      await model.call('drift.history', { modelId: model.modelId }),
    );
    expect(history.batches[0]!.label).toBe('Half a step');
    expect(
      Object.fromEntries(history.features.map(({ name, cells }) => [name, cells.length])),
    ).toEqual({
      colour: history.batches.length,
      size: history.batches.length,
    });
    expect(history.features.find(({ name }) => name === 'size')!.cells[0]).toEqual({
      verdict: 'drifted',
      primary: 'ks',
      value: 0.5,
      threshold: 0.1,
      chanceLimit: 0.0859375,
    });
  });
});

describe('drift.setPolicy', () => {
  it('judges later batches by the new policy and keeps it on record with its reason', async () => {
    const { modelId } = model;
    const current = okValue<'drift.getPolicy'>(await model.call('drift.getPolicy', { modelId }));
    const policy = { ...current.policy, threshold: 0.6 };
    const change = {
      modelId,
      policy,
      reason: 'Seasonal swing is normal',
      revision: current.revision,
    };
    const saved = okValue<'drift.setPolicy'>(await model.call('drift.setPolicy', change));
    expect(saved).toMatchObject({ revision: 1, policy, reason: 'Seasonal swing is normal' });
    const report = await model.importDrifted();
    expect(report).toMatchObject({ policyRevision: 1, summary: { nDrifted: 0 } });
    expect(await model.call('drift.setPolicy', change)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
  });
});
