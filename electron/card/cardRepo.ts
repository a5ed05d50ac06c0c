import { z } from 'zod';
import {
  CardCommentId,
  CardRevisionId,
  ModelVersionId,
  type ModelId,
  type PersonId,
} from '../../shared/base/ids';
import { CardContent } from '../../shared/card/cardContent';
import type { CardFieldKey } from '../../shared/card/cardFields';
import { CardComment, type CardRevisionHead } from '../../shared/card/channels';
import { Sha256Hex } from '../../shared/base/files';
import { PersonId as PersonIdSchema } from '../../shared/base/ids';
import { UtcInstant } from '../../shared/base/time';
import type { Db } from '../db/openDatabase';

/** A revision as it is kept and signed. */
export const CardRecord = z.strictObject({
  v: z.literal(1),
  revisionId: CardRevisionId,
  versionId: ModelVersionId,
  /** SHA-256 of the version's snapshot: which model the card is of. */
  snapshotSha256: Sha256Hex,
  revision: z.number().int().positive(),
  savedBy: PersonIdSchema,
  savedAtUtc: UtcInstant,
  content: CardContent,
});
export type CardRecord = z.infer<typeof CardRecord>;

interface HeadRow {
  readonly id: string;
  readonly version_id: string;
  readonly revision: number;
  readonly saved_at_utc: string;
  readonly saved_by: string;
  readonly saved_by_name: string;
  readonly approved_at_utc: string | null;
  readonly approved_by_name: string | null;
}

function headFromRow(row: HeadRow): CardRevisionHead {
  const { approved_at_utc: approvedAtUtc, approved_by_name: approvedBy } = row;
  return {
    id: CardRevisionId.parse(row.id),
    revision: row.revision,
    savedAtUtc: UtcInstant.parse(row.saved_at_utc),
    savedById: PersonIdSchema.parse(row.saved_by),
    savedBy: row.saved_by_name,
    approval: approvedAtUtc === null || approvedBy === null ? null : { approvedBy, approvedAtUtc },
  };
}

const SELECT_HEAD = `
  SELECT r.id, r.version_id, r.revision, r.saved_at_utc, r.saved_by,
    p.printed_name AS saved_by_name, a.approved_at_utc, q.printed_name AS approved_by_name
  FROM card_revision r
  JOIN person p ON p.id = r.saved_by
  LEFT JOIN card_approval a ON a.revision_id = r.id
  LEFT JOIN person q ON q.id = a.approved_by`;

/** Every revision of a version's card, newest first. */
export function findHeads(db: Db, versionId: ModelVersionId): CardRevisionHead[] {
  return db
    .prepare<[string], HeadRow>(`${SELECT_HEAD} WHERE r.version_id = ? ORDER BY r.revision DESC`)
    .all(versionId)
    .map(headFromRow);
}

export function findNewestHead(db: Db, versionId: ModelVersionId): CardRevisionHead | null {
  const row = db
    .prepare<[string], HeadRow>(
      `${SELECT_HEAD} WHERE r.version_id = ? ORDER BY r.revision DESC LIMIT 1`,
    )
    .get(versionId);
  return row === undefined ? null : headFromRow(row);
}

/** The approved revision of a version's card that counts, which is the newest one; null when none is. */
export function findApprovedHead(db: Db, versionId: ModelVersionId): CardRevisionHead | null {
  const row = db
    .prepare<[string], HeadRow>(
      `${SELECT_HEAD} WHERE r.version_id = ? AND a.revision_id IS NOT NULL
       ORDER BY r.revision DESC LIMIT 1`,
    )
    .get(versionId);
  return row === undefined ? null : headFromRow(row);
}

export function findHead(db: Db, id: CardRevisionId): CardRevisionHead | null {
  const row = db.prepare<[string], HeadRow>(`${SELECT_HEAD} WHERE r.id = ?`).get(id);
  return row === undefined ? null : headFromRow(row);
}

/** Versions of a model that have a card. */
export function findCardVersions(db: Db, modelId: ModelId): ModelVersionId[] {
  return db
    .prepare<[string], string>(
      `SELECT DISTINCT r.version_id FROM card_revision r JOIN model_version v ON v.id = r.version_id
       WHERE v.model_id = ? ORDER BY v.version`,
    )
    .pluck()
    .all(modelId)
    .map((id) => ModelVersionId.parse(id));
}

/** A revision as it lies in the file, with the hash that is kept beside it; null when there is none. */
export function findRecordText(
  db: Db,
  id: string,
): { readonly canonicalJson: string; readonly sha256: string } | null {
  return (
    db
      .prepare<[string], { readonly canonicalJson: string; readonly sha256: string }>(
        'SELECT record AS canonicalJson, record_sha256 AS sha256 FROM card_revision WHERE id = ?',
      )
      .get(id) ?? null
  );
}

