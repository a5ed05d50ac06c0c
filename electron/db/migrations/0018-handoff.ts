import type { Migration } from '../migrate';

/** Adds hand-off packets for pipelines, and where a model's pipelines are. */
export const handoff: Migration = {
  version: 18,
  name: 'handoff',
  up(db) {
    db.exec(`
      CREATE TABLE pipeline_setting (
        model_id   TEXT NOT NULL REFERENCES model (id),
        revision   INTEGER NOT NULL CHECK (revision > 0),
        policy     TEXT NOT NULL CHECK (json_valid(policy)),
        reason     TEXT NOT NULL,
        set_at_utc TEXT NOT NULL,
        set_by     TEXT NOT NULL,               -- printed name
        PRIMARY KEY (model_id, revision)
      ) STRICT;
      CREATE TABLE handoff_packet (
        id             TEXT PRIMARY KEY,
        model_id       TEXT NOT NULL REFERENCES model (id),
        number         INTEGER NOT NULL CHECK (number > 0),
        created_at_utc TEXT NOT NULL,
        created_by     TEXT NOT NULL REFERENCES person (id),
        UNIQUE (model_id, number)
      ) STRICT;
      CREATE TABLE handoff_revision (
        packet_id  TEXT NOT NULL REFERENCES handoff_packet (id),
        revision   INTEGER NOT NULL CHECK (revision > 0),
        content    TEXT NOT NULL CHECK (json_valid(content)),
        reason     TEXT NOT NULL,
        set_at_utc TEXT NOT NULL,
        set_by     TEXT NOT NULL REFERENCES person (id),
        PRIMARY KEY (packet_id, revision)
      ) STRICT;
      CREATE TABLE handoff_withdrawal (
        packet_id        TEXT PRIMARY KEY REFERENCES handoff_packet (id),
        reason           TEXT NOT NULL,
        withdrawn_at_utc TEXT NOT NULL,
        withdrawn_by     TEXT NOT NULL REFERENCES person (id)
      ) STRICT;
    `);
    const tables = ['pipeline_setting', 'handoff_packet', 'handoff_revision', 'handoff_withdrawal'];
    for (const table of tables) {
      db.exec(`
        CREATE TRIGGER ${table}_stays BEFORE DELETE ON ${table}
          BEGIN SELECT RAISE(ABORT, '${table} rows are never deleted'); END;
        CREATE TRIGGER ${table}_is_fixed BEFORE UPDATE ON ${table}
          BEGIN SELECT RAISE(ABORT, '${table} rows never change'); END;
      `);
    }
  },
};
