import * as arrow from 'apache-arrow';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeCanary } from '../../shared/canary/canaryJudge';
import { storeValues, type MetricEvidence } from '../../shared/canary/canaryEvidence';
import { defaultPlan, type CanaryPlan } from '../../shared/canary/canaryPlan';
import { fromUnsorted } from '../../shared/stats/empiricalDistribution';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { writeArrow, writeParquet } from '../io/tableFixtures';
import { importRows, planTrial } from '../support/canary';
import { createTestModel, csvFile, okValue } from '../support/testModel';
import { armRows } from './canaryCases';

const LATENCY: CanaryPlan = { ...defaultPlan('ms', 'continuous', 50), candidateShare: 0.5 };

describe('the rows of an arm', () => {
  it('may be a Parquet file beside an Arrow file', async () => {
    const model = await createTestModel();
    const { canaryId } = await planTrial(model, LATENCY);
    const control = await writeParquet('SELECT i::DOUBLE AS ms FROM range(200) AS r(i)');
    const candidate = writeArrow({
      ms: arrow.vectorFromArray(
        Array.from({ length: 200 }, (_none, i) => i + 1),
        new arrow.Float64(),
      ),
    });
    const { judgement } = okValue<'canary.importLook'>(
      await importRows(model, canaryId, [control, candidate]),
    );
    expect(judgement!.primary).toMatchObject({ control: 99.5, candidate: 100.5, difference: 1 });
  });

  it('have their ends set to the bounds of both arms together where the plan says so', async () => {
    const model = await createTestModel();
    const plan = { ...LATENCY, winsorisedShare: 0.01 };
    const { canaryId } = await planTrial(model, plan);
    const calm = Array.from({ length: 199 }, () => 50);
    const files = [
      csvFile({ ms: [...calm, 1e9], row: [...calm, 1] }),
      csvFile({ ms: [...calm, -1e9], row: [...calm, 2] }),
    ] as const;
    const canary = okValue<'canary.importLook'>(await importRows(model, canaryId, files));
    expect(canary.looks[0]).toMatchObject({
      control: { rows: 200, winsorised: 1 },
      candidate: { rows: 200, winsorised: 1 },
    });
    expect(canary.judgement!.primary).toMatchObject({ control: 50, candidate: 50 });
  });
});

describe('the rank test', () => {
  const rankTest = (control: readonly number[], candidate: readonly number[]) => {
    const arm = (values: readonly number[]) => ({
      ...sampleMoments(values),
      values: storeValues(fromUnsorted(values)),
    });
    const primary: MetricEvidence = {
      kind: 'mean',
      control: arm(control),
      candidate: arm(candidate),
    };
    const look = {
      control: armRows(control.length),
      candidate: armRows(candidate.length),
      primary,
      guardrails: [],
    };
    const { tests } = judgeCanary({ plan: LATENCY, looks: [look], looksBeforePlan: 0 });
    const found = tests.find(({ name }) => name.startsWith('Mann-Whitney'));
    return { statistic: found?.statistic, pValue: found?.pValue };
  };
  const values = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 5, maxLength: 40 });

  it('is left alone when every value is scaled', () =>
    fc.assert(
      fc.property(values, values, fc.integer({ min: 1, max: 64 }), (a, b, factor) => {
        const scaled = (all: readonly number[]) => all.map((value) => value * factor);
        expect(rankTest(scaled(a), scaled(b))).toEqual(rankTest(a, b));
      }),
    ));
});
