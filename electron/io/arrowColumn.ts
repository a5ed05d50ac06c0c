import { DataType, type Vector } from 'apache-arrow';
import { fillNumbers } from './arrowNumbers';
import { missingTest, requireLength, type Chunk } from './arrowValidity';
import type { ColumnHolds, RowNumbers } from './tableSource';

export function holdsOf(type: DataType): ColumnHolds {
  if (DataType.isDictionary(type)) {
    const inside: DataType = type.dictionary;
    // A dictionary of dictionaries is allowed by the format but written by nobody.
    return DataType.isDictionary(inside) ? 'unreadable' : holdsOf(inside);
  }
  if (DataType.isInt(type)) return type.bitWidth === 64 ? 'integer64' : 'number';
  if (DataType.isFloat(type) || DataType.isDecimal(type)) return 'number';
  if (DataType.isBool(type)) return 'boolean';
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return 'datetime';
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type))
    return 'text';
  return DataType.isNull(type) ? 'none' : 'unreadable';
}

/** Number, boolean or date column of all batches; missing values are NaN. */
export function readArrowNumbers(chunks: readonly Chunk[], nRows: number): RowNumbers {
  const values = new Float64Array(new SharedArrayBuffer(nRows * 8));
  let row = 0;
  for (const chunk of chunks) {
    const part = values.subarray(row, row + chunk.length);
    if (chunk.dictionary === undefined) fillNumbers(chunk, part);
    else fillFromDictionary(chunk, chunk.dictionary, part);
    row += chunk.length;
  }
  return values;
}

function fillFromDictionary(chunk: Chunk, dictionary: Vector, out: Float64Array): void {
  const meant = readArrowNumbers(dictionary.data, dictionary.length);
  const keyOf = dictionaryKeys(chunk, dictionary.length);
  for (let i = 0; i < out.length; i++) out[i] = meant[keyOf(i)] ?? NaN;
}

/** Position in the dictionary of each row of a chunk; -1 is missing. */
export function dictionaryKeys(chunk: Chunk, nEntries: number): (index: number) => number {
  const keys = chunk.values;
  requireLength(keys.length, chunk.length);
  const isMissing = missingTest(chunk);
  return (index) => {
    if (isMissing !== null && isMissing(index)) return -1;
    const key = Number(keys[index]);
    if (key < 0 || key >= nEntries) throw new RangeError('key outside the dictionary');
    return key;
  };
}
