import { dictionaryKeys, holdsOf } from './arrowColumn';
import { textRanges } from './arrowTexts';
import { BadRow, missingTest, requireLength, type Chunk } from './arrowValidity';
import { ByteInterner } from './byteInterner';
import { MAX_CELL_BYTES } from './readLimits';
import { MAX_DISTINCT_COUNTED, type RowTexts, type TextCounts } from './tableSource';
import { BEYOND, countCodes } from './textCounts';

const MISSING = -1;

/**
 * Codes of a text or 64-bit integer column, in order of first appearance.
 *
 * @throws BadRow when a text is not UTF-8 or too long
 */
export function readArrowTexts(chunks: readonly Chunk[], nRows: number): RowTexts {
  const codes = new Int32Array(new SharedArrayBuffer(nRows * 4));
  const [first] = chunks;
  const isInteger = first !== undefined && holdsOf(first.type) === 'integer64';
  const labels = isInteger ? labelIntegers(chunks, codes) : labelTexts(chunks, codes, Infinity);
  return { codes, labels };
}

/** Counts what a text column holds; distinct values up to {@link MAX_DISTINCT_COUNTED}. */
export function countArrowTexts(chunks: readonly Chunk[], nRows: number): TextCounts {
  const codes = new Int32Array(nRows);
  return countCodes(codes, labelTexts(chunks, codes, MAX_DISTINCT_COUNTED));
}

function labelTexts(
  chunks: readonly Chunk[],
  codes: Int32Array,
  maxCodes: number,
): readonly string[] {
  const interner = new ByteInterner();
  codeChunks(chunks, codes, (chunk, out) => codeTextRows(chunk, out, interner, maxCodes));
  const entries = interner.values();
  const used = renumber(codes, entries.length);
  return used.map((old, code) => decodeLabel(entries[old]!, () => codes.indexOf(code) + 1));
}

function labelIntegers(chunks: readonly Chunk[], codes: Int32Array): readonly string[] {
  const codeOf = new Map<bigint, number>();
  codeChunks(chunks, codes, (chunk, out) => codeIntegerRows(chunk, out, codeOf));
  const integers = [...codeOf.keys()];
  return renumber(codes, integers.length).map((old) => String(integers[old]));
}

/** Every batch may have a dictionary of its own: its entries are coded, its rows are looked up. */
function codeChunks(
  chunks: readonly Chunk[],
  codes: Int32Array,
  codeRows: (chunk: Chunk, out: Int32Array) => void,
): void {
  let row = 0;
  for (const chunk of chunks) {
    const out = codes.subarray(row, row + chunk.length);
    row += chunk.length;
    const { dictionary } = chunk;
    if (dictionary === undefined) {
      codeRows(chunk, out);
      continue;
    }
    const entryCodes = new Int32Array(dictionary.length);
    codeChunks(dictionary.data, entryCodes, codeRows);
    const keyOf = dictionaryKeys(chunk, dictionary.length);
    for (let i = 0; i < out.length; i++) out[i] = entryCodes[keyOf(i)] ?? MISSING;
  }
}

function codeTextRows(
  chunk: Chunk,
  out: Int32Array,
  interner: ByteInterner,
  maxCodes: number,
): void {
  const isMissing = missingTest(chunk);
  const rangeOf = textRanges(chunk);
  for (let i = 0; i < out.length; i++) {
    if (isMissing !== null && isMissing(i)) {
      out[i] = MISSING;
      continue;
    }
    const { bytes, start, end } = rangeOf(i);
    const code = interner.codeOf(bytes, start, end, interner.size >= maxCodes);
    out[i] = code < 0 ? BEYOND : code;
  }
}

function codeIntegerRows(chunk: Chunk, out: Int32Array, codeOf: Map<bigint, number>): void {
  const isMissing = missingTest(chunk);
  const { values } = chunk;
  requireLength(values.length, out.length);
  for (let i = 0; i < out.length; i++) {
    if (isMissing !== null && isMissing(i)) {
      out[i] = MISSING;
      continue;
    }
    const value = BigInt(values[i]);
    const code = codeOf.get(value) ?? codeOf.size;
    if (code === codeOf.size) codeOf.set(value, code);
    out[i] = code;
  }
}

/** Drops codes that no row has, as a dictionary may hold more than is used; returns the old ones. */
function renumber(codes: Int32Array, nCodes: number): readonly number[] {
  const newCodes = new Int32Array(nCodes).fill(-1);
  const used: number[] = [];
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code < 0) continue;
    if (newCodes[code]! < 0) newCodes[code] = used.push(code) - 1;
    codes[i] = newCodes[code]!;
  }
  return used;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeLabel(bytes: Uint8Array, rowOf: () => number): string {
  if (bytes.length > MAX_CELL_BYTES) throw new BadRow(rowOf(), 'the value is longer than 1 MiB.');
  try {
    // A copy, because not every runtime decodes shared memory.
    return utf8.decode(bytes.slice());
  } catch {
    throw new BadRow(rowOf(), 'the text is not UTF-8.');
  }
}
