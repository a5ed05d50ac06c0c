import type { Migration } from '../migrate';

/**
 * The append-only log. The triggers guard against our own faults, not against an attacker: against
 * him stand the signatures and the hashes.
 */
export const audit: Migration = {
  version: 2,
  name: 'audit',
  up(db) {
    db.exec(`
      CREATE TABLE audit_event (
        seq              INTEGER PRIMARY KEY,
        body             BLOB NOT NULL,     -- canonical JSON: the leaf of the log, and what is signed
        sig              BLOB NOT NULL CHECK (length(sig) = 64),
        leaf_hash        BLOB NOT NULL CHECK (length(leaf_hash) = 32),
        key_id           TEXT NOT NULL REFERENCES person_key (key_id),
        at_utc           TEXT NOT NULL,     -- this and what follows repeats the body, to find events by
        actor_id         TEXT NOT NULL REFERENCES person (id),
        action           TEXT NOT NULL,
        subject          TEXT NOT NULL,
        is_clock_anomaly INTEGER NOT NULL CHECK (is_clock_anomaly IN (0, 1))
      ) STRICT;
      CREATE INDEX audit_event_subject ON audit_event (subject, seq);
      CREATE INDEX audit_event_action ON audit_event (action, seq);
      CREATE INDEX audit_event_at ON audit_event (at_utc, seq);

      CREATE TABLE audit_frontier (
        one      INTEGER PRIMARY KEY CHECK (one = 1),
        frontier TEXT NOT NULL              -- right edge of the Merkle tree over all leaves
      ) STRICT;
      INSERT INTO audit_frontier (one, frontier) VALUES (1, '0');

      CREATE TRIGGER audit_event_append_only BEFORE INSERT ON audit_event
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_event)
        OR json_extract(CAST(NEW.body AS TEXT), '$.seq') IS NOT NEW.seq
        OR json_extract(CAST(NEW.body AS TEXT), '$.prev') IS NOT
          coalesce((SELECT lower(hex(leaf_hash)) FROM audit_event ORDER BY seq DESC LIMIT 1),
                   '${'0'.repeat(64)}')
        BEGIN SELECT RAISE(ABORT, 'audit events are only appended'); END;
      CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit events never change'); END;
      CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END;
      CREATE TRIGGER audit_frontier_no_delete BEFORE DELETE ON audit_frontier
        BEGIN SELECT RAISE(ABORT, 'the frontier is never deleted'); END;
    `);
  },
};
