import type {
  ExplanationLetterId,
  ExplanationRequestId,
  ModelId,
  ModelVersionId,
  PersonId,
} from '../../shared/base/ids';
import type { CalendarDay, UtcInstant } from '../../shared/base/time';
import { dueOn } from '../../shared/explanation/deadline';
import { LetterContent } from '../../shared/explanation/letter';
import {
  Request,
  RequestHead,
  type Letter,
  type RequestBasis,
  type RequestOutcome,
  type RequestStep,
} from '../../shared/explanation/request';
import type { Db } from '../db/openDatabase';

const Step = Request.shape.steps.unwrap().element;
const Newest = Request.shape.newest.unwrap();

interface HeadRow {
  readonly id: string;
  readonly reference: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly version_id: string;
  readonly version: number;
  readonly bases: string;
  readonly received_on: string;
  readonly is_extended: number;
  readonly outcome: string | null;
  readonly closed_on: string | null;
  readonly erase_on: string | null;
  readonly n_kept: number;
  readonly letter: string;
  readonly revision: number;
}

function headFromRow(row: HeadRow): RequestHead {
  const isExtended = row.is_extended === 1;
  return RequestHead.parse({
    id: row.id,
    reference: row.reference,
    modelId: row.model_id,
    modelName: row.model_name,
    versionId: row.version_id,
    version: row.version,
    bases: JSON.parse(row.bases),
    receivedOn: row.received_on,
    dueOn: dueOn(row.received_on, isExtended),
    isExtended,
    outcome: row.outcome,
    closedOn: row.closed_on,
    eraseOn: row.erase_on,
    holdsCase: row.n_kept > 0,
    letter: row.letter,
    revision: row.revision,
  });
}

const SELECT_HEAD = `
  SELECT r.*, m.name AS model_name, v.version,
    (SELECT count(*) FROM explanation_letter k
      WHERE k.request_id = r.id AND k.content IS NOT NULL) AS n_kept,
    coalesce((SELECT CASE WHEN l.content IS NULL THEN 'erased'
        WHEN EXISTS (SELECT 1 FROM signature s WHERE s.record_type = 'explanation.letter'
          AND s.record_id = l.id AND s.meaning = 'approval') THEN 'approved'
        ELSE 'draft' END
      FROM explanation_letter l WHERE l.request_id = r.id ORDER BY l.ordinal DESC LIMIT 1),
      'none') AS letter
  FROM explanation_request r
  JOIN model m ON m.id = r.model_id
  JOIN model_version v ON v.id = r.version_id`;

/** Open ones first, then by the day on which they were received. */
export function findRequests(db: Db): RequestHead[] {
  return db
    .prepare<[], HeadRow>(`${SELECT_HEAD} ORDER BY r.outcome IS NOT NULL, r.received_on, r.rowid`)
    .all()
    .map(headFromRow);
}

export function findRequest(db: Db, id: ExplanationRequestId): RequestHead | null {
  const row = db.prepare<[string], HeadRow>(`${SELECT_HEAD} WHERE r.id = ?`).get(id);
  return row === undefined ? null : headFromRow(row);
}

export function isReferenceTaken(db: Db, reference: string): boolean {
  const sql = 'SELECT 1 FROM explanation_request WHERE reference = ?';
  return db.prepare(sql).get(reference) !== undefined;
}

export function insertRequest(
  db: Db,
  saved: {
    readonly id: ExplanationRequestId;
    readonly reference: string;
    readonly modelId: ModelId;
    readonly versionId: ModelVersionId;
    readonly bases: readonly RequestBasis[];
    readonly receivedOn: CalendarDay;
  },
): void {
  db.prepare(
    `INSERT INTO explanation_request (id, reference, model_id, version_id, bases, received_on)
     VALUES (@id, @reference, @modelId, @versionId, @bases, @receivedOn)`,
  ).run({ ...saved, bases: JSON.stringify(saved.bases) });
}

/** What a step changes beside the revision. */
export interface RequestChange {
  readonly isExtended?: boolean;
  readonly closing?: {
    readonly outcome: RequestOutcome;
    readonly closedOn: CalendarDay;
    readonly eraseOn: CalendarDay;
  };
}

