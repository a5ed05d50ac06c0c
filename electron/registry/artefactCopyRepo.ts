import type { Db } from '../db/openDatabase';

/** What is there of a file. */
export interface KeptFile {
  readonly sizeBytes: number;
  readonly nPieces: number;
}

/** What is kept of each of these files, by digest. Cost: O(pieces), without reading them */
export function findKept(db: Db, digests: readonly string[]): ReadonlyMap<string, KeptFile> {
  const rows = db
    .prepare<[string], KeptFile & { readonly sha256: string }>(
      `SELECT sha256, sum(length(bytes)) AS sizeBytes, count(*) AS nPieces FROM artefact_piece
       WHERE sha256 IN (SELECT value FROM json_each(?)) GROUP BY sha256`,
    )
    .all(JSON.stringify(digests));
  return new Map(rows.map((row) => [row.sha256, row]));
}

interface Piece {
  readonly sha256: string;
  readonly ordinal: number;
  readonly bytes: Uint8Array;
}

export function insertPiece(db: Db, { sha256, ordinal, bytes }: Piece): void {
  db.prepare('INSERT INTO artefact_piece (sha256, ordinal, bytes) VALUES (?, ?, ?)').run(
    sha256,
    ordinal,
    bytes,
  );
}

/** The pieces of a kept file in their order, one read at a time. */
export function* piecesOf(db: Db, sha256: string): Generator<Buffer> {
  const read = db
    .prepare<[string, number], Buffer>(
      'SELECT bytes FROM artefact_piece WHERE sha256 = ? AND ordinal = ?',
    )
    .pluck();
  for (let ordinal = 0; ; ordinal += 1) {
    const bytes = read.get(sha256, ordinal);
    if (bytes === undefined) return;
    yield bytes;
  }
}
