import type { PersonId } from '../../shared/base/ids';
import { PictureFacts } from '../../shared/card/picture';
import type { Db } from '../db/openDatabase';
import type { CleanPicture } from './cleanPicture';

interface PictureRow {
  readonly sha256: string;
  readonly media_type: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

export function findPicture(db: Db, sha256: string): CleanPicture | null {
  const row = db
    .prepare<[string], PictureRow>(
      'SELECT sha256, media_type, width, height, bytes FROM card_picture WHERE sha256 = ?',
    )
    .get(sha256);
  if (row === undefined) return null;
  const { media_type: mediaType, width, height, bytes } = row;
  const facts = PictureFacts.parse({ sha256, mediaType, width, height, sizeBytes: bytes.length });
  return { ...facts, bytes };
}

export function hasPicture(db: Db, sha256: string): boolean {
  return db.prepare('SELECT 1 FROM card_picture WHERE sha256 = ?').get(sha256) !== undefined;
}

/** Keeps a picture; one that is there already stays as it is. */
export function insertPicture(
  db: Db,
  picture: CleanPicture & { readonly addedAtUtc: string; readonly addedBy: PersonId },
): void {
  const { sha256, mediaType, width, height, bytes, addedAtUtc, addedBy } = picture;
  db.prepare(
    `INSERT INTO card_picture (sha256, media_type, width, height, bytes, added_at_utc, added_by)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING`,
  ).run(sha256, mediaType, width, height, bytes, addedAtUtc, addedBy);
}
