import type {
  CanaryId,
  CanaryVerdictId,
  ModelId,
  ModelVersionId,
  PersonId,
} from '../../shared/base/ids';
import { UtcInstant } from '../../shared/base/time';
import { CanaryLook } from '../../shared/canary/canaryEvidence';
import { CanaryJudgement } from '../../shared/canary/canaryJudgement';
import { CanaryPlan } from '../../shared/canary/canaryPlan';
import {
  canaryChannels,
  type CanaryHead,
  type CanaryVerdict,
  type PlanRevision,
} from '../../shared/canary/channels';
import type { Db } from '../db/openDatabase';

const Head = canaryChannels['canary.list'].output.unwrap().element;
const Verdict = canaryChannels['canary.get'].output.shape.verdicts.unwrap().element;

interface HeadRow {
  readonly id: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly candidate_version_id: string;
  readonly candidate: number;
  readonly control_version_id: string;
  readonly control: number;
  readonly metric: string;
  readonly created_at_utc: string;
  readonly created_by_name: string;
  readonly n_looks: number;
  readonly verdict: string | null;
  readonly judged_at_utc: string | null;
}

function headFromRow(row: HeadRow): CanaryHead {
  return Head.parse({
    id: row.id,
    modelId: row.model_id,
    modelName: row.model_name,
    candidateVersionId: row.candidate_version_id,
    candidate: row.candidate,
    controlVersionId: row.control_version_id,
    control: row.control,
    metric: row.metric,
    createdAtUtc: row.created_at_utc,
    createdBy: row.created_by_name,
    nLooks: row.n_looks,
    verdict: row.verdict,
    judgedAtUtc: row.judged_at_utc,
  });
}

const SELECT_HEAD = `
  SELECT c.*, m.name AS model_name, a.version AS candidate, b.version AS control,
    p.printed_name AS created_by_name,
    (SELECT json_extract(l.plan, '$.primary.column') FROM canary_plan l
      WHERE l.canary_id = c.id ORDER BY l.revision DESC LIMIT 1) AS metric,
    (SELECT count(*) FROM canary_look k WHERE k.canary_id = c.id) AS n_looks,
    v.verdict, v.judged_at_utc
  FROM canary c
  JOIN model m ON m.id = c.model_id
  JOIN model_version a ON a.id = c.candidate_version_id
  JOIN model_version b ON b.id = c.control_version_id
  JOIN person p ON p.id = c.created_by
  LEFT JOIN canary_verdict v ON v.canary_id = c.id
    AND v.ordinal = (SELECT max(w.ordinal) FROM canary_verdict w WHERE w.canary_id = c.id)`;

/** Newest first. */
export function findCanaries(db: Db, modelId: ModelId | null): CanaryHead[] {
  return db
    .prepare<[string | null, string | null], HeadRow>(
      `${SELECT_HEAD} WHERE (? IS NULL OR c.model_id = ?) ORDER BY c.created_at_utc DESC, c.rowid DESC`,
    )
    .all(modelId, modelId)
    .map(headFromRow);
}

/** Those whose newest plan rolls back by itself; newest first. */
export function findActingCanaries(db: Db): CanaryHead[] {
  return db
    .prepare<[], HeadRow>(
      `${SELECT_HEAD} WHERE (SELECT json_extract(l.plan, '$.onRollBack') FROM canary_plan l
         WHERE l.canary_id = c.id ORDER BY l.revision DESC LIMIT 1) = 'rollBack'
       ORDER BY c.created_at_utc DESC, c.rowid DESC`,
    )
    .all()
    .map(headFromRow);
}

export function findCanary(db: Db, id: CanaryId): CanaryHead | null {
  const row = db.prepare<[string], HeadRow>(`${SELECT_HEAD} WHERE c.id = ?`).get(id);
  return row === undefined ? null : headFromRow(row);
}

export function insertCanary(
  db: Db,
  canary: {
    readonly id: CanaryId;
    readonly modelId: ModelId;
    readonly candidateVersionId: ModelVersionId;
    readonly controlVersionId: ModelVersionId;
    readonly createdAtUtc: string;
    readonly createdBy: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO canary (id, model_id, candidate_version_id, control_version_id, created_at_utc, created_by)
     VALUES (@id, @modelId, @candidateVersionId, @controlVersionId, @createdAtUtc, @createdBy)`,
  ).run(canary);
}

interface PlanRow {
  readonly revision: number;
  readonly plan: string;
  readonly reason: string;
  readonly n_looks_before: number;
  readonly set_at_utc: string;
  readonly set_by_name: string;
}

/** Every revision, oldest first. */
export function findPlans(db: Db, id: CanaryId): PlanRevision[] {
  return db
    .prepare<[string], PlanRow>(
      `SELECT l.*, p.printed_name AS set_by_name FROM canary_plan l JOIN person p ON p.id = l.set_by
       WHERE l.canary_id = ? ORDER BY l.revision`,
    )
    .all(id)
    .map((row) => ({
      revision: row.revision,
      plan: CanaryPlan.parse(JSON.parse(row.plan)),
      reason: row.reason,
      setAtUtc: UtcInstant.parse(row.set_at_utc),
      setBy: row.set_by_name,
      nLooksBefore: row.n_looks_before,
    }));
}

export function insertPlan(
  db: Db,
  saved: {
    readonly canaryId: CanaryId;
    readonly revision: number;
    readonly plan: CanaryPlan;
    readonly reason: string;
    readonly nLooksBefore: number;
    readonly setAtUtc: string;
    readonly setBy: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO canary_plan (canary_id, revision, plan, reason, n_looks_before, set_at_utc, set_by)
     VALUES (@canaryId, @revision, @plan, @reason, @nLooksBefore, @setAtUtc, @setBy)`,
  ).run({ ...saved, plan: JSON.stringify(saved.plan) });
}

