import { badData } from '../io/badData';
import { isMissingToken } from '../io/parseValue';
import type { SourceColumn, TableSource } from '../io/tableSource';
import type { IdHasher } from './idHash';

/** @throws AppFailure BAD_DATA when there is no such column */
export function requireColumn(source: TableSource, name: string): SourceColumn {
  const column = source.columns.find((found) => found.name === name);
  if (column === undefined) {
    throw badData(source.file.fileName, 'the file has no such column.', { column: name });
  }
  return column;
}

/**
 * Reads identifiers as keyed hashes; the identifiers themselves go no further.
 *
 * Whole numbers hash as their digits, so that 17 in one file meets "17" in another.
 *
 * @returns one per row, NaN where it is missing
 * @throws AppFailure BAD_DATA when the column cannot hold identifiers
 */
export async function readIds(
  source: TableSource,
  name: string,
  hasher: IdHasher,
): Promise<Float64Array> {
  const column = requireColumn(source, name);
  if (column.holds === 'number') return hashNumbers(await source.readNumbers(column), hasher);
  if (column.holds !== 'text' && column.holds !== 'integer64') {
    throw badData(
      source.file.fileName,
      `it holds ${column.fileType} where identifiers (texts or whole numbers) are expected.`,
      { column: name },
    );
  }
  const { codes, labels } = await source.readTexts(column);
  const hashes = Float64Array.from(labels, (label) =>
    isMissingToken(label) ? NaN : hasher.text(label),
  );
  const keys = new Float64Array(codes.length);
  for (let i = 0; i < keys.length; i++) keys[i] = codes[i]! < 0 ? NaN : hashes[codes[i]!]!;
  return keys;
}

function hashNumbers(numbers: Float64Array, hasher: IdHasher): Float64Array {
  const keys = new Float64Array(numbers.length);
  for (let i = 0; i < keys.length; i++) {
    const value = numbers[i]!;
    if (Number.isSafeInteger(value)) keys[i] = hasher.integer(value + 0);
    else keys[i] = Number.isFinite(value) ? hasher.text(String(value)) : NaN;
  }
  return keys;
}
