import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../shared/explanation/channels';
import { importanceSentence } from '../../shared/explanation/explanationWords';
import { createTestModel, csvFile, okValue, type TestModel } from '../support/testModel';
import { importShap, linearShap } from '../support/shap';

let model: TestModel;
let path: string;
/** Of the file at `path`. */
let explanation: Explanation;
beforeAll(async () => {
  model = await createTestModel();
  path = csvFile(linearShap(), 'shap.csv');
  explanation = okValue<'explanation.importShap'>(await importShap(model, path));
});
afterAll(() => model.close());

describe('importing SHAP values', () => {
  it('keeps means that agree with the weights of a linear model, and no case', () => {
    const [output] = explanation.aggregates.outputs;
    // Of 0, 1/40, ..., 39/40 the mean distance from 39/80 is 1/4: 40 / 4 steps of 1/40.
    // A quarter is red: |red - 1/4| is 3/4 once and 1/4 three times, so 3/8 on average.
    expect(
      output!.features.map(({ name, meanAbsolute, meanSigned }) => [
        name,
        meanAbsolute.toFixed(12),
        Math.abs(meanSigned).toFixed(12),
      ]),
    ).toEqual([
      ['colour', (1.5 * 0.375).toFixed(12), '0.000000000000'],
      ['size', (2 * 0.25).toFixed(12), '0.000000000000'],
    ]);
    expect(output!.additivity).toEqual({
      space: 'identity',
      isSpaceFound: true,
      tolerance: { absolute: 1e-5, relative: 1e-4 },
      nCases: 40,
      nFailed: 0,
      failedRows: [],
      largestGap: expect.closeTo(0, 12),
    });
    expect(JSON.stringify(explanation.aggregates)).not.toContain('c-7');
    expect(importanceSentence(output!)).toContain(
      '`colour` moves the prediction most of 2 features: by 0.563 on average',
    );
  });

  it('shows how a feature acts in groups of ten cases or more', () => {
    const [colour, size] = explanation.aggregates.outputs[0]!.features;
    expect(colour!.dependence).toEqual({
      kind: 'categorical',
      bins: [
        {
          label: 'blue',
          low: null,
          high: null,
          at: null,
          n: 30,
          meanShap: expect.closeTo(0.375, 12),
          sd: expect.closeTo(0, 12),
        },
        {
          label: 'red',
          low: null,
          high: null,
          at: null,
          n: 10,
          meanShap: expect.closeTo(-1.125, 12),
          sd: expect.closeTo(0, 12),
        },
      ],
      nSmallGroups: 0,
      nSmallCases: 0,
      nMissing: 0,
    });
    // Four bins of ten at the quartiles of 0 to 39 fortieths; the mean of the first ten is 4.5 / 40.
    expect(size!.dependence!.bins.map(({ low, high, n }) => [low, high, n])).toEqual([
      [null, 9.75 / 40, 10],
      [9.75 / 40, 19.5 / 40, 10],
      [19.5 / 40, 29.25 / 40, 10],
      [29.25 / 40, null, 10],
    ]);
    expect(size!.dependence!.bins[0]).toMatchObject({
      at: expect.closeTo(4.5 / 40, 12),
      meanShap: expect.closeTo((2 * (4.5 - 19.5)) / 40, 12),
    });
  });

  it('counts the cases that do not add up and names their rows, not their values', async () => {
    const columns = linearShap();
    columns['prediction']![2] = 977.125;
    columns['prediction']![30] = 978.125;
    const { aggregates } = okValue<'explanation.importShap'>(
      await importShap(model, csvFile(columns)),
    );
    const { additivity } = aggregates.outputs[0]!;
    expect(additivity).toMatchObject({ nFailed: 2, failedRows: [3, 31] });
    expect(importanceSentence(aggregates.outputs[0]!)).toContain('In 2 of 40 cases (5.0 %)');
    expect(model.logged.join('')).not.toContain('977.125');
  });

  it('finds out that contributions add up in log-odds, unless it is told otherwise', async () => {
    const columns = linearShap();
    columns['prediction'] = columns['prediction']!.map(
      (score) => 1 / (1 + Math.exp(-Number(score))),
    );
    const found = okValue<'explanation.importShap'>(await importShap(model, csvFile(columns)));
    expect(found.aggregates.outputs[0]!.additivity).toMatchObject({
      space: 'logit',
      isSpaceFound: true,
      nFailed: 0,
    });
    columns['case_id']![0] = 'another';
    const told = okValue<'explanation.importShap'>(
      await importShap(model, csvFile(columns), 'identity'),
    );
    expect(told.aggregates.outputs[0]!.additivity).toMatchObject({
      space: 'identity',
      isSpaceFound: false,
      nFailed: 40,
    });
  });

  it('takes several outputs, each with its own base value and prediction', async () => {
    const { case_id, base_value, prediction, size__shap, colour__shap, size__value } = linearShap();
    const columns = {
      case_id: case_id!,
      base_value__yes: base_value!,
      prediction__yes: prediction!,
      size__shap__yes: size__shap!,
      colour__shap__yes: colour__shap!,
      base_value__no: base_value!.map((value) => -Number(value)),
      prediction__no: prediction!.map((value) => -Number(value)),
      size__shap__no: size__shap!.map((value) => -Number(value)),
      colour__shap__no: colour__shap!.map((value) => -Number(value)),
      size__value: size__value!,
    };
    const { aggregates } = okValue<'explanation.importShap'>(
      await importShap(model, csvFile(columns)),
    );
    expect(
      aggregates.outputs.map(({ name, additivity, features }) => [
        name,
        additivity.nFailed,
        features.map(({ name: feature, dependence }) => [feature, dependence !== null]),
      ]),
    ).toEqual([
      [
        'yes',
        0,
        [
          ['colour', false],
          ['size', true],
        ],
      ],
      [
        'no',
        0,
        [
          ['colour', false],
          ['size', true],
        ],
      ],
    ]);
  });

  it('refuses the same file twice, too few cases, and files of another form', async () => {
    expect(await importShap(model, path)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(await importShap(model, csvFile(linearShap(9)))).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_DATA', details: { n: 9, required: 10 } },
    });
    const gap = linearShap();
    gap['size__shap']![4] = '';
    expect(await importShap(model, csvFile(gap, 'gap.csv'))).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', details: { file: 'gap.csv', row: 5, column: 'size__shap' } },
    });
    const { base_value: _left, ...rest } = linearShap();
    const other = await model.call('explanation.inspectShap', {
      versionId: model.versionId,
      source: { token: model.token(csvFile(rest)) },
    });
    expect(other).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining('`base_value` is needed') },
    });
    const { modelId } = model;
    const heads = okValue<'explanation.list'>(await model.call('explanation.list', { modelId }));
    expect(heads.filter(({ file }) => file.fileName === 'shap.csv')).toEqual([
      expect.objectContaining({ id: explanation.id, nCases: 40, nFailed: 0 }),
    ]);
  });
});

