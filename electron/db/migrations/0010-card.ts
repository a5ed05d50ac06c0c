import type { Migration } from '../migrate';

/** Adds model cards: revisions that never change, their approvals, and comments that are closed once. */
export const card: Migration = {
  version: 10,
  name: 'card',
  up(db) {
    db.exec(`
      CREATE TABLE card_revision (
        id            TEXT PRIMARY KEY,
        version_id    TEXT NOT NULL REFERENCES model_version (id),
        revision      INTEGER NOT NULL CHECK (revision > 0),
        record        TEXT NOT NULL CHECK (json_type(record) = 'object'),  -- canonical JSON: what is signed
        record_sha256 TEXT NOT NULL CHECK (length(record_sha256) = 64),
        saved_at_utc  TEXT NOT NULL,
        saved_by      TEXT NOT NULL REFERENCES person (id),
        UNIQUE (version_id, revision)
      ) STRICT;

      CREATE TABLE card_approval (
        revision_id     TEXT PRIMARY KEY REFERENCES card_revision (id),
        version_id      TEXT NOT NULL REFERENCES model_version (id),
        revision        INTEGER NOT NULL CHECK (revision > 0),
        signature_id    TEXT NOT NULL REFERENCES signature (id),
        approved_at_utc TEXT NOT NULL,
        approved_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE INDEX card_approval_version ON card_approval (version_id, revision);

      CREATE TABLE card_comment (
        id              TEXT PRIMARY KEY,
        version_id      TEXT NOT NULL REFERENCES model_version (id),
        revision        INTEGER NOT NULL CHECK (revision > 0),
        field           TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 60),
        text            TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
        made_at_utc     TEXT NOT NULL,
        made_by         TEXT NOT NULL REFERENCES person (id),
        resolved_at_utc TEXT,                                              -- NULL while it is open
        resolved_by     TEXT REFERENCES person (id),
        resolution      TEXT,
        CHECK ((resolved_at_utc IS NULL) = (resolved_by IS NULL)),
        CHECK ((resolved_at_utc IS NULL) = (resolution IS NULL)),
        FOREIGN KEY (version_id, revision) REFERENCES card_revision (version_id, revision)
      ) STRICT;
      CREATE INDEX card_comment_version ON card_comment (version_id, made_at_utc);

      CREATE TRIGGER card_revision_is_immutable BEFORE UPDATE ON card_revision
        BEGIN SELECT RAISE(ABORT, 'a revision of a card never changes'); END;
      CREATE TRIGGER card_revision_is_kept BEFORE DELETE ON card_revision
        BEGIN SELECT RAISE(ABORT, 'a revision of a card is never deleted'); END;
      CREATE TRIGGER card_approval_is_immutable BEFORE UPDATE ON card_approval
        BEGIN SELECT RAISE(ABORT, 'an approval of a card never changes'); END;
      CREATE TRIGGER card_approval_is_kept BEFORE DELETE ON card_approval
        BEGIN SELECT RAISE(ABORT, 'an approval of a card is never deleted'); END;
      CREATE TRIGGER card_comment_is_closed_once BEFORE UPDATE ON card_comment
      WHEN OLD.resolved_at_utc IS NOT NULL OR NEW.resolved_at_utc IS NULL
        OR NEW.version_id IS NOT OLD.version_id OR NEW.revision IS NOT OLD.revision
        OR NEW.field IS NOT OLD.field OR NEW.text IS NOT OLD.text
        OR NEW.made_at_utc IS NOT OLD.made_at_utc OR NEW.made_by IS NOT OLD.made_by
        BEGIN SELECT RAISE(ABORT, 'a comment is only closed, once'); END;
      CREATE TRIGGER card_comment_is_kept BEFORE DELETE ON card_comment
        BEGIN SELECT RAISE(ABORT, 'a comment is never deleted'); END;
    `);
  },
};