interface LookRow {
  readonly ordinal: number;
  readonly evidence: string;
  readonly imported_at_utc: string;
  readonly imported_by_name: string;
}

/** A look with its evidence and who brought it. */
export interface StoredLook {
  readonly ordinal: number;
  readonly look: CanaryLook;
  readonly importedAtUtc: UtcInstant;
  readonly importedBy: string;
}

/** Every look, oldest first. */
export function findLooks(db: Db, id: CanaryId): StoredLook[] {
  return db
    .prepare<[string], LookRow>(
      `SELECT l.*, p.printed_name AS imported_by_name FROM canary_look l
       JOIN person p ON p.id = l.imported_by WHERE l.canary_id = ? ORDER BY l.ordinal`,
    )
    .all(id)
    .map((row) => ({
      ordinal: row.ordinal,
      look: CanaryLook.parse(JSON.parse(row.evidence)),
      importedAtUtc: UtcInstant.parse(row.imported_at_utc),
      importedBy: row.imported_by_name,
    }));
}

export function insertLook(
  db: Db,
  saved: {
    readonly canaryId: CanaryId;
    readonly ordinal: number;
    readonly look: CanaryLook;
    readonly importedAtUtc: string;
    readonly importedBy: PersonId;
  },
): void {
  const { look, ...row } = saved;
  db.prepare(
    `INSERT INTO canary_look (canary_id, ordinal, evidence, imported_at_utc, imported_by)
     VALUES (@canaryId, @ordinal, @evidence, @importedAtUtc, @importedBy)`,
  ).run({ ...row, evidence: JSON.stringify(look) });
}

interface VerdictRow {
  readonly id: string;
  readonly canary_id: string;
  readonly ordinal: number;
  readonly plan_revision: number;
  readonly n_looks: number;
  readonly judgement: string;
  readonly judgement_sha256: string;
  readonly judged_at_utc: string;
  readonly judged_by: string;
  readonly judged_by_name: string;
}

/** A verdict with the person who had it recorded. */
export interface StoredVerdict extends CanaryVerdict {
  readonly judgedById: string;
}

function verdictFromRow(row: VerdictRow): StoredVerdict {
  const verdict = Verdict.parse({
    id: row.id,
    canaryId: row.canary_id,
    ordinal: row.ordinal,
    planRevision: row.plan_revision,
    nLooks: row.n_looks,
    judgement: CanaryJudgement.parse(JSON.parse(row.judgement)),
    judgementSha256: row.judgement_sha256,
    judgedAtUtc: row.judged_at_utc,
    judgedBy: row.judged_by_name,
  });
  return { ...verdict, judgedById: row.judged_by };
}

const SELECT_VERDICT = `
  SELECT v.*, p.printed_name AS judged_by_name FROM canary_verdict v
  JOIN person p ON p.id = v.judged_by`;

/** Newest first. */
export function findVerdicts(db: Db, id: CanaryId): StoredVerdict[] {
  return db
    .prepare<[string], VerdictRow>(
      `${SELECT_VERDICT} WHERE v.canary_id = ? ORDER BY v.ordinal DESC`,
    )
    .all(id)
    .map(verdictFromRow);
}

export function findVerdict(db: Db, id: CanaryVerdictId): StoredVerdict | null {
  const row = db.prepare<[string], VerdictRow>(`${SELECT_VERDICT} WHERE v.id = ?`).get(id);
  return row === undefined ? null : verdictFromRow(row);
}

/** Of every canary of a candidate, newest first. */
export function findVerdictsFor(db: Db, candidateVersionId: ModelVersionId): StoredVerdict[] {
  return db
    .prepare<[string], VerdictRow>(
      `${SELECT_VERDICT} JOIN canary c ON c.id = v.canary_id
       WHERE c.candidate_version_id = ? ORDER BY v.judged_at_utc DESC, v.rowid DESC`,
    )
    .all(candidateVersionId)
    .map(verdictFromRow);
}

export function insertVerdict(
  db: Db,
  saved: {
    readonly id: CanaryVerdictId;
    readonly canaryId: CanaryId;
    readonly ordinal: number;
    readonly planRevision: number;
    readonly nLooks: number;
    readonly verdict: string;
    /** Canonical JSON. */
    readonly judgement: string;
    readonly judgementSha256: string;
    readonly judgedAtUtc: string;
    readonly judgedBy: PersonId;
  },
): void {
  db.prepare(
    `INSERT INTO canary_verdict (id, canary_id, ordinal, plan_revision, n_looks, verdict, judgement,
       judgement_sha256, judged_at_utc, judged_by)
     VALUES (@id, @canaryId, @ordinal, @planRevision, @nLooks, @verdict, @judgement,
       @judgementSha256, @judgedAtUtc, @judgedBy)`,
  ).run(saved);
}
