import { badData } from './badData';
import { isCodeName, isIdName } from './columnNameHints';
import { distinctColumnNames } from './columnNames';
import { cutsQuotes, splitRecords } from './csvRecords';
import { isMissingToken, parseNumber } from './parseValue';

export type CsvType = 'DOUBLE' | 'VARCHAR';

/** How a CSV file is written, as far as its beginning shows. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly decimalSeparator: '.' | ',';
  readonly names: readonly string[];
  readonly types: readonly CsvType[];
  readonly warnings: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const MAX_SAMPLE_RECORDS = 20_000;
const decimalCommaNumber = /^[+-]?\d+,\d+(?:[eE][+-]?\d+)?$/;
const leadingZero = /^0\d+$/;

/**
 * Finds delimiter, decimal separator, column names and column types from the beginning of a file.
 *
 * @param head first bytes of the file
 * @param isWhole whether that is all of it
 * @throws AppFailure BAD_DATA when it is not UTF-8 text or has no line of column names
 */
export function readCsvHead(file: string, head: Uint8Array, isWhole: boolean): CsvDialect {
  const text = decodeText(file, head, isWhole);
  const delimiter = findDelimiter(text, isWhole);
  const [header, ...rows] = splitRecords(text, delimiter, MAX_SAMPLE_RECORDS, isWhole);
  if (header === undefined) throw badData(file, 'the first line is longer than 1 MiB.');
  const cells = rows.filter((row) => row.length === header.length);
  requireHeader(file, header, rows.length > 0);
  const { names, warnings } = distinctColumnNames(header);
  const decimalSeparator = delimiter !== ',' && hasDecimalComma(cells) ? ',' : '.';
  const types = names.map((name, index) => guessType(name, cells, index, decimalSeparator));
  const comma = decimalSeparator === ',' ? ['Numbers are written with a decimal comma.'] : [];
  return { delimiter, decimalSeparator, names, types, warnings: [...warnings, ...comma] };
}

function decodeText(file: string, head: Uint8Array, isWhole: boolean): string {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw badData(file, 'the file is encoded as UTF-16. Save it as CSV UTF-8.');
  }
  if (head.includes(0)) throw badData(file, 'the file holds binary data, not text.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !isWhole });
  } catch {
    const row = firstBadLine(head);
    const where = row === 0 ? 'the line with the column names is' : 'this row is';
    throw badData(
      file,
      `${where} not UTF-8 text. Save the file as CSV UTF-8.`,
      row > 0 ? { row } : {},
    );
  }
}

/** Lines before the one that is not UTF-8; 0 is the line with the column names. */
function firstBadLine(head: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 0;
  for (let start = 0; start < head.length; line++) {
    const lineEnd = head.indexOf(0x0a, start);
    const end = lineEnd < 0 ? head.length : lineEnd + 1;
    try {
      decoder.decode(head.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}

/**
 * The delimiter that splits the first line and then most lines into the same number of cells. One that cuts
 * through quotation marks in the first line comes last.
 */
function findDelimiter(text: string, isWhole: boolean): string {
  const candidates = DELIMITERS.map((delimiter) => {
    const [header, ...rows] = splitRecords(text, delimiter, 200, isWhole);
    const nCells = header?.length ?? 0;
    const nEqual = rows.filter((row) => row.length === nCells).length;
    const shareEqual = rows.length === 0 ? 1 : nEqual / rows.length;
    return { delimiter, nCells, shareEqual, cuts: Number(cutsQuotes(text, delimiter)) };
  });
  const [best] = candidates
    .filter(({ nCells }) => nCells > 1)
    .sort((a, b) => a.cuts - b.cuts || b.shareEqual - a.shareEqual || b.nCells - a.nCells);
  return best?.delimiter ?? ',';
}

function requireHeader(file: string, header: readonly string[], hasRows: boolean): void {
  const [first] = header;
  if (header.length === 1 && first?.trim() === '') {
    throw badData(file, 'the first line is blank; it must hold the column names.');
  }
  const named = header.filter((name) => name !== '');
  // Numbered columns (0, 1, 2, ...) are what pandas writes for a table without names.
  const isNumbered = named.every((name, index) => name === String(index));
  if (
    hasRows &&
    named.length > 0 &&
    !isNumbered &&
    named.every((name) => parseNumber(name) !== null)
  ) {
    throw badData(file, 'the first line holds numbers; it must hold the column names.');
  }
}

function hasDecimalComma(rows: readonly (readonly string[])[]): boolean {
  const cells = rows.flat();
  return (
    cells.some((cell) => decimalCommaNumber.test(cell)) &&
    !cells.some((cell) => cell.includes('.') && parseNumber(cell) !== null)
  );
}

function guessType(
  name: string,
  rows: readonly (readonly string[])[],
  index: number,
  decimalSeparator: string,
): CsvType {
  let isWholeNumbers = true;
  for (const row of rows) {
    const cell = row[index]!; // rows of another length were left out
    if (isMissingToken(cell)) continue;
    const number = parseNumber(decimalSeparator === ',' ? cell.replace(',', '.') : cell);
    // A number that begins with 0 is a code; as a number it would lose that 0.
    if (number === null || leadingZero.test(cell)) return 'VARCHAR';
    isWholeNumbers &&= Number.isInteger(number);
  }
  const isCode = rows.length > 0 && isWholeNumbers && (isCodeName(name) || isIdName(name));
  return isCode ? 'VARCHAR' : 'DOUBLE';
}
