import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../shared/explanation/channels';
import type { ComputeSettings } from '../../shared/explanation/computed';
import { importanceSentence } from '../../shared/explanation/explanationWords';
import { methodSentence, permutationSentence } from '../../shared/explanation/modelWords';
import { createTestModel, csvFile, okValue, type TestModel } from '../support/testModel';
import { computeExplanation, stageModelData } from '../support/computedExplanations';
import {
  LINEAR,
  linearModel,
  logisticModel,
  modelRows,
  networkAnswerByHand,
  networkModel,
  onnxFile,
  treeModel,
} from '../support/onnxModels';

let model: TestModel;
beforeAll(async () => {
  model = await createTestModel();
});
afterAll(() => model.close());

function byName({ aggregates }: Explanation): Record<string, number> {
  const { features } = aggregates.outputs[0]!;
  return Object.fromEntries(features.map(({ name, meanAbsolute }) => [name, meanAbsolute]));
}

async function oneCase(stageId: string, caseId: string) {
  const input = { stageId, caseId, output: null };
  return okValue<'explanation.explainCase'>(await model.call('explanation.explainCase', input));
}

/** Everybody is explained against everybody, so that no draw matters. */
const ALL = { nCases: 40, nBackground: 40 } as const;

describe('an explanation computed from a linear model', () => {
  it('is weight times distance from the mean, as by hand', async () => {
    const { explanation, casesStageId } = await computeExplanation(model, linearModel(), ALL);
    const rows = modelRows();
    const mean = (values: readonly (string | number)[]) =>
      values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length;
    const spread = (values: readonly (string | number)[]) =>
      mean(values.map((value) => Math.abs(Number(value) - mean(values))));
    const [size, red, age] = LINEAR.weights;
    expect(byName(explanation)).toEqual({
      age: expect.closeTo(age * spread(rows.age), 4),
      size: expect.closeTo(size * spread(rows.size), 4),
      red: expect.closeTo(-red * spread(rows.red), 4),
    });
    const found = await oneCase(casesStageId, 'k-8');
    expect(found.isAdditive).toBe(true);
    const shapOf = new Map(found.contributions.map(({ feature, shap }) => [feature, shap]));
    expect(Object.fromEntries(shapOf)).toEqual({
      size: expect.closeTo(size * (Number(rows.size[8]) - mean(rows.size)), 4),
      red: expect.closeTo(red * (1 - mean(rows.red)), 4),
      age: expect.closeTo(age * (Number(rows.age[8]) - mean(rows.age)), 4),
    });
  });

  it('says how it was computed, by which files and which seed', async () => {
    const { explanation } = await computeExplanation(model, linearModel(), { ...ALL, seed: 7 });
    const computed = explanation.aggregates.computed!;
    expect(computed).toMatchObject({
      runtime: expect.stringMatching(/^onnxruntime-web \d/),
      isArtefact: null,
      method: 'additive',
      nRows: 40,
      nIncomplete: 0,
      nBackground: 40,
      largestError: null,
      nCoalitions: null,
      settings: { seed: 7, idColumn: 'case_id', target: { column: 'label', positive: 'yes' } },
    });
    expect(methodSentence(computed)).toBe(
      'Exact: the model is a sum of one part per feature, against 40 background cases (seed 7).',
    );
    expect(explanation.method).toBe('additive');
    expect(importanceSentence(explanation.aggregates.outputs[0]!)).toContain('in every case');
    expect(JSON.stringify(explanation.aggregates)).not.toContain('k-8');
  });

  it('tells which feature the model needs to predict the outcome', async () => {
    const { explanation } = await computeExplanation(model, linearModel(), {
      ...ALL,
      nRepeats: 20,
    });
    const { permutation } = explanation.aggregates.computed!;
    expect(permutation).toMatchObject({ metric: 'auc', nRows: 40, nRepeats: 20 });
    expect(permutation!.features[0]!.name).toBe('age');
    expect(permutation!.features[0]!.meanDrop).toBeGreaterThan(
      3 * permutation!.features.at(-1)!.meanDrop,
    );
    expect(permutationSentence(permutation)).toContain('Without `age` the model predicts worst');
  });
});

