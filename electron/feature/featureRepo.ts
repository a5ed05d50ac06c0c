import { FeatureId, type PersonId } from '../../shared/base/ids';
import { FeatureDefinition, type FeatureRevision } from '../../shared/feature/feature';
import type { Db } from '../db/openDatabase';

interface RevisionRow {
  readonly revision: number;
  readonly definition: string;
  readonly reason: string;
  readonly saved_at_utc: string;
  readonly saved_by: string;
}

function revisionFromRow(row: RevisionRow): FeatureRevision {
  return {
    revision: row.revision,
    definition: FeatureDefinition.parse(JSON.parse(row.definition)),
    reason: row.reason,
    savedAtUtc: row.saved_at_utc,
    savedBy: row.saved_by,
  };
}

/** A feature with its newest revision. */
export interface StoredFeature {
  readonly id: FeatureId;
  readonly name: string;
  readonly newest: FeatureRevision;
}

const SELECT_REVISION = `r.revision, r.definition, r.reason, r.saved_at_utc,
  p.printed_name AS saved_by`;

/** Every feature as it is now, by name. */
export function findFeatures(db: Db): StoredFeature[] {
  return db
    .prepare<[], RevisionRow & { readonly id: string; readonly name: string }>(
      `SELECT f.id, f.name, ${SELECT_REVISION} FROM feature f
       JOIN feature_revision r ON r.feature_id = f.id AND r.revision =
         (SELECT max(revision) FROM feature_revision WHERE feature_id = f.id)
       JOIN person p ON p.id = r.saved_by ORDER BY f.name`,
    )
    .all()
    .map(({ id, name, ...row }) => ({
      id: FeatureId.parse(id),
      name,
      newest: revisionFromRow(row),
    }));
}

export function findName(db: Db, id: FeatureId): string | null {
  const name = db
    .prepare<[string], string>('SELECT name FROM feature WHERE id = ?')
    .pluck()
    .get(id);
  return name ?? null;
}

export function hasName(db: Db, name: string): boolean {
  return db.prepare('SELECT 1 FROM feature WHERE name = ?').get(name) !== undefined;
}

/** Newest first. */
export function findRevisions(db: Db, id: FeatureId): FeatureRevision[] {
  return db
    .prepare<[string], RevisionRow>(
      `SELECT ${SELECT_REVISION} FROM feature_revision r JOIN person p ON p.id = r.saved_by
       WHERE r.feature_id = ? ORDER BY r.revision DESC`,
    )
    .all(id)
    .map(revisionFromRow);
}

export function insertFeature(db: Db, id: FeatureId, name: string): void {
  db.prepare('INSERT INTO feature (id, name) VALUES (?, ?)').run(id, name);
}

export function insertRevision(
  db: Db,
  id: FeatureId,
  revision: Omit<FeatureRevision, 'savedBy'> & { readonly savedBy: PersonId },
): void {
  db.prepare(
    `INSERT INTO feature_revision (feature_id, revision, definition, reason, saved_at_utc, saved_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    revision.revision,
    JSON.stringify(revision.definition),
    revision.reason,
    revision.savedAtUtc,
    revision.savedBy,
  );
}
