import { z } from 'zod';
import { PersonId } from '../../shared/base/ids';
import type { FlowMapRevision } from '../../shared/dataflow/channels';
import type { Acceptance } from '../../shared/dataflow/finding';
import { FlowMap } from '../../shared/dataflow/flowMap';
import type { Db } from '../db/openDatabase';

const SELECT_HEAD = `SELECT r.revision, r.reason, r.saved_at_utc AS savedAtUtc,
    p.printed_name AS savedBy, r.content_sha256 AS contentSha256,
    json_array_length(r.content, '$.nodes') AS nNodes,
    json_array_length(r.content, '$.flows') AS nFlows,
    (SELECT q.printed_name FROM dataflow_approval a JOIN person q ON q.id = a.approved_by
     WHERE a.revision = r.revision ORDER BY a.approved_at_utc DESC LIMIT 1) AS approvedBy
  FROM dataflow_revision r JOIN person p ON p.id = r.saved_by`;

/** Newest first. */
export function findHeads(db: Db): FlowMapRevision[] {
  return db.prepare<[], FlowMapRevision>(`${SELECT_HEAD} ORDER BY r.revision DESC`).all();
}

export function findNewestHead(db: Db): FlowMapRevision | null {
  const head = db.prepare<[], FlowMapRevision>(`${SELECT_HEAD} ORDER BY r.revision DESC LIMIT 1`);
  return head.get() ?? null;
}

export function findHead(db: Db, revision: number): FlowMapRevision | null {
  return (
    db.prepare<[number], FlowMapRevision>(`${SELECT_HEAD} WHERE r.revision = ?`).get(revision) ??
    null
  );
}

export function findContent(db: Db, revision: number): FlowMap | null {
  const content = db
    .prepare<[number], string>('SELECT content FROM dataflow_revision WHERE revision = ?')
    .pluck()
    .get(revision);
  return content === undefined ? null : FlowMap.parse(JSON.parse(content));
}

/** Everybody who saved after a revision. */
export function findAuthors(db: Db, afterRevision: number): PersonId[] {
  const ids = db
    .prepare<[number], string>('SELECT DISTINCT saved_by FROM dataflow_revision WHERE revision > ?')
    .pluck()
    .all(afterRevision);
  return z.array(PersonId).parse(ids);
}

/** The newest approved revision before the given one; 0: none. */
export function approvedBefore(db: Db, revision: number): number {
  const found = db
    .prepare<[number], number | null>(
      'SELECT max(revision) FROM dataflow_approval WHERE revision < ?',
    )
    .pluck()
    .get(revision);
  return found ?? 0;
}

/** Newest first. */
export function findAcceptances(db: Db): Acceptance[] {
  return db
    .prepare<[], Acceptance>(
      `SELECT a.finding_key AS findingKey, a.finding_text AS findingText, a.reason,
         a.expires_on AS expiresOn, a.accepted_at_utc AS acceptedAtUtc, p.printed_name AS acceptedBy
       FROM dataflow_acceptance a JOIN person p ON p.id = a.accepted_by ORDER BY a.ordinal DESC`,
    )
    .all();
}

export interface NewRevision {
  readonly revision: number;
  /** Canonical JSON. */
  readonly content: string;
  readonly contentSha256: string;
  readonly reason: string;
  readonly savedAtUtc: string;
  readonly savedBy: PersonId;
}

export function insertRevision(db: Db, row: NewRevision): void {
  db.prepare(
    `INSERT INTO dataflow_revision (revision, content, content_sha256, reason, saved_at_utc, saved_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(row.revision, row.content, row.contentSha256, row.reason, row.savedAtUtc, row.savedBy);
}

export function insertApproval(
  db: Db,
  row: {
    readonly signatureId: string;
    readonly revision: number;
    readonly approvedAtUtc: string;
    readonly approvedBy: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO dataflow_approval (signature_id, revision, approved_at_utc, approved_by)
     VALUES (?, ?, ?, ?)`,
  ).run(row.signatureId, row.revision, row.approvedAtUtc, row.approvedBy);
}

export function insertAcceptance(
  db: Db,
  revision: number,
  row: Omit<Acceptance, 'acceptedBy'> & { readonly acceptedBy: PersonId },
): void {
  db.prepare(
    `INSERT INTO dataflow_acceptance
       (revision, finding_key, finding_text, reason, expires_on, accepted_at_utc, accepted_by)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    revision,
    row.findingKey,
    row.findingText,
    row.reason,
    row.expiresOn,
    row.acceptedAtUtc,
    row.acceptedBy,
  );
}
