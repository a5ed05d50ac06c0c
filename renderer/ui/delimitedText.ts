import { guardFormula, type TableText } from '../../shared/base/csvText';

/** A table as tab-separated text, which spreadsheets take from the clipboard. */
export function toTsv({ header, rows }: TableText): string {
  const clean = (cell: string | number | null): string =>
    guardFormula(cell).replace(/[\t\r\n]+/g, ' ');
  return [header, ...rows].map((row) => row.map(clean).join('\t')).join('\n');
}