export function findRecord(db: Db, id: CardRevisionId): CardRecord | null {
  const found = findRecordText(db, id);
  return found === null ? null : CardRecord.parse(JSON.parse(found.canonicalJson));
}

export function insertRevision(
  db: Db,
  record: CardRecord,
  stored: { readonly canonicalJson: string; readonly sha256: string },
): void {
  const { revisionId, versionId, revision, savedAtUtc, savedBy } = record;
  db.prepare(
    `INSERT INTO card_revision (id, version_id, revision, record, record_sha256, saved_at_utc, saved_by)
     VALUES (@revisionId, @versionId, @revision, @canonicalJson, @sha256, @savedAtUtc, @savedBy)`,
  ).run({ revisionId, versionId, revision, savedAtUtc, savedBy, ...stored });
}

/** Everybody who wrote one of these revisions. */
export function findAuthors(
  db: Db,
  versionId: ModelVersionId,
  range: { readonly after: number; readonly upTo: number },
): PersonId[] {
  return db
    .prepare<[string, number, number], string>(
      `SELECT DISTINCT saved_by FROM card_revision
       WHERE version_id = ? AND revision > ? AND revision <= ? ORDER BY saved_by`,
    )
    .pluck()
    .all(versionId, range.after, range.upTo)
    .map((id) => PersonIdSchema.parse(id));
}

/** Number of the newest approved revision before this one; 0 when there is none. */
export function approvedBefore(db: Db, versionId: ModelVersionId, revision: number): number {
  const found = db
    .prepare<[string, number], number | null>(
      'SELECT max(revision) FROM card_approval WHERE version_id = ? AND revision < ?',
    )
    .pluck()
    .get(versionId, revision);
  return found ?? 0;
}

export function insertApproval(
  db: Db,
  approval: {
    readonly revisionId: CardRevisionId;
    readonly versionId: ModelVersionId;
    readonly revision: number;
    readonly signatureId: string;
    readonly approvedAtUtc: string;
    readonly approvedBy: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO card_approval (revision_id, version_id, revision, signature_id, approved_at_utc, approved_by)
     VALUES (@revisionId, @versionId, @revision, @signatureId, @approvedAtUtc, @approvedBy)
     ON CONFLICT (revision_id) DO NOTHING`,
  ).run(approval);
}

interface CommentRow {
  readonly id: string;
  readonly version_id: string;
  readonly field: string;
  readonly text: string;
  readonly revision: number;
  readonly made_at_utc: string;
  readonly made_by_name: string;
  readonly resolved_at_utc: string | null;
  readonly resolved_by_name: string | null;
  readonly resolution: string | null;
}

function commentFromRow(row: CommentRow): CardComment {
  const { resolved_at_utc: atUtc, resolved_by_name: by, resolution } = row;
  return CardComment.parse({
    id: row.id,
    field: row.field,
    text: row.text,
    revision: row.revision,
    madeBy: row.made_by_name,
    madeAtUtc: row.made_at_utc,
    resolved: atUtc === null ? null : { atUtc, by, resolution },
  });
}

const SELECT_COMMENT = `
  SELECT c.*, p.printed_name AS made_by_name, q.printed_name AS resolved_by_name
  FROM card_comment c
  JOIN person p ON p.id = c.made_by
  LEFT JOIN person q ON q.id = c.resolved_by`;

/** Every comment on a version's card, oldest first. */
export function findComments(db: Db, versionId: ModelVersionId): CardComment[] {
  return db
    .prepare<[string], CommentRow>(
      `${SELECT_COMMENT} WHERE c.version_id = ? ORDER BY c.made_at_utc, c.rowid`,
    )
    .all(versionId)
    .map(commentFromRow);
}

export function findComment(
  db: Db,
  id: CardCommentId,
): { readonly comment: CardComment; readonly versionId: ModelVersionId } | null {
  const row = db.prepare<[string], CommentRow>(`${SELECT_COMMENT} WHERE c.id = ?`).get(id);
  if (row === undefined) return null;
  return { comment: commentFromRow(row), versionId: ModelVersionId.parse(row.version_id) };
}

export function insertComment(
  db: Db,
  comment: {
    readonly id: CardCommentId;
    readonly versionId: ModelVersionId;
    readonly revision: number;
    readonly field: CardFieldKey;
    readonly text: string;
    readonly madeAtUtc: string;
    readonly madeBy: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO card_comment (id, version_id, revision, field, text, made_at_utc, made_by)
     VALUES (@id, @versionId, @revision, @field, @text, @madeAtUtc, @madeBy)`,
  ).run(comment);
}

export function closeComment(
  db: Db,
  id: CardCommentId,
  closed: {
    readonly resolution: string;
    readonly resolvedAtUtc: string;
    readonly resolvedBy: PersonId;
  },
): void {
  db.prepare(
    `UPDATE card_comment SET resolution = @resolution, resolved_at_utc = @resolvedAtUtc,
       resolved_by = @resolvedBy WHERE id = @id`,
  ).run({ id, ...closed });
}
