import { toSpace } from '../../shared/explanation/additivity';
import type { ComputeSettings, ShapMethod } from '../../shared/explanation/computed';
import type { OnnxFacts } from '../../shared/explanation/onnxModel';
import { kernelShap, sampleCoalitions } from '../../shared/stats/kernelShap';
import { meanMoments } from '../../shared/stats/meanInterval';
import { shapleyValues } from '../../shared/stats/shapleyValues';
import { addTreeShapley, type DecisionTree } from '../../shared/stats/treeShapley';
import { badData } from '../io/badData';
import type { ModelRows } from './modelRows';
import type { OpenModel } from './onnxSession';

/** Up to so many features every coalition is looked at. */
const MOST_ENUMERATED = 10;
const FEWEST_PAIRS = 128;
const PAIRS_PER_FEATURE = 4;

/** What is explained, against which background. */
export interface Game {
  readonly model: OpenModel;
  readonly rows: ModelRows;
  readonly settings: Pick<ComputeSettings, 'output' | 'space' | 'seed'>;
  readonly method: ShapMethod;
  /** Rows of the file that stand for a feature that is left out. */
  readonly background: Uint32Array;
  /** Mean of the prediction over the background, in the explained space. */
  readonly base: number;
  readonly nCoalitions: number | null;
  /** Contributions of a row of the file, shape (features); errors are null where they are exact. */
  explain(row: number): Promise<{ values: Float64Array; errors: Float64Array | null }>;
}

type GameFacts = Pick<Game, 'model' | 'rows' | 'settings' | 'background'>;

/** The way that is exact where the file allows one. */
export function shapMethod(
  { structure, structureOutput, features }: OnnxFacts,
  { output, space }: Pick<ComputeSettings, 'output' | 'space'>,
): ShapMethod {
  const isLogit = structure === 'additiveLogit' || structure === 'treesLogit';
  if (structureOutput === output.name && isLogit === (space === 'logit')) {
    if (structure === 'trees' || structure === 'treesLogit') return 'trees';
    if (structure === 'additive' || structure === 'additiveLogit') return 'additive';
  }
  return features.length <= MOST_ENUMERATED ? 'enumerated' : 'sampled';
}

/**
 * Makes predictions a game whose players are the features: a coalition is worth the mean prediction, in the explained
 * space, of the case with every feature outside of the coalition taken from a row of the background.
 *
 * @throws AppFailure BAD_DATA where a prediction has no finite value in the explained space, CANCELLED
 * @source Lundberg & Lee, NeurIPS 30 (2017); interventional: Janzing, Minorics & Bloebaum, AISTATS (2020)
 */
export async function openGame(facts: GameFacts): Promise<Game> {
  const { model, settings, background } = facts;
  const worths = await worthsOf(facts, background.length, (_feature, i) => background[i]!);
  const base = meanMoments(worths)!.mean;
  const method = shapMethod(model.facts, settings);
  const n = model.facts.features.length;
  const nPairs = Math.max(FEWEST_PAIRS, PAIRS_PER_FEATURE * n);
  const masks = method === 'sampled' ? sampleCoalitions(n, nPairs, settings.seed) : null;
  const trees = method === 'trees' ? model.trees!.treesOf(settings.output.column) : [];
  const explain: Game['explain'] = async (row) => {
    if (method === 'additive') return { values: await additive(facts, base, row), errors: null };
    if (method === 'trees') return { values: ofTrees(facts, trees, row), errors: null };
    if (masks === null) return { values: await enumerated(facts, row), errors: null };
    const { values, standardErrors } = await sampled(facts, { base, masks }, row);
    return { values, errors: standardErrors };
  };
  return { ...facts, method, base, nCoalitions: masks === null ? null : 2 * nPairs, explain };
}

