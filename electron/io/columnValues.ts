import type { ColumnKind } from '../../shared/drift/column';
import { badData } from './badData';
import { isMissingToken, parseBoolean, parseInstant, parseNumber } from './parseValue';
import type { RowNumbers, RowTexts, SourceColumn, TableSource } from './tableSource';

/** The values of one column, one per row. The buffers belong to whoever asked for them. */
export type ColumnValues =
  | {
      readonly name: string;
      readonly kind: 'numeric' | 'datetime';
      /** Missing and NaN are NaN, infinities are kept; dates are milliseconds since 1970 UTC. */
      readonly values: Float64Array<SharedArrayBuffer>;
    }
  | {
      readonly name: string;
      readonly kind: 'categorical' | 'boolean';
      /** Positions in `labels`; -1 is missing. */
      readonly codes: Int32Array<SharedArrayBuffer>;
      /** Distinct; of a boolean column always `false`, `true`. */
      readonly labels: readonly string[];
    };

const BOOLEAN_LABELS = ['false', 'true'] as const;

/**
 * Reads one column as the kind it is asked for.
 *
 * @throws AppFailure BAD_DATA naming the first row whose value cannot be of that kind
 */
export async function readAs(
  source: TableSource,
  column: SourceColumn,
  kind: ColumnKind,
): Promise<ColumnValues> {
  const { name } = column;
  if (column.holds === 'unreadable') {
    throw mismatch(source, column, `values of type ${column.fileType} cannot be compared.`);
  }
  if (kind === 'categorical') return { name, kind, ...(await readCategories(source, column)) };
  if (kind === 'boolean') {
    const codes = await readBooleans(source, column);
    return { name, kind, codes, labels: BOOLEAN_LABELS };
  }
  return { name, kind, values: await readLine(source, column, kind) };
}

/** Numbers or instants: kinds whose values lie on a line. */
async function readLine(
  source: TableSource,
  column: SourceColumn,
  kind: 'numeric' | 'datetime',
): Promise<RowNumbers> {
  if (column.holds === 'none') return allMissing(source.nRows);
  if (column.holds === 'text') {
    const texts = await source.readTexts(column);
    const parse = kind === 'numeric' ? parseNumber : parseInstant;
    const meant = parseLabels(
      source,
      column,
      texts,
      parse,
      kind === 'numeric' ? 'a number' : 'a date (ISO 8601)',
    );
    const values = new Float64Array(new SharedArrayBuffer(texts.codes.length * 8));
    for (let i = 0; i < values.length; i++) values[i] = meant[texts.codes[i]!] ?? NaN;
    return values;
  }
  if ((column.holds === 'datetime') !== (kind === 'datetime')) {
    const [found, wanted] = kind === 'numeric' ? ['dates', 'numbers'] : ['no dates', 'dates'];
    throw mismatch(
      source,
      column,
      `it holds ${found} (${column.fileType}) where ${wanted} are expected.`,
    );
  }
  return source.readNumbers(column);
}

async function readCategories(source: TableSource, column: SourceColumn): Promise<RowTexts> {
  if (column.holds === 'none') return { codes: allMissingCodes(source.nRows), labels: [] };
  if (column.holds === 'text') return withoutMissingTokens(await source.readTexts(column));
  // Through text, because two 64-bit codes may be the same double.
  if (column.holds === 'integer64') return source.readTexts(column);
  const numbers = await source.readNumbers(column);
  if (column.holds === 'boolean') return { codes: toBooleanCodes(numbers), labels: BOOLEAN_LABELS };
  return column.holds === 'datetime'
    ? categoriesOf(numbers, writeInstant)
    : categoriesOf(numbers, String);
}

async function readBooleans(
  source: TableSource,
  column: SourceColumn,
): Promise<Int32Array<SharedArrayBuffer>> {
  if (column.holds === 'none') return allMissingCodes(source.nRows);
  if (column.holds === 'datetime') {
    throw mismatch(
      source,
      column,
      `it holds dates (${column.fileType}) where yes or no is expected.`,
    );
  }
  if (column.holds === 'text') {
    const { codes, labels } = await source.readTexts(column);
    const meant = parseLabels(source, column, { codes, labels }, toBit, 'yes or no');
    for (let i = 0; i < codes.length; i++) {
      const bit = meant[codes[i]!];
      codes[i] = bit === undefined || Number.isNaN(bit) ? -1 : bit;
    }
    return codes;
  }
  const numbers = await source.readNumbers(column);
  const bad = numbers.findIndex((value) => value !== 0 && value !== 1 && !Number.isNaN(value));
  if (bad >= 0) throw notOf(source, column, bad, 'yes or no');
  return toBooleanCodes(numbers);
}

function toBit(text: string): number | null {
  const meant = parseBoolean(text);
  return meant === null ? null : Number(meant);
}

function toBooleanCodes(numbers: RowNumbers): Int32Array<SharedArrayBuffer> {
  const codes = allMissingCodes(numbers.length);
  for (let i = 0; i < codes.length; i++) {
    const value = numbers[i]!;
    if (!Number.isNaN(value)) codes[i] = value;
  }
  return codes;
}

/** What each label means; NaN for a missing one. Parses every distinct text once. */
function parseLabels(
  source: TableSource,
  column: SourceColumn,
  texts: RowTexts,
  parse: (text: string) => number | null,
  wanted: string,
): readonly number[] {
  const meant = texts.labels.map((label) => (isMissingToken(label) ? NaN : parse(label)));
  if (meant.includes(null)) {
    const bad = texts.codes.findIndex((code) => meant[code] === null);
    if (bad >= 0) throw notOf(source, column, bad, wanted);
  }
  return meant.map((value) => value ?? NaN);
}

function withoutMissingTokens({ codes, labels }: RowTexts): RowTexts {
  if (!labels.some(isMissingToken)) return { codes, labels };
  const kept = labels.filter((label) => !isMissingToken(label));
  const position = new Map(kept.map((label, code) => [label, code]));
  const newCodes = labels.map((label) => position.get(label) ?? -1);
  for (let i = 0; i < codes.length; i++) codes[i] = newCodes[codes[i]!] ?? -1;
  return { codes, labels: kept };
}

function categoriesOf(numbers: RowNumbers, write: (value: number) => string): RowTexts {
  const codes = allMissingCodes(numbers.length);
  // Map takes -0 and 0 for the same key.
  const codeOf = new Map<number, number>();
  for (let i = 0; i < codes.length; i++) {
    const value = numbers[i]!;
    if (Number.isNaN(value)) continue;
    let code = codeOf.get(value);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(value, code);
    }
    codes[i] = code;
  }
  return { codes, labels: [...codeOf.keys()].map(write) };
}

const MAX_DATE_MS = 8.64e15;

function writeInstant(value: number): string {
  return Math.abs(value) <= MAX_DATE_MS ? new Date(value).toISOString() : String(value);
}

function allMissing(nRows: number): RowNumbers {
  return new Float64Array(new SharedArrayBuffer(nRows * 8)).fill(NaN);
}

function allMissingCodes(nRows: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(nRows * 4)).fill(-1);
}

function notOf(source: TableSource, column: SourceColumn, rowIndex: number, wanted: string) {
  return badData(source.file.fileName, `the value is not ${wanted}.`, {
    row: rowIndex + 1,
    column: column.name,
  });
}

function mismatch(source: TableSource, column: SourceColumn, problem: string) {
  return badData(source.file.fileName, problem, { column: column.name });
}
