import { isAdditive } from '../../shared/explanation/additivity';
import type { ComputeSettings } from '../../shared/explanation/computed';
import { ADDITIVITY_TOLERANCE, type ExplainedCase } from '../../shared/explanation/explanation';
import { AppFailure } from '../../shared/ipc/errors';
import { badData } from '../io/badData';
import type { OpenTable } from '../io/tableReader';
import type { JobScope } from '../workers/jobRunner';
import { findCaseRow } from './caseRow';
import { gameOf, predictRow, type ModelDataRef } from './computeJob';
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
export async function withModelCase<T>(
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
