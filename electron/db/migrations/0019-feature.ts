import type { Migration } from '../migrate';

/** Adds the feature catalogue: names that stay, and revisions of what is said about each. */
export const feature: Migration = {
  version: 19,
  name: 'feature',
  up(db) {
    db.exec(`
      CREATE TABLE feature (
        id   TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 500)
      ) STRICT;
      CREATE TABLE feature_revision (
        feature_id   TEXT NOT NULL REFERENCES feature (id),
        revision     INTEGER NOT NULL CHECK (revision > 0),
        definition   TEXT NOT NULL CHECK (json_type(definition) = 'object'),
        reason       TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
        saved_at_utc TEXT NOT NULL,
        saved_by     TEXT NOT NULL REFERENCES person (id),
        PRIMARY KEY (feature_id, revision)
      ) STRICT;
      CREATE TRIGGER feature_is_fixed BEFORE UPDATE ON feature
        BEGIN SELECT RAISE(ABORT, 'the name of a feature never changes'); END;
      CREATE TRIGGER feature_is_kept BEFORE DELETE ON feature
        BEGIN SELECT RAISE(ABORT, 'a feature is never deleted'); END;
      CREATE TRIGGER feature_revision_is_immutable BEFORE UPDATE ON feature_revision
        BEGIN SELECT RAISE(ABORT, 'a revision of a feature never changes'); END;
      CREATE TRIGGER feature_revision_is_kept BEFORE DELETE ON feature_revision
        BEGIN SELECT RAISE(ABORT, 'a revision of a feature is never deleted'); END;
    `);
  },
};
