/**
 * Writes ONNX models as bytes: the part of the format (Protocol Buffers, onnx.proto of onnx/onnx, Apache-2.0) that
 * small tabular models need. Written here so that the files are the same bytes on each run and need no Python.
 */

/**
 * @typedef {number | string | readonly number[] | readonly string[] | Tensor | Graph | { readonly int: number } | { readonly ints: readonly number[] }} AttributeValue
 *   numbers are floats unless they stand in `int` or `ints`
 * @typedef {object} Tensor
 * @property {string} name
 * @property {readonly number[]} dims
 * @property {readonly number[]} [floats]
 * @property {readonly number[]} [int64s]
 * @property {boolean} [isBoolean]
 * @property {string} [externalFile] a file beside the model that is said to hold the values
 * @typedef {object} Node
 * @property {string} op
 * @property {readonly string[]} inputs
 * @property {readonly string[]} outputs
 * @property {string} [domain]
 * @property {Readonly<Record<string, AttributeValue>>} [attributes]
 * @typedef {object} Value
 * @property {string} name
 * @property {keyof typeof ELEMENT_TYPES} type
 * @property {readonly (number | string)[]} shape
 * @typedef {object} Graph
 * @property {string} name
 * @property {readonly Node[]} nodes
 * @property {readonly Value[]} inputs
 * @property {readonly Value[]} outputs
 * @property {readonly Tensor[]} [tensors]
 * @typedef {object} Model
 * @property {Graph} graph
 * @property {string} [description]
 * @property {Readonly<Record<string, string>>} [metadata]
 * @property {Readonly<Record<string, number>>} [opsets]
 */

const ELEMENT_TYPES = { float: 1, int32: 6, int64: 7, string: 8, bool: 9, double: 11 };
const ATTRIBUTE = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  graph: 5,
  floats: 6,
  ints: 7,
  strings: 8,
};
const VARINT = 0;
const FIXED32 = 5;
const LENGTH_DELIMITED = 2;
const EXTERNAL = 1;

export const ML_DOMAIN = 'ai.onnx.ml';

/** @param {Model} model */
export function onnxModel({ graph, description = '', metadata = {}, opsets = {} }) {
  const versions = Object.entries({ '': 17, [ML_DOMAIN]: 3, ...opsets });
  return Buffer.concat([
    int(1, 8),
    text(2, 'assay-sample'),
    text(6, description),
    message(7, graphBytes(graph)),
    ...versions.map(([domain, version]) => message(8, [text(1, domain), int(2, version)])),
    ...Object.entries(metadata).map(([key, value]) => message(14, [text(1, key), text(2, value)])),
  ]);
}

/**
 * @param {Graph} graph
 * @returns {Buffer[]}
 */
function graphBytes({ name, nodes, inputs, outputs, tensors = [] }) {
  return [
    ...nodes.map((node) => message(1, nodeBytes(node))),
    text(2, name),
    ...tensors.map((tensor) => message(5, tensorBytes(tensor))),
    ...inputs.map((value) => message(11, valueBytes(value))),
    ...outputs.map((value) => message(12, valueBytes(value))),
  ];
}

/**
 * @param {Node} node
 * @returns {Buffer[]}
 */
function nodeBytes({ op, inputs, outputs, domain = '', attributes = {} }) {
  return [
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(3, `${op}_${outputs[0] ?? ''}`),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => message(5, attributeBytes(name, value))),
    text(7, domain),
  ];
}

/**
 * @param {string} name
 * @param {AttributeValue} value
 * @returns {Buffer[]}
 */
function attributeBytes(name, value) {
  const start = text(1, name);
  if (typeof value === 'number') return [start, float(2, value), int(20, ATTRIBUTE.float)];
  if (typeof value === 'string') return [start, text(4, value), int(20, ATTRIBUTE.string)];
  if ('int' in value) return [start, int(3, value.int), int(20, ATTRIBUTE.int)];
  if ('ints' in value)
    return [start, ...value.ints.map((one) => int(8, one)), int(20, ATTRIBUTE.ints)];
  if ('nodes' in value) return [start, message(6, graphBytes(value)), int(20, ATTRIBUTE.graph)];
  if ('dims' in value) return [start, message(5, tensorBytes(value)), int(20, ATTRIBUTE.tensor)];
  const parts = value.map((one) => (typeof one === 'number' ? float(7, one) : text(9, one)));
  const type = typeof value[0] === 'string' ? ATTRIBUTE.strings : ATTRIBUTE.floats;
  return [start, ...parts, int(20, type)];
}

/** @param {Tensor} tensor */
function tensorBytes({ name, dims, floats, int64s, isBoolean = false, externalFile }) {
  const type = isBoolean ? 'bool' : int64s === undefined ? 'float' : 'int64';
  const raw = Buffer.concat([
    ...(floats ?? []).map((value) => fixed32(value)),
    ...(int64s ?? []).map((value) => (isBoolean ? Buffer.from([value]) : fixed64(value))),
  ]);
  const values =
    externalFile === undefined
      ? [bytes(9, raw)]
      : [message(13, [text(1, 'location'), text(2, externalFile)]), int(14, EXTERNAL)];
  return [...dims.map((dim) => int(1, dim)), int(2, ELEMENT_TYPES[type]), text(8, name), ...values];
}

/** @param {Value} value */
function valueBytes({ name, type, shape }) {
  const dims = shape.map((dim) =>
    message(1, [typeof dim === 'number' ? int(1, dim) : text(2, dim)]),
  );
  const tensor = [int(1, ELEMENT_TYPES[type]), message(2, dims)];
  return [text(1, name), message(2, [message(1, tensor)])];
}

/**
 * @param {number} field
 * @param {readonly Buffer[]} parts
 */
function message(field, parts) {
  return bytes(field, Buffer.concat(parts));
}

/**
 * @param {number} field
 * @param {string} value
 */
function text(field, value) {
  return bytes(field, Buffer.from(value, 'utf8'));
}

/**
 * @param {number} field
 * @param {Buffer} value
 */
function bytes(field, value) {
  return Buffer.concat([tag(field, LENGTH_DELIMITED), varint(BigInt(value.length)), value]);
}

/**
 * @param {number} field
 * @param {number} value
 */
function int(field, value) {
  return Buffer.concat([tag(field, VARINT), varint(BigInt.asUintN(64, BigInt(value)))]);
}

/**
 * @param {number} field
 * @param {number} value
 */
function float(field, value) {
  return Buffer.concat([tag(field, FIXED32), fixed32(value)]);
}

/**
 * @param {number} field
 * @param {number} wire
 */
function tag(field, wire) {
  return varint(BigInt(field * 8 + wire));
}

/** @param {number} value */
function fixed32(value) {
  const buffer = Buffer.alloc(4);
  buffer.writeFloatLE(value);
  return buffer;
}

/** @param {number} value */
function fixed64(value) {
  const buffer = Buffer.alloc(8);
  buffer.writeBigInt64LE(BigInt(value));
  return buffer;
}

/** @param {bigint} value */
function varint(value) {
  const out = [];
  let rest = value;
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Buffer.from(out);
}
