import type { FileFingerprint } from '../../shared/base/files';
import { SMALLEST_GROUP } from '../../shared/explanation/explanation';
import type { OnnxFacts } from '../../shared/explanation/onnxModel';
import { badData } from '../io/badData';
import type { JobScope } from '../workers/jobRunner';
import type { ModelDataRef } from './computeJob';
import { withModelRows } from './modelRows';
import type { OnnxRef } from './onnxFile';
import { openModel } from './onnxSession';

/**
 * Reads an ONNX model and has the runtime load it (job `explanation.readModel`).
 *
 * @throws AppFailure BAD_DATA (not fit to run), CANCELLED
 */
export async function readModel(
  input: Omit<OnnxRef, 'modelSha256'> & { readonly path: string },
  scope: JobScope,
): Promise<OnnxFacts> {
  scope.progress({ fraction: null, activity: 'Reading the model' });
  const model = await openModel({ ...input, modelSha256: null }, scope);
  await model.close();
  return model.facts;
}

/** What a file of inputs holds for a model. */
export interface ModelData {
  readonly file: FileFingerprint;
  readonly nRows: number;
  readonly nIncomplete: number;
  /** Figures per row of every output of the model. */
  readonly widths: readonly number[];
  /** Of the columns asked for: both values, where there are two and ten rows or more have each. */
  readonly twoValued: readonly { readonly column: string; readonly values: readonly string[] }[];
}

/**
 * Checks that a file holds what a model takes, by running it on one row (job `explanation.readModelData`).
 *
 * @param input.twoValued columns that may be an outcome
 * @throws AppFailure BAD_DATA (unreadable, a feature is missing, no complete row, the model fails), CANCELLED
 */
export async function readModelData(
  input: ModelDataRef & { readonly twoValued: readonly string[] },
  scope: JobScope,
): Promise<ModelData> {
  const model = await openModel(input, scope);
  try {
    return await withModelRows(input, model.facts.features, scope, async (rows) => {
      const { table, complete, cell } = rows;
      const [row] = complete;
      if (row === undefined)
        throw badData(table.file.fileName, 'no row has a value of every feature of the model.');
      const widths: number[] = [];
      for (const output of model.facts.outputs)
        widths.push(await model.width(output, (feature) => cell(feature, row)));
      const twoValued: { column: string; values: string[] }[] = [];
      for (const column of input.twoValued) {
        const read = await table.readColumn(column, 'categorical');
        if (!('codes' in read)) throw new Error('a text column holds no texts');
        const counts = read.labels.map(() => 0);
        for (const code of read.codes) if (code >= 0) counts[code]! += 1;
        if (counts.length === 2 && Math.min(...counts) >= SMALLEST_GROUP)
          twoValued.push({ column, values: [...read.labels] });
      }
      const nIncomplete = table.nRows - complete.length;
      return { file: table.file, nRows: table.nRows, nIncomplete, widths, twoValued };
    });
  } finally {
    await model.close();
  }
}
