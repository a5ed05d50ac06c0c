import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { ModelOutput } from '../../shared/explanation/onnxModel';
import { badData, stopIfCancelled } from '../io/badData';
import type { JobScope } from '../workers/jobRunner';
import { ELEMENT } from './onnxGraph';
import { readOnnxFile, type OnnxFile, type OnnxRef } from './onnxFile';

/** Value of a feature in a row: text where the model takes text, else a number. */
export type Cell = (feature: number, row: number) => number | string;

/** A model that answers. */
export interface OpenModel extends Pick<OnnxFile, 'facts' | 'trees'> {
  readonly runtime: string;
  /** Rows it was run on so far. */
  nRuns(): number;
  /** How many figures an output has per row. */
  width(output: string, cell: Cell): Promise<number>;
  /**
   * One figure per row; other work gets its turn between parts of the rows.
   *
   * @throws AppFailure BAD_DATA where the model fails or answers with no finite number, CANCELLED
   */
  predict(output: ModelOutput, nRows: number, cell: Cell): Promise<Float64Array>;
  close(): Promise<void>;
}

const ROWS_AT_ONCE = 4096;

type Runtime = typeof import('onnxruntime-web');

/**
 * Opens an ONNX model with the WebAssembly runtime: in this process alone, without threads and without a network.
 *
 * @throws AppFailure BAD_DATA (not fit to run, or the runtime refuses it), CANCELLED
 */
export async function openModel(ref: OnnxRef, scope: JobScope): Promise<OpenModel> {
  const file = await readOnnxFile(ref, scope);
  const { fileName } = file.facts.file;
  // Loaded late: no other job needs it.
  const runtime = await import('onnxruntime-web');
  runtime.env.wasm.numThreads = 1;
  const session = await runtime.InferenceSession.create(file.bytes, {
    executionProviders: ['wasm'],
    logSeverityLevel: 4,
  }).catch((error: unknown) => {
    throw badData(fileName, `the runtime cannot load it (${errorCode(error)}).`);
  });
  let nRuns = 0;
  async function run(output: string, nRows: number, cell: Cell): Promise<Tensor> {
    stopIfCancelled(scope.signal);
    const feeds = feedsOf(runtime, file, nRows, cell);
    const answers = await session.run(feeds, [output]).catch((error: unknown) => {
      throw badData(
        fileName,
        `the model fails on the rows it is given (${errorCode(error)}). Check that the columns hold what it was trained on.`,
      );
    });
    nRuns += nRows;
    // The runtime works in one go; without a pause nobody hears that the job is alive.
    await new Promise((resolve) => setImmediate(resolve));
    return requireRows(answers, output, nRows, fileName);
  }
  return {
    facts: file.facts,
    trees: file.trees,
    runtime: `onnxruntime-web ${runtime.env.versions.web ?? ''}`.trim(),
    nRuns: () => nRuns,
    async width(output, cell) {
      const nRows = file.inputs.fixedRows ?? 1;
      return (await run(output, nRows, (feature) => cell(feature, 0))).size / nRows;
    },
    async predict({ name, column }, nRows, cell) {
      const values = new Float64Array(nRows);
      const step = file.inputs.fixedRows ?? ROWS_AT_ONCE;
      for (let from = 0; from < nRows; from += step) {
        const size = file.inputs.fixedRows ?? Math.min(step, nRows - from);
        const last = nRows - 1;
        const tensor = await run(name, size, (feature, row) =>
          cell(feature, Math.min(from + row, last)),
        );
        const width = tensor.size / size;
        for (let i = 0; i < size && from + i < nRows; i++)
          values[from + i] = requireFinite(tensor.data[i * width + column], fileName);
      }
      return values;
    },
    close: () => session.release(),
  };
}

function requireRows(
  answers: InferenceSession.OnnxValueMapType,
  output: string,
  nRows: number,
  fileName: string,
): Tensor {
  const tensor = answers[output];
  if (tensor === undefined || tensor.dims.length > 2 || tensor.dims[0] !== nRows)
    throw badData(fileName, `the output \`${output}\` does not have one row per case.`);
  return tensor;
}

function requireFinite(value: unknown, fileName: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw badData(fileName, 'the model answers with something that is no finite number.');
}

/** What the runtime says without its text, which may repeat a value. */
function errorCode(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  const code = /ERROR_CODE: (\d+)/u.exec(text)?.[1];
  return code === undefined ? 'no code' : `code ${code}`;
}

function feedsOf(runtime: Runtime, { inputs }: OnnxFile, nRows: number, cell: Cell) {
  const feeds: Record<string, Tensor> = {};
  for (const { name, element, features, isMatrix } of inputs.inputs) {
    const dims = isMatrix ? [nRows, features.length] : [nRows];
    const size = nRows * features.length;
    const at = (i: number) => cell(features[i % features.length]!, Math.floor(i / features.length));
    const { Tensor } = runtime;
    if (element === ELEMENT.text) {
      const texts = Array.from({ length: size }, (_none, i) => String(at(i)));
      feeds[name] = new Tensor('string', texts, dims);
    } else if (element === ELEMENT.int64) {
      const values = BigInt64Array.from({ length: size }, (_none, i) => BigInt(at(i)));
      feeds[name] = new Tensor('int64', values, dims);
    } else {
      feeds[name] = numberTensor(Tensor, element, size, dims, (i) => Number(at(i)));
    }
  }
  return feeds;
}

function numberTensor(
  Tensor: Runtime['Tensor'],
  element: number,
  size: number,
  dims: readonly number[],
  at: (i: number) => number,
): Tensor {
  if (element === ELEMENT.boolean)
    return new Tensor('bool', filled(new Uint8Array(size), at), dims);
  if (element === ELEMENT.int32) return new Tensor('int32', filled(new Int32Array(size), at), dims);
  if (element === ELEMENT.double)
    return new Tensor('float64', filled(new Float64Array(size), at), dims);
  return new Tensor('float32', filled(new Float32Array(size), at), dims);
}

function filled<T extends { [at: number]: number; readonly length: number }>(
  values: T,
  at: (i: number) => number,
): T {
  for (let i = 0; i < values.length; i++) values[i] = at(i);
  return values;
}
