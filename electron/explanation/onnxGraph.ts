import { floats, packedInts, signed, utf8, wireFields, WireError } from './protobuf';

/** Type codes of tensors that a table can fill (onnx.proto, TensorProto.DataType). */
export const ELEMENT = { float: 1, int32: 6, int64: 7, text: 8, boolean: 9, double: 11 } as const;

export interface OnnxValue {
  readonly name: string;
  /** Null: not a tensor, e.g. a list of maps. */
  readonly element: number | null;
  /** A name, or nothing, stands for any length; null: not said. */
  readonly shape: readonly (number | string)[] | null;
}

export interface OnnxAttribute {
  readonly number: number;
  readonly text: string;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly texts: readonly string[];
}

export interface OnnxNode {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** What is read of an ONNX file; weights stay where they are. */
export interface OnnxGraph {
  readonly irVersion: number;
  readonly producer: string;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  /** In the order in which they run. */
  readonly nodes: readonly OnnxNode[];
  /** Operators of branches and loops as well. */
  readonly operators: ReadonlySet<string>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: ReadonlySet<string>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly hasExternalData: boolean;
}

const MAX_DEPTH = 8;

class Reading {
  readonly operators = new Set<string>();
  hasExternalData = false;

  tensorName(bytes: Uint8Array): string {
    let name = '';
    for (const field of wireFields(bytes)) {
      if (field.no === 8) name = utf8(field.bytes);
      if (field.no === 13 || (field.no === 14 && field.bits !== 0n)) this.hasExternalData = true;
    }
    return name;
  }

  node(bytes: Uint8Array, depth: number): OnnxNode {
    const node = { operator: '', domain: '', inputs: [] as string[], outputs: [] as string[] };
    const attributes = new Map<string, OnnxAttribute>();
    for (const field of wireFields(bytes)) {
      if (field.no === 1) node.inputs.push(utf8(field.bytes));
      if (field.no === 2) node.outputs.push(utf8(field.bytes));
      if (field.no === 4) node.operator = utf8(field.bytes);
      if (field.no === 5) this.attribute(field.bytes, depth, attributes);
      if (field.no === 7) node.domain = utf8(field.bytes);
    }
    this.operators.add(node.operator);
    return { ...node, attributes };
  }

  attribute(bytes: Uint8Array, depth: number, into: Map<string, OnnxAttribute>): void {
    const attribute = { number: 0, text: '', ints: [] as number[], texts: [] as string[] };
    const numbers: number[][] = [];
    let name = '';
    for (const field of wireFields(bytes)) {
      if (field.no === 1) name = utf8(field.bytes);
      if (field.no === 2) attribute.number = floats(field.bytes)[0] ?? 0;
      if (field.no === 3) attribute.number = signed(field.bits);
      if (field.no === 4) attribute.text = utf8(field.bytes);
      if (field.no === 5 || field.no === 10) this.tensorName(field.bytes);
      if (field.no === 6 || field.no === 11) this.graph(field.bytes, depth + 1);
      if (field.no === 7) numbers.push(floats(field.bytes));
      if (field.no === 8) {
        const packed = field.bytes.length > 0 ? packedInts(field.bytes) : [signed(field.bits)];
        for (const value of packed) attribute.ints.push(value);
      }
      if (field.no === 9) attribute.texts.push(utf8(field.bytes));
    }
    into.set(name, { ...attribute, floats: numbers.flat() });
  }

  graph(bytes: Uint8Array, depth: number) {
    if (depth > MAX_DEPTH) throw new WireError('branches lie too deep in each other');
    const nodes: OnnxNode[] = [];
    const constants = new Set<string>();
    const [inputs, outputs]: OnnxValue[][] = [[], []];
    for (const field of wireFields(bytes)) {
      if (field.no === 1) nodes.push(this.node(field.bytes, depth));
      if (field.no === 5) constants.add(this.tensorName(field.bytes));
      if (field.no === 11) inputs!.push(readValue(field.bytes));
      if (field.no === 12) outputs!.push(readValue(field.bytes));
    }
    return { nodes, constants, inputs: inputs!, outputs: outputs! };
  }
}

/**
 * Reads what an ONNX file says of itself: operators, inputs and outputs, and the attributes of its nodes.
 *
 * @throws WireError where the bytes are no such file
 * @source onnx.proto of the Open Neural Network Exchange (IR version 10)
 * Cost: O(bytes).
 */
export function readOnnxGraph(bytes: Uint8Array): OnnxGraph {
  const reading = new Reading();
  const opsets: { domain: string; version: number }[] = [];
  const metadata = new Map<string, string>();
  let graph: ReturnType<Reading['graph']> | null = null;
  let [irVersion, producer] = [0, ''];
  for (const field of wireFields(bytes)) {
    if (field.no === 1) irVersion = signed(field.bits);
    if (field.no === 2) producer = utf8(field.bytes);
    if (field.no === 7) graph = reading.graph(field.bytes, 0);
    if (field.no === 8) opsets.push(readOpset(field.bytes));
    if (field.no === 14) metadata.set(...readEntry(field.bytes));
    // A function of the model's own: its nodes run as if they stood in the graph.
    if (field.no === 25)
      for (const part of wireFields(field.bytes)) if (part.no === 7) reading.node(part.bytes, 1);
  }
  if (graph === null || opsets.length === 0) throw new WireError('there is no graph');
  const { constants } = graph;
  // Older files name their constants among the inputs as well.
  const inputs = graph.inputs.filter(({ name }) => !constants.has(name));
  const { operators, hasExternalData } = reading;
  return { ...graph, inputs, irVersion, producer, opsets, operators, metadata, hasExternalData };
}

function readOpset(bytes: Uint8Array): { domain: string; version: number } {
  let [domain, version] = ['', 0];
  for (const field of wireFields(bytes)) {
    if (field.no === 1) domain = utf8(field.bytes);
    if (field.no === 2) version = signed(field.bits);
  }
  return { domain: domain === '' ? 'ai.onnx' : domain, version };
}

function readEntry(bytes: Uint8Array): [key: string, value: string] {
  let [key, value] = ['', ''];
  for (const field of wireFields(bytes)) {
    if (field.no === 1) key = utf8(field.bytes);
    if (field.no === 2) value = utf8(field.bytes);
  }
  return [key, value];
}

function readValue(bytes: Uint8Array): OnnxValue {
  let name = '';
  let tensor: Uint8Array | null = null;
  for (const field of wireFields(bytes)) {
    if (field.no === 1) name = utf8(field.bytes);
    if (field.no === 2)
      for (const kind of wireFields(field.bytes)) if (kind.no === 1) tensor = kind.bytes;
  }
  let element: number | null = null;
  let shape: (number | string)[] | null = null;
  for (const field of wireFields(tensor ?? new Uint8Array(0))) {
    if (field.no === 1) element = signed(field.bits);
    if (field.no === 2) shape = [...wireFields(field.bytes)].map((dim) => readDim(dim.bytes));
  }
  return { name, element, shape };
}

function readDim(bytes: Uint8Array): number | string {
  for (const field of wireFields(bytes)) {
    if (field.no === 1) return signed(field.bits);
    if (field.no === 2) return utf8(field.bytes);
  }
  return '';
}