/** Predictions in the explained space; `rowOf` says which row of the file a feature is taken from. */
async function worthsOf(
  { model, rows, settings }: GameFacts,
  n: number,
  rowOf: (feature: number, i: number) => number,
): Promise<Float64Array> {
  const { output, space } = settings;
  const values = await model.predict(output, n, (f, i) => rows.cell(f, rowOf(f, i)));
  return inSpace(model, values, space);
}

/**
 * Predictions in the explained space.
 *
 * @throws AppFailure BAD_DATA where one has no finite value there
 */
export function inSpace(
  model: OpenModel,
  values: Float64Array,
  space: ComputeSettings['space'],
): Float64Array {
  const inside = values.map((value) => toSpace(value, space));
  if (inside.every(Number.isFinite)) return inside;
  throw badData(
    model.facts.file.fileName,
    'some predictions are no probability between 0 and 1, so they have no log-odds. Explain the prediction itself.',
  );
}

/** Each feature alone: enough where features do not act on each other. */
async function additive(game: GameFacts, base: number, row: number): Promise<Float64Array> {
  const { background, model } = game;
  const size = background.length;
  const n = model.facts.features.length;
  const worths = await worthsOf(game, n * size, (feature, i) =>
    Math.floor(i / size) === feature ? row : background[i % size]!,
  );
  return Float64Array.from(
    { length: n },
    (_none, i) => meanMoments(worths.subarray(i * size, (i + 1) * size))!.mean - base,
  );
}

function ofTrees(
  { rows, background, model }: GameFacts,
  trees: readonly DecisionTree[],
  row: number,
): Float64Array {
  const n = model.facts.features.length;
  const valuesOf = (from: number) =>
    Float64Array.from({ length: n }, (_none, feature) => Number(rows.cell(feature, from)));
  const own = valuesOf(row);
  const sums = new Float64Array(n);
  for (const from of background) {
    const base = valuesOf(from);
    for (const tree of trees) addTreeShapley(tree, own, base, sums);
  }
  return sums.map((sum) => sum / background.length);
}

/** Every coalition, against each row of the background; features that agree with it take no part. */
async function enumerated(game: GameFacts, row: number): Promise<Float64Array> {
  const { rows, background, model } = game;
  const n = model.facts.features.length;
  const playersOf = Array.from(background, (from) =>
    Array.from({ length: n }, (_none, f) => f).filter(
      (f) => rows.cell(f, row) !== rows.cell(f, from),
    ),
  );
  const from: number[] = [];
  const coalition: number[] = [];
  for (const [at, players] of playersOf.entries())
    for (let bits = 0; bits < 2 ** players.length; bits++) {
      from.push(background[at]!);
      coalition.push(players.reduce((all, f, i) => all | (((bits >> i) & 1) << f), 0));
    }
  const worths = await worthsOf(game, from.length, (feature, i) =>
    ((coalition[i]! >> feature) & 1) === 1 ? row : from[i]!,
  );
  const sums = new Float64Array(n);
  let start = 0;
  for (const players of playersOf) {
    const end = start + 2 ** players.length;
    const shares = shapleyValues(worths.subarray(start, end), players.length);
    for (const [i, feature] of players.entries()) sums[feature]! += shares[i]!;
    start = end;
  }
  return sums.map((sum) => sum / background.length);
}

async function sampled(
  game: GameFacts,
  { base, masks }: { readonly base: number; readonly masks: Uint8Array },
  row: number,
) {
  const { background, model } = game;
  const size = background.length;
  const n = model.facts.features.length;
  const nMasks = masks.length / n;
  const worths = await worthsOf(game, nMasks * size, (feature, i) =>
    masks[Math.floor(i / size) * n + feature] === 1 ? row : background[i % size]!,
  );
  const means = Float64Array.from(
    { length: nMasks },
    (_none, i) => meanMoments(worths.subarray(i * size, (i + 1) * size))!.mean,
  );
  const [all] = await worthsOf(game, 1, () => row);
  return kernelShap(masks, means, { n, none: base, all: all! });
}
