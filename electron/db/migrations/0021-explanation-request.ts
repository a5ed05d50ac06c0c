import type { Migration } from '../migrate';

/**
 * Adds requests for an explanation, and letters that answer them. What a letter says of a person is in one column,
 * which can be emptied and never changed.
 */
export const explanationRequest: Migration = {
  version: 21,
  name: 'explanationRequest',
  up(db) {
    db.exec(`
      CREATE TABLE explanation_request (
        id           TEXT PRIMARY KEY,
        reference    TEXT NOT NULL UNIQUE CHECK (length(reference) BETWEEN 3 AND 64),
        model_id     TEXT NOT NULL REFERENCES model (id),
        version_id   TEXT NOT NULL REFERENCES model_version (id),
        bases        TEXT NOT NULL CHECK (json_array_length(bases) > 0),
        received_on  TEXT NOT NULL CHECK (length(received_on) = 10),
        is_extended  INTEGER NOT NULL DEFAULT 0 CHECK (is_extended IN (0, 1)),
        outcome      TEXT CHECK (outcome IN ('answered', 'refused', 'withdrawn')),
        closed_on    TEXT CHECK ((closed_on IS NULL) = (outcome IS NULL)),
        erase_on     TEXT CHECK ((erase_on IS NULL) = (outcome IS NULL)),
        revision     INTEGER NOT NULL DEFAULT 0   -- optimistic lock, +1 per step
      ) STRICT;
      CREATE INDEX explanation_request_version ON explanation_request (version_id);
      CREATE INDEX explanation_request_model ON explanation_request (model_id);
      CREATE TABLE explanation_request_step (
        request_id TEXT NOT NULL REFERENCES explanation_request (id),
        revision   INTEGER NOT NULL CHECK (revision >= 0),
        act        TEXT NOT NULL CHECK (act IN ('open', 'extend', 'write', 'close', 'erase')),
        text       TEXT NOT NULL,
        changed_by TEXT NOT NULL REFERENCES person (id),
        at_utc     TEXT NOT NULL,
        PRIMARY KEY (request_id, revision)
      ) STRICT;
      CREATE TABLE explanation_letter (
        id             TEXT PRIMARY KEY,
        request_id     TEXT NOT NULL REFERENCES explanation_request (id),
        ordinal        INTEGER NOT NULL CHECK (ordinal > 0),
        content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),
        content        TEXT,                       -- JSON with a random salt; NULL: erased
        written_at_utc TEXT NOT NULL,
        written_by     TEXT NOT NULL REFERENCES person (id),
        erased_at_utc  TEXT CHECK ((erased_at_utc IS NULL) = (content IS NOT NULL)),
        UNIQUE (request_id, ordinal)
      ) STRICT;

      CREATE TRIGGER explanation_request_is_kept BEFORE DELETE ON explanation_request
        BEGIN SELECT RAISE(ABORT, 'a request is closed, never deleted'); END;
      CREATE TRIGGER explanation_request_follows_its_steps BEFORE UPDATE ON explanation_request
      WHEN NEW.reference IS NOT OLD.reference OR NEW.model_id IS NOT OLD.model_id
        OR NEW.version_id IS NOT OLD.version_id OR NEW.bases IS NOT OLD.bases
        OR NEW.received_on IS NOT OLD.received_on OR NEW.revision IS NOT OLD.revision + 1
        BEGIN SELECT RAISE(ABORT, 'a request changes by steps only'); END;
      CREATE TRIGGER explanation_request_step_is_immutable BEFORE UPDATE ON explanation_request_step
        BEGIN SELECT RAISE(ABORT, 'a step never changes'); END;
      CREATE TRIGGER explanation_request_step_is_kept BEFORE DELETE ON explanation_request_step
        BEGIN SELECT RAISE(ABORT, 'a step is never deleted'); END;
      CREATE TRIGGER explanation_letter_is_only_erased BEFORE UPDATE ON explanation_letter
      WHEN NEW.content IS NOT NULL OR OLD.content IS NULL OR NEW.erased_at_utc IS NULL
        OR NEW.request_id IS NOT OLD.request_id OR NEW.ordinal IS NOT OLD.ordinal
        OR NEW.content_sha256 IS NOT OLD.content_sha256
        OR NEW.written_at_utc IS NOT OLD.written_at_utc OR NEW.written_by IS NOT OLD.written_by
        BEGIN SELECT RAISE(ABORT, 'a letter is erased, never changed'); END;
      CREATE TRIGGER explanation_letter_is_kept BEFORE DELETE ON explanation_letter
        BEGIN SELECT RAISE(ABORT, 'a letter is erased, its row never deleted'); END;
    `);
  },
};
