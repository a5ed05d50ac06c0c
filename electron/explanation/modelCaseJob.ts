import { isAdditive } from '../../shared/explanation/additivity';
import type { ComputeSettings } from '../../shared/explanation/computed';
import { ADDITIVITY_TOLERANCE, type ExplainedCase } from '../../shared/explanation/explanation';
import type {
  InputChange,
  ModelCase,
  OtherOutcome,
  OutcomeWish,
} from '../../shared/explanation/modelCase';
import { AppFailure } from '../../shared/ipc/errors';
import { badData } from '../io/badData';
import type { OpenTable } from '../io/tableReader';
import type { JobScope } from '../workers/jobRunner';
import { findCaseRow } from './caseRow';
import { surroundings } from './caseSurroundings';
import { gameOf, predictRow, type ModelDataRef } from './computeJob';
import { searchCounterfactuals } from './counterfactualSearch';
import { localSurrogate } from './localSurrogate';
import { withModelRows, type ModelRows } from './modelRows';
import { openModel } from './onnxSession';
import type { Game } from './shapleyCases';

/** Which case of which data, under which choices. */
export interface ModelCaseRef extends ModelDataRef {
  readonly caseId: string;
  readonly settings: ComputeSettings;
}

/**
 * Computes the contributions of one case (job `explanation.readModelCase`).
 *
 * @throws AppFailure NOT_FOUND (no such case), BAD_DATA (model or file), CANCELLED; the identifier is in no message
 */
export function readModelCase(input: ModelCaseRef, scope: JobScope): Promise<ExplainedCase> {
  return withModelCase(input, scope, async (game, row) => {
    scope.progress({ fraction: null, activity: 'Computing the contributions' });
    return explainRow(game, row);
  });
}

/** Opens model and data, finds the case, and hands them on. */
async function withModelCase<T>(
  input: ModelCaseRef,
  scope: JobScope,
  use: (game: Game, row: number) => Promise<T>,
): Promise<T> {
  const model = await openModel(input, scope);
  try {
    return await withModelRows(input, model.facts.features, scope, async (rows) => {
      const row = await findModelRow(rows, input);
      return use(await gameOf(model, rows, input.settings), row);
    });
  } finally {
    await model.close();
  }
}

async function explainRow(game: Game, row: number): Promise<ExplainedCase> {
  const { settings, model, rows, base } = game;
  const { values } = await game.explain(row);
  const { prediction, explained } = await predictRow(game, row);
  const sum = values.reduce((total, value) => total + value, base);
  const contributions = model.facts.features.map(({ name }, feature) => ({
    feature: name,
    shap: values[feature]!,
    value: String(rows.cell(feature, row)),
  }));
  contributions.sort((a, b) => Math.abs(b.shap) - Math.abs(a.shap));
  return {
    output: null,
    space: settings.space,
    base,
    prediction,
    explained,
    isAdditive: isAdditive(sum, explained, ADDITIVITY_TOLERANCE),
    contributions,
  };
}

async function findModelRow(
  { table, complete }: ModelRows,
  { settings: { idColumn }, caseId }: ModelCaseRef,
): Promise<number> {
  const row =
    idColumn === null ? rowOfNumber(table, caseId) : await findCaseRow(table, idColumn, caseId);
  if (!complete.includes(row))
    throw badData(
      table.file.fileName,
      'this case lacks a value of a feature, so the model cannot be run on it.',
      { row: row + 1 },
    );
  return row;
}

function rowOfNumber({ file, nRows }: OpenTable, caseId: string): number {
  const number = /^\d{1,9}$/u.test(caseId) ? Number(caseId) : 0;
  if (number < 1 || number > nRows)
    throw new AppFailure(
      'NOT_FOUND',
      `${file.fileName} has no such row. Nothing was recorded. Type the number of a row, 1 to ${nRows}; the line with the column names is not a row.`,
      { file: file.fileName },
    );
  return number - 1;
}

/**
 * What can be asked of the model about one case: its inputs with what is usual, and a local surrogate (job
 * `explanation.readCaseInputs`).
 *
 * @throws AppFailure NOT_FOUND (no such case), BAD_DATA (model or file), CANCELLED
 */
export function readCaseInputs(input: ModelCaseRef, scope: JobScope): Promise<ModelCase> {
  return withModelCase(input, scope, async (game, row) => {
    scope.progress({ fraction: null, activity: 'Drawing cases around this one' });
    const { features } = game.model.facts;
    const around = surroundings(game.rows, features, row);
    const { errors } = await game.explain(row);
    return {
      inputs: around.map(({ feature, type, value, usual, labels }) => ({
        feature,
        type,
        value,
        usual,
        labels,
      })),
      surrogate: await localSurrogate(game, around),
      errors:
        errors === null
          ? null
          : features.map(({ name }, i) => ({ feature: name, error: errors[i]! })),
    };
  });
}

/**
 * Runs the model on a case with some inputs changed (job `explanation.tryInputs`).
 *
 * @returns predictions as the case is, and with the changes
 * @throws AppFailure NOT_FOUND (no such case or input), BAD_DATA (model or file, or a value of another kind), CANCELLED
 */
export function tryInputs(
  input: ModelCaseRef & { readonly changes: readonly InputChange[] },
  scope: JobScope,
): Promise<{ readonly before: number; readonly after: number }> {
  return withModelCase(input, scope, async ({ model, rows, settings }, row) => {
    const changed = new Map<number, number | string>();
    for (const { feature, value } of input.changes) {
      const at = model.facts.features.findIndex(({ name }) => name === feature);
      const isText = model.facts.features[at]?.type === 'text';
      if (at < 0 || isText !== (typeof value === 'string'))
        throw new AppFailure('NOT_FOUND', 'The model has no such input. Nothing was recorded.');
      changed.set(at, value);
    }
    const answers = await model.predict(settings.output, 2, (f, i) =>
      i === 1 ? (changed.get(f) ?? rows.cell(f, row)) : rows.cell(f, row),
    );
    return { before: answers[0]!, after: answers[1]! };
  });
}

/**
 * Finds what would have led to another outcome (job `explanation.findOtherOutcome`).
 *
 * @throws AppFailure NOT_FOUND (no such case), BAD_DATA (model or file), CANCELLED
 */
export function findOtherOutcome(
  input: ModelCaseRef & { readonly wish: OutcomeWish },
  scope: JobScope,
): Promise<OtherOutcome> {
  return withModelCase(input, scope, async (game, row) => {
    scope.progress({ fraction: null, activity: 'Trying other inputs' });
    const { model, rows, settings } = game;
    const { threshold, fixed } = input.wish;
    const { prediction } = await predictRow(game, row);
    const isAbove = prediction < threshold;
    const { features } = model.facts;
    const found = await searchCounterfactuals({
      surroundings: surroundings(rows, features, row),
      mutable: features.flatMap(({ name }, i) => (fixed.includes(name) ? [] : [i])),
      reaches: (value) => value >= threshold === isAbove,
      nearness: (value) => (isAbove ? value : -value),
      predict: (cases) =>
        model.predict(
          settings.output,
          cases.length,
          (f, i) => cases[i]!.get(f) ?? rows.cell(f, row),
        ),
    });
    return { threshold, fixed, prediction, isAbove, found };
  });
}