describe('an explanation of another model', () => {
  it('adds up in log-odds for a logistic one', async () => {
    const { explanation, casesStageId } = await computeExplanation(model, logisticModel(), ALL);
    const { settings, method } = explanation.aggregates.computed!;
    expect([settings.output, settings.space, method]).toEqual([
      { name: 'shares', column: 1 },
      'logit',
      'additive',
    ]);
    expect(explanation.aggregates.outputs[0]!.additivity.nFailed).toBe(0);
    expect((await oneCase(casesStageId, 'k-3')).isAdditive).toBe(true);
  });

  it('is read from trees, and is what every coalition gives', async () => {
    const trees = await computeExplanation(model, treeModel(), ALL);
    // As log-odds have no meaning here, the other way to have no structure is a model of the same answers.
    expect(trees.explanation.aggregates.computed!.method).toBe('trees');
    expect(trees.explanation.aggregates.outputs[0]!.additivity.nFailed).toBe(0);
    const second = await computeExplanation(
      model,
      { ...treeModel(), graph: { ...treeModel().graph, nodes: withZero(treeModel()) } },
      ALL,
    );
    expect(second.explanation.aggregates.computed!.method).toBe('enumerated');
    const exact = byName(second.explanation);
    for (const [name, value] of Object.entries(byName(trees.explanation)))
      expect(value).toBeCloseTo(exact[name]!, 5);
  });

  it('looks at every coalition of a small network, as by hand', async () => {
    const { explanation, casesStageId } = await computeExplanation(model, networkModel(), ALL);
    expect(explanation.aggregates.computed!.method).toBe('enumerated');
    const rows = modelRows();
    const all = rows.size.map((_size, i) =>
      [rows.size, rows.red, rows.age].map((c) => Number(c[i])),
    );
    const own = all[5]!;
    const worth = (has: readonly boolean[]) =>
      all.reduce(
        (sum, base) =>
          sum + networkAnswerByHand(base.map((value, f) => (has[f]! ? own[f]! : value))),
        0,
      ) / all.length;
    // Three players: a third for going first or last, a sixth for each place in the middle.
    const byHand = [0, 1, 2].map((f) => {
      const [g, h] = [0, 1, 2].filter((other) => other !== f);
      const gain = (others: readonly number[]) => {
        const has = [0, 1, 2].map((one) => others.includes(one));
        return worth(has.map((one, i) => one || i === f)) - worth(has);
      };
      return gain([]) / 3 + gain([g!]) / 6 + gain([h!]) / 6 + gain([g!, h!]) / 3;
    });
    const { contributions } = await oneCase(casesStageId, 'k-5');
    const shapOf = new Map(contributions.map(({ feature, shap }) => [feature, shap]));
    expect(['size', 'red', 'age'].map((name) => shapOf.get(name))).toEqual(
      byHand.map((value) => expect.closeTo(value, 5)),
    );
  });

  it('gives the same figures for the same seed, and others for another', async () => {
    const few: Partial<ComputeSettings> = { nCases: 15, nBackground: 10, seed: 3 };
    const [one, again, other] = [
      await computeExplanation(model, networkModel(), few),
      await computeExplanation(model, networkModel(), few),
      await computeExplanation(model, networkModel(), { ...few, seed: 4 }),
    ];
    expect(again.explanation.aggregates).toEqual(one.explanation.aggregates);
    expect(byName(other.explanation)).not.toEqual(byName(one.explanation));
  });
});

/** The nodes with a zero added that changes no answer, but hides that the model is nothing but trees. */
function withZero({ graph: { nodes } }: ReturnType<typeof treeModel>) {
  return [
    { ...nodes[0]!, outputs: ['answer'] },
    { op: 'Add', inputs: ['answer', 'answer'], outputs: ['twice'] },
    { op: 'Sub', inputs: ['twice', 'answer'], outputs: ['y'] },
  ];
}

describe('before a model is run', () => {
  it('its inputs are looked for in the file and in the version', async () => {
    const rows = modelRows();
    const { age: _without, ...others } = rows;
    const answer = await stageModelData(model, linearModel(), csvFile(others));
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining('the model takes `age`') },
    });
  });

  it('rows without a value are left out and counted; too few of them are no sample', async () => {
    const rows = modelRows();
    rows.size[3] = '';
    const { explanation } = await computeExplanation(model, linearModel(), ALL, rows);
    expect(explanation.aggregates.computed).toMatchObject({ nRows: 40, nIncomplete: 1 });
    rows.size = rows.size.map((value, i) => (i < 9 ? value : ''));
    const staged = okValue<'explanation.inspectModelData'>(
      await stageModelData(model, linearModel(), csvFile(rows)),
    );
    const { stageId, proposed } = staged;
    expect(await model.call('explanation.compute', { stageId, settings: proposed })).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_DATA' },
    });
  });

  it('a file that changed since is refused, and nothing is on record', async () => {
    const { versionId, token, call } = model;
    const path = onnxFile(linearModel());
    const { stageId } = okValue<'explanation.inspectModel'>(
      await call('explanation.inspectModel', { versionId, source: { token: token(path) } }),
    );
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, 'changed');
    const source = { token: token(csvFile(modelRows())) };
    expect(await call('explanation.inspectModelData', { stageId, source })).toMatchObject({
      ok: false,
      error: { code: 'BAD_DATA', message: expect.stringContaining('has changed') },
    });
  });
});
