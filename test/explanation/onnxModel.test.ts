import { describe, expect, it } from 'vitest';
import { openModel } from '../../electron/explanation/onnxSession';
import { onnxModel, type Model } from '../../scripts/sample/onnxWriter.mjs';
import {
  linearByHand,
  linearModel,
  logisticModel,
  LOGISTIC_SHIFT,
  networkAnswerByHand,
  networkModel,
  onnxFile,
  treeAnswerByHand,
  treeModel,
} from '../support/onnxModels';

const scope = { signal: new AbortController().signal, progress: () => undefined };
const ROWS = [
  [0.1, 0, 25],
  [0.9, 1, 41],
  [0.4, 1, 30],
  [0.5, 0, 31],
] as const;

function open(model: Model | Uint8Array, schemaNames: readonly string[] = []) {
  const ref = { modelPath: onnxFile(model), modelSha256: null, schemaNames };
  return openModel(ref, scope);
}

async function answers(model: Model, name: string, column = 0): Promise<number[]> {
  const opened = await open(model);
  const values = await opened.predict({ name, column }, ROWS.length, (f, row) => ROWS[row]![f]!);
  await opened.close();
  return [...values];
}

function nearly(byHand: readonly number[]) {
  return byHand.map((value) => expect.closeTo(value, 5) as number); // stands for a number in an expectation
}

describe('an ONNX model', () => {
  it('answers as by hand, whatever it is made of', async () => {
    expect(await answers(linearModel(), 'y')).toEqual(nearly(ROWS.map(linearByHand)));
    const logistic = ROWS.map((row) => 1 / (1 + Math.exp(-linearByHand(row) - LOGISTIC_SHIFT)));
    expect(await answers(logisticModel(), 'shares', 1)).toEqual(nearly(logistic));
    expect(await answers(treeModel(), 'y')).toEqual(nearly(ROWS.map(treeAnswerByHand)));
    expect(await answers(networkModel(), 'y')).toEqual(nearly(ROWS.map(networkAnswerByHand)));
  });

  it('says what it takes, what it gives, and which way of explaining it is exact', async () => {
    const shown = [linearModel(), logisticModel(), treeModel(), networkModel()].map(
      async (model) => {
        const { facts, close } = await open(model);
        await close();
        return [
          facts.structure,
          facts.structureOutput,
          facts.outputs,
          facts.features.map(({ name }) => name),
        ];
      },
    );
    const names = ['size', 'red', 'age'];
    expect(await Promise.all(shown)).toEqual([
      ['additive', 'y', ['y'], names],
      ['additiveLogit', 'shares', ['shares'], names],
      ['trees', 'y', ['y'], names],
      ['other', null, ['y'], names],
    ]);
  });

  it('takes the names of a matrix from the version, where the file has none', async () => {
    const { graph } = linearModel();
    const { facts, close } = await open({ graph }, ['a', 'b', 'c']);
    await close();
    expect(facts.features).toEqual([
      { name: 'a', type: 'number' },
      { name: 'b', type: 'number' },
      { name: 'c', type: 'number' },
    ]);
    await expect(open({ graph }, ['a', 'b'])).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining('one matrix of 3 columns without names'),
    });
  });

  it.each([
    ['cut off', () => onnxModel(networkModel()).subarray(0, 300), 'no whole ONNX model'],
    ['something else', () => Buffer.from('\u0080\u0004\u0095pickle'), 'Pickle and other formats'],
    ['empty', () => new Uint8Array(0), 'no whole ONNX model'],
  ])('is refused when it is %s', async (_what, bytes, words) => {
    await expect(open(bytes())).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining(words),
    });
  });

  it.each<[string, (model: Model) => Model, string]>([
    [
      'weights that lie elsewhere',
      (model) => ({
        ...model,
        graph: {
          ...model.graph,
          tensors: [{ name: 'w', dims: [1], externalFile: '../../etc/passwd' }],
        },
      }),
      'lie in another file',
    ],
    ['an old operator set', (model) => ({ ...model, opsets: { '': 6 } }), '7 to 25 are run'],
    [
      'operators of its own',
      (model) => ({
        ...model,
        graph: {
          ...model.graph,
          nodes: [{ op: 'Own', domain: 'com.example', inputs: ['x'], outputs: ['y'] }],
        },
      }),
      'the operator Own of com.example',
    ],
    [
      'a loop',
      (model) => ({
        ...model,
        graph: { ...model.graph, nodes: [{ op: 'Loop', inputs: ['x'], outputs: ['y'] }] },
      }),
      'may never end',
    ],
    [
      'pictures as input',
      (model) => ({
        ...model,
        graph: { ...model.graph, inputs: [{ name: 'x', type: 'float', shape: ['n', 3, 8, 8] }] },
      }),
      '4 dimensions',
    ],
    [
      'an operator that the runtime does not know',
      (model) => ({
        ...model,
        graph: { ...model.graph, nodes: [{ op: 'Nonsense', inputs: ['x'], outputs: ['y'] }] },
      }),
      'the runtime cannot load it',
    ],
  ])('is refused with %s', async (_what, change, words) => {
    await expect(open(change(linearModel()))).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining(words),
    });
  });
});
