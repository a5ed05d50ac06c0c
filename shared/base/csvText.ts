/** A table of texts and numbers with its header. */
export interface TableText {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A table as CSV (RFC 4180), without a line break at its end. */
export function toCsv({ header, rows }: TableText): string {
  return [header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
}

function csvCell(cell: string | number | null): string {
  const text = guardFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Names come from files and people: a spreadsheet must not take one for a formula. */
export function guardFormula(cell: string | number | null): string {
  if (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell)) return `'${cell}`;
  return String(cell ?? '');
}
