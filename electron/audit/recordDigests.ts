import type { Db } from '../db/openDatabase';
import { preparedStatement } from '../db/preparedStatement';
import { RecordsHash } from './rowDigest';
import { forgetTouchedRows, type RowDigest } from './touchedRows';

/** What an event says of the rows that were touched with it; null when there was none. */
export function recordsSha256(digests: readonly RowDigest[]): string | null {
  if (digests.length === 0) return null;
  const hash = new RecordsHash();
  for (const { table, key, sha256 } of digests) hash.add(table, key, sha256);
  return hash.hex();
}

/** Keeps the digests under the event that names them, and starts noting afresh. */
export function storeDigests(db: Db, seq: number, digests: readonly RowDigest[]): void {
  if (digests.length === 0) return;
  const insert = preparedStatement(
    db,
    'INSERT INTO record_digest (table_name, row_key, seq, sha256) VALUES (?, ?, ?, ?)',
  );
  for (const { table, key, sha256 } of digests) {
    insert.run(table, key, seq, Buffer.from(sha256, 'hex'));
  }
  forgetTouchedRows(db);
}
