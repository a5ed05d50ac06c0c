import type { FileFingerprint } from '../../shared/base/files';
import type { ColumnKind } from '../../shared/drift/column';
import { isAdditive, toSpace } from '../../shared/explanation/additivity';
import { categoryDependence, numericDependence } from '../../shared/explanation/dependence';
import {
  ADDITIVITY_TOLERANCE,
  SMALLEST_GROUP,
  type Additivity,
  type Dependence,
  type ExplainedCase,
  type ExplainedOutput,
  type ExplainedSpace,
  type FeatureImportance,
  type ShapAggregates,
} from '../../shared/explanation/explanation';
import type { ShapFeature, ShapOutput } from '../../shared/explanation/shapColumns';
import { AppFailure } from '../../shared/ipc/errors';
import { meanMoments } from '../../shared/stats/meanInterval';
import { stopIfCancelled } from '../io/badData';
import type { OpenTable } from '../io/tableReader';
import type { JobScope } from '../workers/jobRunner';
import { findCaseRow, readText } from './caseRow';
import { checkSums, importanceOf } from './shapAggregates';
import { readFigures, readingKind, sumContributions, withShapFile } from './shapFile';

type Kinds = readonly { readonly name: string; readonly kind: ColumnKind }[];

/**
 * Reads a file of SHAP values once, checks that contributions add up, and keeps aggregates (job
 * `explanation.readShap`).
 *
 * @param input.columns how the columns were found to be; decides whether a feature is on a line or a category
 * @param input.space null: the one in which fewer cases fail, the prediction itself where both are equal
 * @returns per output the features by mean |SHAP|, in the unit of the explained space; never rows
 * @throws AppFailure BAD_DATA (unreadable, changed, wrong columns, a figure is missing), INSUFFICIENT_DATA (fewer
 *   than ten cases), CANCELLED
 * Cost: O(features * n log n).
 */
export async function readShap(
  input: {
    readonly path: string;
    readonly expectedSha256: string;
    readonly columns: Kinds;
    readonly space: ExplainedSpace | null;
  },
  scope: JobScope,
): Promise<{ readonly file: FileFingerprint; readonly aggregates: ShapAggregates }> {
  return withShapFile(input, scope, async (table, { outputs }) => {
    requireCases(table);
    const explained: ExplainedOutput[] = [];
    for (const output of outputs) {
      const word = output.name === null ? '' : ` of ${output.name}`;
      const step = (at: number) => {
        stopIfCancelled(scope.signal);
        const done = explained.length + at / output.features.length;
        const activity = `Feature ${at + 1} of ${output.features.length}${word}`;
        scope.progress({ fraction: done / outputs.length, activity });
      };
      explained.push(await explainOutput(table, output, { ...input, step }));
    }
    return { file: table.file, aggregates: { nCases: table.nRows, outputs: explained } };
  });
}

function requireCases({ file, nRows }: OpenTable): void {
  if (nRows < SMALLEST_GROUP)
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      `${file.fileName} holds ${nRows} cases. Means over fewer than ${SMALLEST_GROUP} would be about single people. Nothing was recorded.`,
      { n: nRows, required: SMALLEST_GROUP, file: file.fileName },
    );
}

interface OutputReading {
  readonly columns: Kinds;
  readonly space: ExplainedSpace | null;
  step(at: number): void;
}

async function explainOutput(
  table: OpenTable,
  output: ShapOutput,
  { columns, space, step }: OutputReading,
): Promise<ExplainedOutput> {
  const features: FeatureImportance[] = [];
  const kindOf = new Map(columns.map(({ name, kind }) => [name, kind]));
  const sums = await sumContributions(table, output, async (shap, at) => {
    step(at);
    const feature = output.features[at]!;
    const kind = readingKind(kindOf.get(feature.valueColumn ?? ''));
    const dependence = await readDependence(table, feature, shap, kind);
    features.push({ ...importanceOf(feature.name, shap), dependence });
  });
  features.sort((a, b) => b.meanAbsolute - a.meanAbsolute);
  const base = await readFigures(table, output.baseColumn);
  const predictions = await readFigures(table, output.predictionColumn);
  return {
    name: output.name,
    meanBase: meanMoments(base)!.mean,
    additivity: checkAdditivity(sums, predictions, space),
    features,
  };
}

async function readDependence(
  table: OpenTable,
  { valueColumn }: ShapFeature,
  shap: Float64Array,
  kind: 'numeric' | 'categorical',
): Promise<Dependence | null> {
  if (valueColumn === null) return null;
  const column = await table.readColumn(valueColumn, kind);
  return 'values' in column
    ? numericDependence(column.values, shap)
    : categoryDependence(column.codes, column.labels, shap);
}

function checkAdditivity(
  sums: Float64Array,
  predictions: Float64Array,
  space: ExplainedSpace | null,
): Additivity {
  if (space !== null) return { ...checkSums(sums, predictions, space), isSpaceFound: false };
  const identity = checkSums(sums, predictions, 'identity');
  const logit = identity.nFailed === 0 ? identity : checkSums(sums, predictions, 'logit');
  return { ...(logit.nFailed < identity.nFailed ? logit : identity), isSpaceFound: true };
}

/**
 * Reads the contributions of one case (job `explanation.readCase`): the one row of a file that is looked at by the
 * person who asks for it.
 *
 * @param input.caseId as it stands in `case_id`
 * @param input.space of the explanation that the file belongs to
 * @throws AppFailure NOT_FOUND (no such case or output), BAD_DATA (unreadable, changed, two cases of one
 *   identifier), CANCELLED; the identifier is in no message
 */
export async function readCase(
  input: {
    readonly path: string;
    readonly expectedSha256: string;
    readonly caseId: string;
    readonly output: string | null;
    readonly space: ExplainedSpace;
  },
  scope: JobScope,
): Promise<ExplainedCase> {
  return withShapFile(input, scope, async (table, { caseIdColumn, outputs }) => {
    const output = outputs.find(({ name }) => name === input.output);
    if (output === undefined)
      throw new AppFailure('NOT_FOUND', 'The file has no such output. Nothing was recorded.');
    const row = await findCaseRow(table, caseIdColumn, input.caseId);
    const contributions: { feature: string; shap: number; value: string | null }[] = [];
    const sums = await sumContributions(table, output, async (shap, at) => {
      stopIfCancelled(scope.signal);
      scope.progress({ fraction: at / output.features.length, activity: 'Reading the case' });
      const { name, valueColumn } = output.features[at]!;
      const value = valueColumn === null ? null : await readText(table, valueColumn, row);
      contributions.push({ feature: name, shap: shap[row]!, value });
    });
    contributions.sort((a, b) => Math.abs(b.shap) - Math.abs(a.shap));
    const base = (await readFigures(table, output.baseColumn))[row]!;
    const prediction = (await readFigures(table, output.predictionColumn))[row]!;
    const explained = toSpace(prediction, input.space);
    return {
      output: output.name,
      space: input.space,
      base,
      prediction,
      explained,
      isAdditive: isAdditive(sums[row]!, explained, ADDITIVITY_TOLERANCE),
      contributions,
    };
  });
}