/** @returns false when the request is not at this revision any more */
export function changeRequest(
  db: Db,
  id: ExplanationRequestId,
  revision: number,
  { isExtended, closing }: RequestChange,
): boolean {
  const { changes } = db
    .prepare(
      `UPDATE explanation_request SET revision = revision + 1,
         is_extended = coalesce(@isExtended, is_extended), outcome = coalesce(@outcome, outcome),
         closed_on = coalesce(@closedOn, closed_on), erase_on = coalesce(@eraseOn, erase_on)
       WHERE id = @id AND revision = @revision`,
    )
    .run({
      id,
      revision,
      isExtended: isExtended === undefined ? null : Number(isExtended),
      outcome: closing?.outcome ?? null,
      closedOn: closing?.closedOn ?? null,
      eraseOn: closing?.eraseOn ?? null,
    });
  return changes === 1;
}

export function insertStep(
  db: Db,
  step: {
    readonly requestId: ExplanationRequestId;
    readonly revision: number;
    readonly act: RequestStep['act'];
    readonly text: string;
    readonly changedBy: PersonId;
    readonly atUtc: UtcInstant;
  },
): void {
  db.prepare(
    `INSERT INTO explanation_request_step (request_id, revision, act, text, changed_by, at_utc)
     VALUES (@requestId, @revision, @act, @text, @changedBy, @atUtc)`,
  ).run(step);
}

export function findSteps(db: Db, id: ExplanationRequestId): RequestStep[] {
  return db
    .prepare<[string]>(
      `SELECT s.revision, s.act, s.text, p.printed_name AS changedBy, s.at_utc AS atUtc
       FROM explanation_request_step s JOIN person p ON p.id = s.changed_by
       WHERE s.request_id = ? ORDER BY s.revision`,
    )
    .all(id)
    .map((row) => Step.parse(row));
}

interface LetterRow {
  readonly id: string;
  readonly request_id: string;
  readonly ordinal: number;
  readonly content_sha256: string;
  readonly content: string | null;
  readonly written_at_utc: string;
  readonly written_by: string;
  readonly written_by_name: string;
  readonly erased_at_utc: string | null;
}

/** A letter with the identifiers of its request and author. */
export interface StoredLetter extends Letter {
  readonly requestId: string;
  readonly writtenById: string;
}

function letterFromRow(row: LetterRow): StoredLetter {
  const letter = Newest.parse({
    id: row.id,
    ordinal: row.ordinal,
    contentSha256: row.content_sha256,
    writtenAtUtc: row.written_at_utc,
    writtenBy: row.written_by_name,
    erasedAtUtc: row.erased_at_utc,
    content: row.content === null ? null : LetterContent.parse(JSON.parse(row.content)),
  });
  return { ...letter, requestId: row.request_id, writtenById: row.written_by };
}

const SELECT_LETTER = `
  SELECT l.*, p.printed_name AS written_by_name FROM explanation_letter l
  JOIN person p ON p.id = l.written_by`;

export function findNewestLetter(db: Db, requestId: ExplanationRequestId): StoredLetter | null {
  const row = db
    .prepare<[string], LetterRow>(
      `${SELECT_LETTER} WHERE l.request_id = ? ORDER BY l.ordinal DESC LIMIT 1`,
    )
    .get(requestId);
  return row === undefined ? null : letterFromRow(row);
}

export function findLetter(db: Db, id: string): StoredLetter | null {
  const row = db.prepare<[string], LetterRow>(`${SELECT_LETTER} WHERE l.id = ?`).get(id);
  return row === undefined ? null : letterFromRow(row);
}

export function insertLetter(
  db: Db,
  saved: {
    readonly id: ExplanationLetterId;
    readonly requestId: ExplanationRequestId;
    readonly ordinal: number;
    readonly contentSha256: string;
    /** Canonical JSON. */
    readonly content: string;
    readonly writtenAtUtc: UtcInstant;
    readonly writtenBy: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO explanation_letter (id, request_id, ordinal, content_sha256, content, written_at_utc,
       written_by)
     VALUES (@id, @requestId, @ordinal, @contentSha256, @content, @writtenAtUtc, @writtenBy)`,
  ).run(saved);
}

/** Empties what the letters of a request say. @returns how many did */
export function eraseLetters(db: Db, id: ExplanationRequestId, erasedAtUtc: UtcInstant): number {
  return db
    .prepare(
      `UPDATE explanation_letter SET content = NULL, erased_at_utc = ?
       WHERE request_id = ? AND content IS NOT NULL`,
    )
    .run(erasedAtUtc, id).changes;
}
