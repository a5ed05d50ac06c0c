import type { FileFingerprint } from '../../shared/base/files';
import { toSpace } from '../../shared/explanation/additivity';
import type { ComputedFacts, ComputeSettings } from '../../shared/explanation/computed';
import { categoryDependence, numericDependence } from '../../shared/explanation/dependence';
import { SMALLEST_GROUP, type ExplainedOutput } from '../../shared/explanation/explanation';
import { AppFailure } from '../../shared/ipc/errors';
import { seededSample } from '../../shared/stats/seededSample';
import { stopIfCancelled } from '../io/badData';
import { scaleProgress } from '../io/scaleProgress';
import type { JobScope } from '../workers/jobRunner';
import { withModelRows, type FeatureColumn, type ModelRows } from './modelRows';
import type { OnnxRef } from './onnxFile';
import { openModel, type OpenModel } from './onnxSession';
import { permutationImportance } from './permutationImportance';
import { checkSums, importanceOf } from './shapAggregates';
import { openGame, type Game } from './shapleyCases';

const SHARE_OF_PERMUTATION = 0.4;

/** A model and the data it is explained on. */
export interface ModelDataRef extends OnnxRef {
  /** Of the data. */
  readonly path: string;
  readonly expectedSha256: string | null;
}

export interface ComputedExplanation {
  readonly file: FileFingerprint;
  readonly nCases: number;
  readonly output: ExplainedOutput;
  readonly facts: Omit<ComputedFacts, 'isArtefact'>;
}

/**
 * Computes an explanation from an ONNX model and a file of its inputs (job `explanation.compute`): contributions of a
 * sample of cases, their means, and permutation importance where outcomes are there.
 *
 * @returns aggregates; groups of fewer than ten cases are left out
 * @throws AppFailure BAD_DATA (model or file), INSUFFICIENT_DATA (fewer than ten complete rows, or one class), CANCELLED
 * Cost: runs the model on cases * coalitions * background rows.
 */
export async function computeExplanation(
  input: ModelDataRef & { readonly settings: ComputeSettings },
  scope: JobScope,
): Promise<ComputedExplanation> {
  const model = await openModel(input, scope);
  try {
    return await withModelRows(input, model.facts.features, scope, (rows) =>
      computeOn(model, rows, input.settings, scope),
    );
  } finally {
    await model.close();
  }
}

async function computeOn(
  model: OpenModel,
  rows: ModelRows,
  settings: ComputeSettings,
  scope: JobScope,
): Promise<ComputedExplanation> {
  const game = await gameOf(model, rows, settings);
  const { complete, table } = rows;
  const cases = Array.from(
    seededSample(complete.length, settings.nCases, settings.seed),
    (at) => complete[at]!,
  );
  const share = settings.target === null ? 1 : 1 - SHARE_OF_PERMUTATION;
  const explained = await explainCases(game, cases, {
    ...scope,
    progress: scaleProgress(scope.progress, 0, share),
  });
  const permuting = scaleProgress(scope.progress, share, 1);
  const permutation =
    settings.target === null
      ? null
      : await permutationImportance(
          model,
          rows,
          { ...settings, target: settings.target },
          (at, of) => {
            stopIfCancelled(scope.signal);
            permuting({ fraction: at / of, activity: `Shuffle ${at + 1} of ${of}` });
          },
        );
  const { facts } = model;
  return {
    file: table.file,
    nCases: cases.length,
    output: explained.output,
    facts: {
      methodVersion: 1,
      runtime: model.runtime,
      model: facts.file,
      opsets: facts.opsets,
      structure: facts.structure,
      features: facts.features,
      settings,
      method: game.method,
      nRows: table.nRows,
      nIncomplete: table.nRows - complete.length,
      nBackground: game.background.length,
      nCoalitions: game.nCoalitions,
      largestError: explained.largestError,
      nRuns: model.nRuns(),
      permutation,
    },
  };
}

/** The game of a model on a file: the background is drawn by the seed. */
export function gameOf(
  model: OpenModel,
  rows: ModelRows,
  settings: Pick<ComputeSettings, 'output' | 'space' | 'seed' | 'nBackground'>,
): Promise<Game> {
  const { complete, table } = rows;
  if (complete.length < SMALLEST_GROUP)
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      `${table.file.fileName} holds ${complete.length} rows with a value of every feature. Means over fewer than ${SMALLEST_GROUP} would be about single people. Nothing was recorded.`,
      { n: complete.length, required: SMALLEST_GROUP, file: table.file.fileName },
    );
  // Not the seed of the cases: they are to be drawn apart from the background.
  const drawn = seededSample(complete.length, settings.nBackground, (settings.seed + 1) >>> 0);
  const background = drawn.map((at) => complete[at]!);
  return openGame({ model, rows, settings, background });
}

async function explainCases(
  game: Game,
  cases: readonly number[],
  { progress, signal }: JobScope,
): Promise<{ output: ExplainedOutput; largestError: number | null }> {
  const { model, rows, settings, base } = game;
  const { features } = model.facts;
  const shap = features.map(() => new Float64Array(cases.length));
  const sums = new Float64Array(cases.length).fill(base);
  let largestError: number | null = null;
  for (const [at, row] of cases.entries()) {
    stopIfCancelled(signal);
    progress({ fraction: at / cases.length, activity: `Case ${at + 1} of ${cases.length}` });
    const { values, errors } = await game.explain(row);
    for (const [feature, value] of values.entries()) {
      shap[feature]![at] = value;
      sums[at]! += value;
    }
    if (errors !== null) largestError = Math.max(largestError ?? 0, ...errors);
  }
  const predictions = await model.predict(settings.output, cases.length, (f, i) =>
    rows.cell(f, cases[i]!),
  );
  const additivity = checkSums(sums, predictions, settings.space, (at) => cases[at]! + 1);
  const explained = features.map(({ name }, i) => ({
    ...importanceOf(name, shap[i]!),
    dependence: dependenceOf(rows.columns[i]!, cases, shap[i]!),
  }));
  explained.sort((a, b) => b.meanAbsolute - a.meanAbsolute);
  const output = {
    name: null,
    meanBase: base,
    additivity: { ...additivity, isSpaceFound: false },
    features: explained,
  };
  return { output, largestError };
}

function dependenceOf(column: FeatureColumn, cases: readonly number[], shap: Float64Array) {
  return 'values' in column
    ? numericDependence(
        Float64Array.from(cases, (row) => column.values[row]!),
        shap,
      )
    : categoryDependence(
        Int32Array.from(cases, (row) => column.codes[row]!),
        column.labels,
        shap,
      );
}

/** The prediction of one row, and the same in the explained space. */
export async function predictRow(
  { model, rows, settings }: Game,
  row: number,
): Promise<{ readonly prediction: number; readonly explained: number }> {
  const [prediction] = await model.predict(settings.output, 1, (f) => rows.cell(f, row));
  return { prediction: prediction!, explained: toSpace(prediction!, settings.space) };
}
