import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  MAX_MODEL_BYTES,
  type ModelStructure,
  type OnnxFacts,
} from '../../shared/explanation/onnxModel';
import { badData } from '../io/badData';
import { readAndHash } from '../io/fileHash';
import type { JobScope } from '../workers/jobRunner';
import { additiveOutputs } from './additiveGraph';
import { ELEMENT, readOnnxGraph, type OnnxGraph } from './onnxGraph';
import { onnxInputs, type OnnxInputs } from './onnxInputs';
import { WireError } from './protobuf';
import { treeEnsemble, type TreeEnsemble } from './treeEnsemble';

const DOMAINS: Readonly<Record<string, readonly [lowest: number, highest: number]>> = {
  'ai.onnx': [7, 25],
  'ai.onnx.ml': [1, 5],
};
/** Operators that repeat a part as often as a value says: no model of tables needs them, and they need not end. */
const REPEATING = ['Loop', 'Scan'];

/** Which model a job is about. */
export interface OnnxRef {
  readonly modelPath: string;
  /** Null: whatever lies there. */
  readonly modelSha256: string | null;
  /** Inputs that the version declares, in their order. */
  readonly schemaNames: readonly string[];
}

/** An ONNX file that was read and found fit to run. */
export interface OnnxFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly facts: OnnxFacts;
  readonly inputs: OnnxInputs;
  readonly trees: TreeEnsemble | null;
}

/**
 * Reads an ONNX file and refuses what Assay does not run, before any of it runs.
 *
 * @throws AppFailure BAD_DATA (too large, damaged, changed, or with parts that are not run), CANCELLED
 */
export async function readOnnxFile(ref: OnnxRef, scope: JobScope): Promise<OnnxFile> {
  const { modelPath, modelSha256, schemaNames } = ref;
  const fileName = basename(modelPath);
  const { size } = await stat(modelPath);
  if (size > MAX_MODEL_BYTES) throw badData(fileName, 'a model of more than 256 MiB is not read.');
  const { hashed, bytes: shared } = await readAndHash(modelPath, scope);
  const file = hashed.fingerprint;
  if (modelSha256 !== null && file.sha256 !== modelSha256)
    throw badData(fileName, 'it has changed since it was looked at. Choose the file again.');
  const bytes = Uint8Array.from(shared);
  const graph = parse(bytes, fileName);
  requireRunnable(graph, fileName);
  const inputs = onnxInputs(graph, schemaNames, fileName);
  const outputs = graph.outputs.flatMap(({ name, element }) =>
    element === ELEMENT.float || element === ELEMENT.double ? [name] : [],
  );
  if (outputs.length === 0)
    throw badData(
      fileName,
      'no output is a tensor of numbers. Export a classifier without ZipMap, so that its probabilities are one.',
    );
  const trees = treesOf(graph);
  const facts: OnnxFacts = {
    file,
    producer: graph.producer.slice(0, 200),
    irVersion: graph.irVersion,
    opsets: graph.opsets.map(({ domain, version }) => `${domain} ${version}`),
    nNodes: graph.nodes.length,
    operators: [...graph.operators].sort(),
    features: inputs.features,
    outputs,
    ...structureOf(graph, outputs, trees),
  };
  return { bytes, facts, inputs, trees };
}

function parse(bytes: Uint8Array, fileName: string): OnnxGraph {
  try {
    return readOnnxGraph(bytes);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw badData(
      fileName,
      `this is no whole ONNX model (${error.message}). Pickle and other formats are never opened; export the model as ONNX.`,
    );
  }
}

function requireRunnable(graph: OnnxGraph, fileName: string): void {
  if (graph.hasExternalData)
    throw badData(
      fileName,
      'its weights lie in another file, which Assay does not open. Save the model as one file.',
    );
  for (const { domain, version } of graph.opsets) {
    const [lowest, highest] = DOMAINS[domain] ?? [0, Infinity];
    if (version < lowest || version > highest)
      throw badData(
        fileName,
        `it uses ${domain} ${version}; ${lowest} to ${highest} are run. Export it for one of these.`,
      );
  }
  for (const { domain, operator } of graph.nodes)
    if (domain !== '' && DOMAINS[domain] === undefined)
      throw badData(
        fileName,
        `it uses the operator ${operator} of ${domain}. Only standard operators are run.`,
      );
  const repeating = REPEATING.find((operator) => graph.operators.has(operator));
  if (repeating !== undefined)
    throw badData(fileName, `it uses ${repeating}, which may never end and is not run.`);
}

function treesOf(graph: OnnxGraph): TreeEnsemble | null {
  try {
    const trees = treeEnsemble(graph);
    trees?.treesOf(0);
    return trees;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function structureOf(
  graph: OnnxGraph,
  outputs: readonly string[],
  trees: TreeEnsemble | null,
): { readonly structure: ModelStructure; readonly structureOutput: string | null } {
  if (trees !== null && outputs.includes(trees.output))
    return {
      structure: trees.isLogit ? 'treesLogit' : 'trees',
      structureOutput: trees.output,
    };
  const additive = additiveOutputs(graph);
  const structureOutput = outputs.find((name) => additive.has(name)) ?? null;
  const structure = additive.get(structureOutput ?? '') ?? 'other';
  return { structure, structureOutput };
}