describe('one case of an explanation', () => {
  async function opened(file: string, explanationId: string) {
    const source = { token: model.token(file) };
    const call = await model.call('explanation.openCases', {
      explanationId,
      source,
    });
    return okValue<'explanation.openCases'>(call).stageId;
  }

  it('is read from the file with its values, the largest contribution first', async () => {
    const stageId = await opened(path, explanation.id);
    const read = await model.call('explanation.explainCase', {
      stageId,
      caseId: 'c-4',
      output: null,
    });
    expect(okValue<'explanation.explainCase'>(read)).toEqual({
      output: null,
      space: 'identity',
      base: expect.closeTo(3 + 39 / 40 - 0.375, 12),
      prediction: expect.closeTo(3 + 8 / 40 - 1.5, 12),
      explained: expect.closeTo(1.7, 12),
      isAdditive: true,
      contributions: [
        { feature: 'colour', shap: expect.closeTo(-1.125, 12), value: 'red' },
        { feature: 'size', shap: expect.closeTo((2 * (4 - 19.5)) / 40, 12), value: '0.1' },
      ],
    });
  });

  it('is refused when nobody or two have the identifier, which no message repeats', async () => {
    const columns = linearShap();
    columns['case_id']![9] = 'c-4';
    const file = csvFile(columns, 'twice.csv');
    const { id } = okValue<'explanation.importShap'>(await importShap(model, file));
    const stageId = await opened(file, id);
    const absent = await model.call('explanation.explainCase', {
      stageId,
      caseId: 'Ms. X',
      output: null,
    });
    expect(absent).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(JSON.stringify(absent)).not.toContain('Ms. X');
    const twice = await model.call('explanation.explainCase', {
      stageId,
      caseId: 'c-4',
      output: null,
    });
    expect(twice).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', details: { row: 10, column: 'case_id' } },
    });
  });

  it('is not looked for in another file', async () => {
    const { id: explanationId } = explanation;
    const source = { token: model.token(csvFile(linearShap(50))) };
    const answer = await model.call('explanation.openCases', { explanationId, source });
    expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_DATA' } });
  });
});
