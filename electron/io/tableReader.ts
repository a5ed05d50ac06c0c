import type { FileFingerprint } from '../../shared/base/files';
import type { ColumnKind } from '../../shared/drift/column';
import { openArrow } from './arrowTable';
import { badData, stopIfCancelled } from './badData';
import { readAs, type ColumnValues } from './columnValues';
import { openCsv } from './csvTable';
import { hashAndWatch, type HashedFile, type ReadScope } from './fileHash';
import { openParquet } from './parquetTable';
import { MAX_COLUMNS, MAX_ROWS } from './readLimits';
import { scaleProgress } from './scaleProgress';
import { detectFormat, type TableFormat } from './tableFormat';
import type { SourceColumn, TableSource } from './tableSource';

/** An open table file, read column by column. */
export interface OpenTable {
  readonly format: TableFormat;
  readonly file: FileFingerprint;
  readonly nRows: number;
  readonly columns: readonly { readonly name: string; readonly fileType: string }[];
  /** What had to be changed or guessed, in sentences; e.g. columns renamed. */
  readonly warnings: readonly string[];
  /**
   * Reads one column as the kind it is asked for.
   *
   * @returns one value per row in the order of the file, in shared memory that the caller owns
   * @throws AppFailure BAD_DATA naming the first row whose value cannot be of that kind, or the
   *   column when there is none of that name
   */
  readColumn(name: string, kind: ColumnKind): Promise<ColumnValues>;
  /** Frees what the file took. To be called however the reading ended. */
  close(): void;
}

const MAX_NAME_LENGTH = 1024;
const SHARE_OF_HASHING = 0.2;

/**
 * Opens a CSV, Parquet or Arrow file, hashes it and checks what can be checked without its values.
 *
 * Runs in a job process: a damaged file may end the process, never the application.
 *
 * @throws AppFailure BAD_DATA `{file, row?, column?}` when it cannot be read, CANCELLED
 */
export async function openTable(path: string, options: ReadScope): Promise<OpenTable> {
  const source = await openSource(path, options);
  const columnOf = new Map(source.columns.map((column) => [column.name, column]));
  return {
    format: source.format,
    file: source.file,
    nRows: source.nRows,
    columns: source.columns.map(({ name, fileType }) => ({ name, fileType })),
    warnings: source.warnings,
    async readColumn(name, kind) {
      stopIfCancelled(options.signal);
      const column = columnOf.get(name);
      if (column === undefined) {
        throw badData(source.file.fileName, 'the file has no such column.', { column: name });
      }
      return readAs(source, column, kind);
    },
    close: () => source.close(),
  };
}

/** As {@link openTable}, for code that has to see the columns as the file holds them. */
export async function openSource(path: string, scope: ReadScope): Promise<TableSource> {
  stopIfCancelled(scope.signal);
  const { format, head } = await detectFormat(path);
  const source =
    format === 'arrow'
      ? await openArrow(path, scope)
      : await openByEngine(path, format, head, scope);
  try {
    checkLimits(source);
    return source;
  } catch (error) {
    source.close();
    throw error;
  }
}

async function openByEngine(
  path: string,
  format: 'csv' | 'parquet',
  head: Uint8Array,
  scope: ReadScope,
): Promise<TableSource> {
  const hashing = scaleProgress(scope.progress, 0, SHARE_OF_HASHING);
  const hashed = await hashAndWatch(path, { signal: scope.signal, progress: hashing });
  const { fingerprint } = hashed;
  const reading = {
    signal: scope.signal,
    progress: scaleProgress(scope.progress, SHARE_OF_HASHING, 1),
  };
  const table =
    format === 'csv'
      ? await openCsv(path, head, fingerprint.sizeBytes, reading)
      : await openParquet(path, reading);
  const { session, nRows, columns, warnings } = table;
  const sourceOf = (column: SourceColumn) => columns[column.index]!; // the columns handed out are these
  await whileUnchanged(hashed, async () => undefined).catch((error: unknown) => {
    session.close();
    throw error;
  });
  // A CSV file is in memory by now; a Parquet file is still read from disk.
  const fresh = <T>(read: () => Promise<T>): Promise<T> =>
    format === 'csv' ? read() : whileUnchanged(hashed, read);
  return {
    format,
    file: fingerprint,
    nRows,
    columns,
    warnings,
    readNumbers: (column) => fresh(() => table.readNumbers(sourceOf(column))),
    readTexts: (column) => fresh(() => table.readTexts(sourceOf(column))),
    countTexts: (column) => fresh(() => table.countTexts(sourceOf(column))),
    close: () => session.close(),
  };
}

async function whileUnchanged<T>(hashed: HashedFile, read: () => Promise<T>): Promise<T> {
  const value = await read();
  await hashed.checkUnchanged();
  return value;
}

function checkLimits({ file, nRows, columns }: TableSource): void {
  if (nRows > MAX_ROWS) throw badData(file.fileName, 'the table has more than 20,000,000 rows.');
  if (columns.length > MAX_COLUMNS) {
    throw badData(file.fileName, `the table has more than ${MAX_COLUMNS} columns.`);
  }
  if (columns.length === 0) throw badData(file.fileName, 'the table has no columns.');
  const long = columns.find(({ name }) => name.length > MAX_NAME_LENGTH);
  if (long !== undefined) {
    throw badData(
      file.fileName,
      `the name of column ${long.index + 1} is longer than ${MAX_NAME_LENGTH} characters.`,
    );
  }
}
