import { AppFailure } from '../../shared/ipc/errors';

/** Where in a file something is wrong. */
export interface BadPlace {
  /** Counted from 1; the line with the column names is not a row. */
  readonly row?: number;
  readonly column?: string;
}

/**
 * A file that cannot be read as it is: names the file, the row and the column, never a value.
 *
 * @param file name of the file without its folder
 * @param problem a sentence that says what is wrong and, where it helps, what to do
 */
export function badData(file: string, problem: string, place: BadPlace = {}): AppFailure {
  const details: Record<string, unknown> = { file };
  if (place.row !== undefined) details.row = place.row;
  if (place.column !== undefined) details.column = place.column;
  const row = place.row === undefined ? '' : `, row ${place.row}`;
  const column = place.column === undefined ? '' : `, column "${place.column}"`;
  return new AppFailure(
    'BAD_DATA',
    `${file}${row}${column}: ${problem} Nothing was recorded.`,
    details,
  );
}

/** @throws AppFailure CANCELLED when the signal has fired */
export function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

export function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', 'Cancelled. Nothing was recorded.');
}
