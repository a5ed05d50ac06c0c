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
  const where = [
    place.row === undefined ? null : `row ${place.row}`,
    place.column === undefined ? null : `column "${place.column}"`,
  ].filter((part) => part !== null);
  const at = where.length === 0 ? '' : `, ${where.join(', ')}`;
  return new AppFailure('BAD_DATA', `${file}${at}: ${problem} Nothing was recorded.`, {
    file,
    ...place,
  });
}

/** @throws AppFailure CANCELLED when the signal has fired */
export function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

export function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', 'Cancelled. Nothing was recorded.');
}
