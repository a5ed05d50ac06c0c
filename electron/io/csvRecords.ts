/**
 * Splits the beginning of a CSV text into records, quotes respected (RFC 4180).
 *
 * Only for looking at a sample: the file itself is read by the database engine.
 *
 * @param isWhole false when the text was cut off, so that its last record cannot be trusted
 * @returns cells per record, at most `maxRecords`; blank lines are records of one empty cell
 */
export function splitRecords(
  text: string,
  delimiter: string,
  maxRecords: number,
  isWhole: boolean,
): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length && records.length < maxRecords) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter);
    record.push(cell.text);
    at = cell.end;
    if (text[at] === delimiter) {
      at += 1;
      // A delimiter at the very end still opens one more, empty cell.
      if (at === text.length && isWhole) record.push('');
      else continue;
    }
    if (at < text.length || isWhole) records.push(record);
    record = [];
    at = afterLineEnd(text, at);
  }
  return records;
}

/** Whether this delimiter leaves a quotation mark in the middle of a cell of the first record. */
export function cutsQuotes(text: string, delimiter: string): boolean {
  let at = 0;
  for (;;) {
    const isQuoted = text[at] === '"';
    const cell = isQuoted ? quotedCell(text, at) : plainCell(text, at, delimiter);
    const next = text[cell.end];
    if (next !== delimiter) {
      const isEnd = next === undefined || next === '\n' || next === '\r';
      return isQuoted ? !isEnd : cell.text.includes('"');
    }
    if (!isQuoted && cell.text.includes('"')) return true;
    at = cell.end + 1;
  }
}

interface Cell {
  readonly text: string;
  /** Position of the delimiter or line end after it. */
  readonly end: number;
}

function plainCell(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') {
    end += 1;
  }
  return { text: text.slice(start, end), end };
}

function quotedCell(text: string, start: number): Cell {
  let content = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { text: content + text.slice(from), end: text.length };
    content += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { text: content, end: quote + 1 };
    content += '"';
    from = quote + 2;
  }
}

function afterLineEnd(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? at + 2 : at + 1;
}
