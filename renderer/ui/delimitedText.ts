export interface TableText {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A table as tab-separated text, which spreadsheets take from the clipboard. */
export function toTsv({ header, rows }: TableText): string {
  const clean = (cell: string | number | null): string =>
    guardFormula(cell).replace(/[\t\r\n]+/g, ' ');
  return [header, ...rows].map((row) => row.map(clean).join('\t')).join('\n');
}

/** A table as CSV (RFC 4180). */
export function toCsv({ header, rows }: TableText): string {
  return [header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
}

function csvCell(cell: string | number | null): string {
  const text = guardFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Category names come from files: a spreadsheet must not take one for a formula. */
function guardFormula(cell: string | number | null): string {
  if (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell)) return `'${cell}`;
  return String(cell ?? '');
}
