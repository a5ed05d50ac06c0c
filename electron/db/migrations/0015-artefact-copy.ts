import type { Migration } from '../migrate';

/**
 * Adds copies of artefact files, kept in pieces inside the encrypted file, so that backup, keys and checks
 * cover them as they cover every record. A file is named by its digest and kept once, whatever its paths.
 */
export const artefactCopy: Migration = {
  version: 15,
  name: 'artefactCopy',
  up(db) {
    db.exec(`
      CREATE TABLE artefact_piece (
        sha256  TEXT NOT NULL                  -- of the whole file
          CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
        ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
        bytes   BLOB NOT NULL CHECK (length(bytes) <= 4194304),
        PRIMARY KEY (sha256, ordinal)
      ) STRICT;
      CREATE TRIGGER artefact_piece_stays BEFORE DELETE ON artefact_piece
        BEGIN SELECT raise(ABORT, 'artefact_piece rows are never deleted'); END;
      CREATE TRIGGER artefact_piece_is_fixed BEFORE UPDATE ON artefact_piece
        BEGIN SELECT raise(ABORT, 'artefact_piece rows never change'); END;
    `);
  },
};
