import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letterText } from '../../shared/explanation/letterText';
import type { OutcomeWish } from '../../shared/explanation/modelCase';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { computeExplanation } from '../support/computedExplanations';
import { LETTER_DRAFT, openRequest } from '../support/explanationRequests';
import { LINEAR, linearModel, logisticModel, modelRows } from '../support/onnxModels';
import { importShap, linearShap } from '../support/shap';
import { createTestModel, csvFile, okValue, type TestModel } from '../support/testModel';

/** By hand: size 0.4, red 1, age 46, so 0.5 + 0.8 - 1.5 + 11.5 = 11.3. */
const CASE = 'k-8';

let model: TestModel;
let stageId: string;
beforeAll(async () => {
  model = await createTestModel();
  const choices = { nCases: 40, nBackground: 40 };
  ({ casesStageId: stageId } = await computeExplanation(model, linearModel(), choices));
});
afterAll(() => model.close());

function tryInputs(changes: { feature: string; value: number | string }[]) {
  return model.call('explanation.tryInputs', { stageId, caseId: CASE, changes });
}

async function otherOutcome(wish: OutcomeWish) {
  return okValue<'explanation.findOtherOutcome'>(
    await model.call('explanation.findOtherOutcome', { stageId, caseId: CASE, wish }),
  );
}

describe('a case of a linear model', () => {
  it('is shown with its inputs, what is usual, and the line that the model is', async () => {
    const { inputs, surrogate, errors } = okValue<'explanation.readCaseInputs'>(
      await model.call('explanation.readCaseInputs', { stageId, caseId: CASE }),
    );
    expect(inputs.map(({ feature, value }) => [feature, value])).toEqual([
      ['size', 0.4],
      ['red', 1],
      ['age', 46],
    ]);
    const [low, high] = inputs[2]!.usual!;
    expect([20 < low, low < high, high < 49]).toEqual([true, true, true]);
    const rows = modelRows();
    const sdOf = (values: readonly (string | number)[]) =>
      Math.sqrt(sampleMoments(values.map(Number)).variance);
    const expected = [rows.size, rows.red, rows.age].map(
      (values, i) => LINEAR.weights[i]! * sdOf(values),
    );
    const byName = new Map(surrogate.weights.map(({ feature, weight }) => [feature, weight]));
    // The penalty of the ridge takes about 1 % of each weight.
    for (const [i, name] of ['size', 'red', 'age'].entries())
      expect(byName.get(name)! / expected[i]!).toBeCloseTo(0.99, 1);
    expect(surrogate.r2).toBeGreaterThan(0.999);
    expect(surrogate.weights[0]!.feature).toBe('age');
    expect(errors).toBeNull();
  });

  it('answers what if', async () => {
    const answer = okValue<'explanation.tryInputs'>(
      await tryInputs([
        { feature: 'size', value: 1.4 },
        { feature: 'red', value: 0 },
      ]),
    );
    expect(answer).toEqual({
      before: expect.closeTo(11.3, 5),
      after: expect.closeTo(11.3 + 2 + 1.5, 5),
    });
  });

  it('refuses an input that the model does not have, or a text for a number', async () => {
    for (const change of [
      { feature: 'income', value: 1 },
      { feature: 'size', value: 'large' },
    ])
      expect(await tryInputs([change])).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  it('would have been on the other side with the smallest change, which is as by hand', async () => {
    const { found, isAbove, prediction } = await otherOutcome({ threshold: 9, fixed: [] });
    expect({ isAbove, prediction }).toEqual({
      isAbove: false,
      prediction: expect.closeTo(11.3, 5),
    });
    // 0.25 a year: 2.3 below 11.3 takes more than 9.2 years, and years are whole.
    expect(found).toEqual([
      {
        changes: [{ feature: 'age', from: 46, to: 36, isBound: true }],
        prediction: expect.closeTo(8.8, 5),
      },
    ]);
  });

  it('lists the nearest of several changes first, and leaves alone what may not change', async () => {
    const wish = { threshold: 11, fixed: [] };
    const both = await otherOutcome(wish);
    expect(
      both.found.map(({ changes }) => changes.map(({ feature, to }) => [feature, to])),
    ).toEqual([[['age', 44]], [['size', expect.closeTo(0.25, 2)]]]);
    const { found } = await otherOutcome({ ...wish, fixed: ['age'] });
    expect(found.map(({ changes }) => changes.map(({ feature }) => feature))).toEqual([['size']]);
  });

  it('says that nothing was found where no usual change leads there', async () => {
    expect((await otherOutcome({ threshold: 9, fixed: ['age'] })).found).toEqual([]);
    expect((await otherOutcome({ threshold: 1000, fixed: [] })).found).toEqual([]);
  });
});

it('asks no model where the explanation was imported', async () => {
  const path = csvFile(linearShap(), 'shap.csv');
  const { id: explanationId } = okValue<'explanation.importShap'>(await importShap(model, path));
  const source = { token: model.token(path) };
  const opened = okValue<'explanation.openCases'>(
    await model.call('explanation.openCases', { explanationId, source }),
  );
  const asked = { stageId: opened.stageId, caseId: 'c-4' };
  expect(await model.call('explanation.readCaseInputs', asked)).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND', message: expect.stringContaining('no model to ask') },
  });
});

describe('a letter about a computed case', () => {
  async function letter(wish: OutcomeWish | undefined, draft = LETTER_DRAFT) {
    const { casesStageId } = await computeExplanation(model, logisticModel(), {
      nCases: 40,
      nBackground: 40,
    });
    const request = await openRequest(model, `CASE-${(nRequests += 1)}`);
    const { newest } = okValue<'explanation.writeLetter'>(
      await model.call('explanation.writeLetter', {
        requestId: request.id,
        revision: request.revision,
        source: { stageId: casesStageId, caseId: CASE, output: null, ...(wish && { wish }) },
        draft,
      }),
    );
    return newest!.content!;
  }
  let nRequests = 0;
  const other = (content: Awaited<ReturnType<typeof letter>>, isRedacted: boolean) =>
    letterText(content, isRedacted)[3]!.paragraphs;

  it('claims no change that nobody looked for', async () => {
    expect(other(await letter(undefined), false)[0]).toContain('does not claim one');
  });

  it('says what would have led to another result, as the model answered', async () => {
    const content = await letter({ threshold: 0.5, fixed: ['red'] });
    // The line is 11.3 - 9 = 2.3 in log-odds: below 0 takes 9.2 years less.
    expect(other(content, false)).toEqual([
      'Another result begins below 50.0 %. Each of the following changes alone leads there. The model was run with it, all other facts as they are.',
      'Had `age` been 36 or less instead of 46, the result would have been 45.0 %.',
      'Left as they are in all of this: red. The changes say how the model answers, not what is possible or advisable for you.',
    ]);
  });

  it('withholds a change of what a redacted copy leaves out', async () => {
    const content = await letter(
      { threshold: 0.5, fixed: [] },
      { ...LETTER_DRAFT, hiddenFeatures: ['age'] },
    );
    const copy = other(content, true).join('\n');
    expect(copy).not.toContain('age');
    expect(copy).toContain('1 of 1 changes: [withheld]');
  });
});
