import type { Migration } from '../migrate';

/** Adds models and their immutable versions. A version is never updated: its stage has its own history. */
export const registry: Migration = {
  version: 3,
  name: 'registry',
  up(db) {
    db.exec(`
      CREATE TABLE model (
        id             TEXT PRIMARY KEY,
        name           TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
        purpose        TEXT NOT NULL,
        owner          TEXT NOT NULL,
        created_at_utc TEXT NOT NULL,
        created_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;

      CREATE TABLE model_version (
        id              TEXT PRIMARY KEY,
        model_id        TEXT NOT NULL REFERENCES model (id),
        version         INTEGER NOT NULL CHECK (version > 0),
        snapshot        TEXT NOT NULL,               -- canonical JSON, exactly the signed bytes
        snapshot_sha256 TEXT NOT NULL CHECK (length(snapshot_sha256) = 64),
        signature_id    TEXT NOT NULL REFERENCES signature (id),
        UNIQUE (model_id, version)
      ) STRICT;

      CREATE TRIGGER model_version_is_immutable BEFORE UPDATE ON model_version
        BEGIN SELECT RAISE(ABORT, 'a model version is immutable'); END;
      CREATE TRIGGER model_version_is_kept BEFORE DELETE ON model_version
        BEGIN SELECT RAISE(ABORT, 'a model version is never deleted'); END;
    `);
  },
};
