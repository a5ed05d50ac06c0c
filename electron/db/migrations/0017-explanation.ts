import type { Migration } from '../migrate';

/** Adds explanations of a version: aggregates of SHAP values, never cases. */
export const explanation: Migration = {
  version: 17,
  name: 'explanation',
  up(db) {
    db.exec(`
      CREATE TABLE explanation (
        id              TEXT PRIMARY KEY,
        model_id        TEXT NOT NULL REFERENCES model (id),
        version_id      TEXT NOT NULL REFERENCES model_version (id),
        file            TEXT NOT NULL CHECK (json_type(file, '$.sha256') IS 'text'),
        aggregates      TEXT NOT NULL CHECK (json_type(aggregates, '$.outputs') IS 'array'),
        imported_at_utc TEXT NOT NULL,
        imported_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
      CREATE INDEX explanation_model ON explanation (model_id, imported_at_utc);
      CREATE INDEX explanation_version ON explanation (version_id);
      CREATE TRIGGER explanation_is_immutable BEFORE UPDATE ON explanation
        BEGIN SELECT RAISE(ABORT, 'an explanation never changes'); END;
      CREATE TRIGGER explanation_is_kept BEFORE DELETE ON explanation
        BEGIN SELECT RAISE(ABORT, 'an explanation is never deleted'); END;
    `);
  },
};
