import type { Migration } from '../migrate';

/** Adds the pictures of model cards, each kept once and named by its digest. */
export const cardPicture: Migration = {
  version: 16,
  name: 'cardPicture',
  up(db) {
    db.exec(`
      CREATE TABLE card_picture (
        sha256       TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
        media_type   TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg')),
        width        INTEGER NOT NULL CHECK (width > 0),
        height       INTEGER NOT NULL CHECK (height > 0),
        bytes        BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
        added_at_utc TEXT NOT NULL,
        added_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE TRIGGER card_picture_stays BEFORE DELETE ON card_picture
        BEGIN SELECT raise(ABORT, 'a picture of a card is never deleted'); END;
      CREATE TRIGGER card_picture_is_fixed BEFORE UPDATE ON card_picture
        BEGIN SELECT raise(ABORT, 'a picture of a card never changes'); END;
    `);
  },
};
