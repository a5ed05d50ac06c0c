import { AppFailure } from '../../shared/ipc/errors';
import { badData } from '../io/badData';
import type { OpenTable } from '../io/tableReader';

/**
 * The row of the one case of this identifier, from 0.
 *
 * @throws AppFailure NOT_FOUND (no such case), BAD_DATA (two cases of one identifier); the identifier is in no message
 */
export async function findCaseRow(
  table: OpenTable,
  column: string,
  caseId: string,
): Promise<number> {
  const { codes, labels } = await readTexts(table, column);
  const code = labels.indexOf(caseId);
  const row = code < 0 ? -1 : codes.indexOf(code);
  if (row < 0)
    throw new AppFailure(
      'NOT_FOUND',
      `${table.file.fileName} has no case of this identifier. Nothing was recorded. Type it as it stands in the column ${column}.`,
      { file: table.file.fileName },
    );
  const second = codes.indexOf(code, row + 1);
  if (second >= 0)
    throw badData(
      table.file.fileName,
      `this row and row ${row + 1} have the same identifier, so it names no single case.`,
      { row: second + 1, column },
    );
  return row;
}

/** A value as text; null: missing. */
export async function readText(
  table: OpenTable,
  name: string,
  row: number,
): Promise<string | null> {
  const { codes, labels } = await readTexts(table, name);
  return labels[codes[row]!] ?? null;
}

async function readTexts(table: OpenTable, name: string) {
  const column = await table.readColumn(name, 'categorical');
  if (!('codes' in column)) throw new Error('a text column holds no texts');
  return column;
}
