import type { FileFingerprint } from '../../shared/base/files';
import type { ColumnKind, InspectedColumn } from '../../shared/drift/column';
import { AppFailure } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';
import { badData, stopIfCancelled } from './badData';
import { readAs } from './columnValues';
import { detectColumn, type ColumnSummary, type DetectedColumn } from './detectColumn';
import { scaleProgress } from './scaleProgress';
import { summariseNumbers } from './summariseNumbers';
import { openSource } from './tableReader';
import type { SourceColumn, TableSource } from './tableSource';

/** What a file was found to hold: its columns, never its rows. */
export interface InspectedTable {
  readonly file: FileFingerprint;
  readonly nRows: number;
  readonly columns: readonly InspectedColumn[];
  readonly warnings: readonly string[];
}

const SHARE_OF_OPENING = 0.6;

/**
 * Looks at every column of a table file and proposes what each is (job `table.inspect`).
 *
 * @param input.path CSV, Parquet or Arrow file
 * @returns one entry per column of the file, in its order
 * @throws AppFailure BAD_DATA when the file cannot be read or has no rows, CANCELLED
 */
export async function inspectTable(
  input: { readonly path: string },
  scope: { readonly signal: AbortSignal; progress(progress: Progress): void },
): Promise<InspectedTable> {
  const { signal } = scope;
  const opening = scaleProgress(scope.progress, 0, SHARE_OF_OPENING);
  const source = await openSource(input.path, { signal, progress: opening });
  try {
    const { file, nRows } = source;
    if (nRows === 0) throw badData(file.fileName, 'the file has no data rows.');
    const columns: InspectedColumn[] = [];
    const warnings = [...source.warnings];
    const progress = scaleProgress(scope.progress, SHARE_OF_OPENING, 1);
    for (const column of source.columns) {
      stopIfCancelled(signal);
      const fraction = columns.length / source.columns.length;
      progress({
        fraction,
        activity: `Looking at column ${columns.length + 1} of ${source.columns.length}`,
      });
      const looked = await inspectColumn(source, column);
      columns.push(looked.column);
      warnings.push(...looked.warnings);
    }
    return { file, nRows, columns, warnings };
  } finally {
    source.close();
  }
}

/**
 * Looks at several files in one process (job `table.inspectAll`).
 *
 * @param input.path the file that is named when the process dies over one of them
 * @returns one entry per file, in their order
 * @throws AppFailure as {@link inspectTable}
 */
export async function inspectTables(
  { paths }: { readonly path: string; readonly paths: readonly string[] },
  scope: { readonly signal: AbortSignal; progress(progress: Progress): void },
): Promise<readonly InspectedTable[]> {
  const found: InspectedTable[] = [];
  for (const [i, path] of paths.entries()) {
    const progress = scaleProgress(scope.progress, i / paths.length, (i + 1) / paths.length);
    found.push(await inspectTable({ path }, { signal: scope.signal, progress }));
  }
  return found;
}

async function inspectColumn(
  source: TableSource,
  column: SourceColumn,
): Promise<{ readonly column: InspectedColumn; readonly warnings: readonly string[] }> {
  const summary = await summarise(source, column);
  const { detected, warnings } = await confirm(source, column, summary, detectColumn(summary));
  const counts =
    summary.holds === 'none' || summary.holds === 'unreadable'
      ? {
          nMissing: summary.holds === 'none' ? source.nRows : 0,
          nDistinct: 0,
          isDistinctCapped: false,
        }
      : summary;
  return {
    column: {
      name: column.name,
      ...detected,
      fileType: column.fileType,
      nMissing: counts.nMissing,
      nDistinct: counts.nDistinct,
      isDistinctCapped: counts.isDistinctCapped,
    },
    warnings: [...warnings, ...warnAboutRounding(summary, detected)],
  };
}

async function summarise(source: TableSource, column: SourceColumn): Promise<ColumnSummary> {
  const described = { name: column.name, fileType: column.fileType, nRows: source.nRows };
  const { holds } = column;
  if (holds === 'none' || holds === 'unreadable') return { holds, ...described };
  if (holds === 'text') return { holds, ...described, ...(await source.countTexts(column)) };
  const counts = summariseNumbers(await source.readNumbers(column));
  return { ...described, ...counts, holds: holds === 'integer64' ? 'number' : holds };
}

/** Text was judged by a sample: before it is proposed as numbers or dates, every row is tried. */
async function confirm(
  source: TableSource,
  column: SourceColumn,
  summary: ColumnSummary,
  detected: DetectedColumn,
): Promise<{ readonly detected: DetectedColumn; readonly warnings: readonly string[] }> {
  const isGuess = summary.holds === 'text' && summary.nDistinct > summary.sample.length;
  if (!isGuess || detected.kind === 'categorical') return { detected, warnings: [] };
  const row = await firstRowNot(source, column, detected.kind);
  if (row === null) return { detected, warnings: [] };
  const kind = detected.kind === 'numeric' ? 'a number' : 'a date';
  return {
    detected: {
      kind: 'categorical',
      role: 'ignored',
      reason: `Mixed: most values look like ${kind}, but row ${row} does not hold one.`,
    },
    warnings: [`Column "${column.name}" is mixed: row ${row} does not hold ${kind}.`],
  };
}

async function firstRowNot(
  source: TableSource,
  column: SourceColumn,
  kind: ColumnKind,
): Promise<number | null> {
  try {
    await readAs(source, column, kind);
    return null;
  } catch (error) {
    if (!(error instanceof AppFailure) || typeof error.details.row !== 'number') throw error;
    return error.details.row;
  }
}

function warnAboutRounding(summary: ColumnSummary, detected: DetectedColumn): readonly string[] {
  if (summary.holds !== 'number' || !summary.isWhole || detected.kind !== 'numeric') return [];
  const largest = Math.max(Math.abs(summary.min ?? 0), Math.abs(summary.max ?? 0));
  if (detected.role === 'id' || largest <= Number.MAX_SAFE_INTEGER) return [];
  return [
    `Column "${summary.name}" has whole numbers beyond 2^53; they are read as the nearest double.`,
  ];
}
