import {
  EXPLAINED_SHARE,
  judgeReconstruction,
  MAX_STRUCTURE_COLUMNS,
  type ReconstructionDrift,
  type ReferenceStructure,
} from '../../shared/drift/multivariate';
import { MIN_CHUNKS, MIN_CHUNK_VALUES } from '../../shared/drift/variability';
import {
  crossMoments,
  principalComponents,
  reconstructionErrors,
  withoutPart,
  type ComponentModel,
} from '../../shared/stats/principalComponents';
import { sampleMoments } from '../../shared/stats/sampleMoments';

/** Encoded columns of the same rows; missing is NaN. */
export interface EncodedRows {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

type Measured = Extract<ReferenceStructure, { status: 'measured' }>;

/**
 * Finds the components of a reference and how well they reproduce its own chunks, each by the components of
 * the rest.
 *
 * @param input.chunkOf chunk of every row, shape (rows); beyond `nChunks`: none
 * Cost: O(rows x columns^2 + chunks x columns^3).
 */
export function fitStructure(input: {
  readonly rows: EncodedRows;
  readonly chunkOf: Uint16Array;
  readonly nChunks: number;
}): ReferenceStructure {
  const { rows, chunkOf, nChunks } = input;
  const scales = rows.columns.map(scaleOf);
  const kept = scales.flatMap(({ deviation }, i) => (deviation > 0 ? [i] : []));
  const obstacle = obstacleTo(kept.length);
  if (obstacle !== null) return { status: 'notAssessed', reason: obstacle };
  const columns = kept.map((i) => rows.columns[i]!);
  const means = kept.map((i) => scales[i]!.mean);
  const deviations = kept.map((i) => scales[i]!.deviation);
  const d = kept.length;
  const z = standardise(columns, means, deviations);
  const whole = crossMoments(z, d);
  const errors = Array.from({ length: nChunks }, (_none, chunk) => {
    const isIn = (row: number): boolean => chunkOf[row] === chunk;
    const part = crossMoments(z, d, isIn);
    if (part.n < MIN_CHUNK_VALUES || part.n === whole.n) return [];
    const model = principalComponents(withoutPart(whole, part), EXPLAINED_SHARE);
    return [meanOf(reconstructionErrors(rowsOf(z, d, isIn, part.n), model))];
  }).flat();
  if (errors.length < MIN_CHUNKS) {
    return {
      status: 'notAssessed',
      reason: `Only ${errors.length} chunks of the reference have ${MIN_CHUNK_VALUES} rows; at least ${MIN_CHUNKS} are needed.`,
    };
  }
  const model = principalComponents(whole, EXPLAINED_SHARE);
  const { mean, variance } = sampleMoments(errors);
  return {
    status: 'measured',
    columns: kept.map((i) => rows.names[i]!),
    means,
    deviations: deviations.map((deviation, i) => deviation * model.deviations[i]!),
    loadings: [...model.loadings],
    shareExplained: model.shareExplained,
    nRows: whole.n,
    chunks: { mean, sd: Math.sqrt(variance), n: errors.length },
  };
}

function obstacleTo(nColumns: number): string | null {
  if (nColumns < 2) return 'At least two features that vary are needed.';
  if (nColumns > MAX_STRUCTURE_COLUMNS)
    return `${nColumns} features vary; up to ${MAX_STRUCTURE_COLUMNS} are compared together.`;
  return null;
}

/** How far the rows of a batch are from the components of the reference. Cost: O(rows x components x columns). */
export function scoreStructure(input: {
  readonly columns: readonly Float64Array[];
  readonly structure: Measured;
}): ReconstructionDrift {
  const { columns, structure } = input;
  const { means, deviations, loadings, shareExplained } = structure;
  const nRows = columns[0]?.length ?? 0;
  if (nRows < MIN_CHUNK_VALUES) {
    return {
      status: 'notAssessed',
      reason: `The batch has ${nRows} rows; at least ${MIN_CHUNK_VALUES} are needed.`,
    };
  }
  const d = means.length;
  const errors = reconstructionErrors(standardise(columns, means, deviations), {
    means: new Float64Array(d),
    deviations: new Float64Array(d).fill(1),
    loadings: Float64Array.from(loadings),
    shareExplained,
  } satisfies ComponentModel);
  const { mean: error, variance } = sampleMoments(errors);
  return judgeReconstruction(
    { error, standardError: Math.sqrt(variance / nRows), nRows },
    structure,
  );
}

function scaleOf(column: Float64Array): { readonly mean: number; readonly deviation: number } {
  const known = sampleMoments(column.filter((value) => !Number.isNaN(value)));
  const deviation = known.n < 2 ? 0 : Math.sqrt((known.variance * (known.n - 1)) / known.n);
  return { mean: known.mean, deviation: Number.isFinite(deviation) ? deviation : 0 };
}

/** Shape (rows, columns) by rows, in standard deviations; a missing value stands at the mean. */
function standardise(
  columns: readonly Float64Array[],
  means: readonly number[],
  deviations: readonly number[],
): Float64Array {
  const d = columns.length;
  const n = columns[0]?.length ?? 0;
  const z = new Float64Array(n * d);
  for (const [i, column] of columns.entries()) {
    const [mean, deviation] = [means[i]!, deviations[i]!];
    for (let row = 0; row < n; row++) {
      const value = column[row]!;
      z[row * d + i] = Number.isNaN(value) ? 0 : (value - mean) / deviation;
    }
  }
  return z;
}

function rowsOf(
  z: Float64Array,
  d: number,
  isIn: (row: number) => boolean,
  n: number,
): Float64Array {
  const part = new Float64Array(n * d);
  let at = 0;
  for (let row = 0; row * d < z.length; row++) {
    if (isIn(row)) part.set(z.subarray(row * d, (row + 1) * d), at++ * d);
  }
  return part;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
