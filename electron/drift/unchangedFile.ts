import { AppFailure } from '../../shared/ipc/errors';
import type { OpenTable } from '../io/tableReader';

/** @throws AppFailure BAD_DATA when the file is not the one that was looked at */
export function requireUnchanged(table: OpenTable, expectedSha256: string | null): void {
  if (expectedSha256 === null || table.file.sha256 === expectedSha256) return;
  throw new AppFailure(
    'BAD_DATA',
    `${table.file.fileName} has changed since it was looked at. Nothing was recorded. Choose the file again.`,
    { file: table.file.fileName },
  );
}
