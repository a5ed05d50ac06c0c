import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { formatStatistic } from '../../shared/base/formatNumber';
import {
  CanaryVerdictId,
  PersonId,
  type ModelId,
  type ModelVersionId,
} from '../../shared/base/ids';
import type { CanaryJudgement } from '../../shared/canary/canaryJudgement';
import type {
  Canary,
  canaryChannels,
  CanaryHead,
  CanaryVerdict,
  CanaryVerdictHead,
} from '../../shared/canary/channels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, SignableRecord } from '../app/context';
import type { Db } from '../db/openDatabase';
import { listSignatures } from '../vault/signingService';
import {
  findCanaries,
  findCanary,
  findLooks,
  findPlans,
  findVerdict,
  findVerdicts,
  findVerdictsFor,
  insertVerdict,
  type StoredVerdict,
} from './canaryRepo';
import { get, judgeNow, requireCanary } from './canaryQueries';

type Input<K extends keyof typeof canaryChannels> = InputOf<(typeof canaryChannels)[K]>;

/**
 * Puts what the judge says now on record, to be signed.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (no look yet, or this is on record already)
 */
export function judge(ctx: AppContext, { canaryId }: Input<'canary.judge'>): Canary {
  recordVerdict(ctx, requireCanary(ctx, canaryId));
  ctx.hooks.evidenceChanged(ctx);
  return get(ctx, { canaryId });
}

/**
 * The verdict alone, without what follows from it; one to roll back raises an alert.
 *
 * @throws AppFailure CONFLICT (no look yet, or this is on record already)
 */
export function recordVerdict(ctx: AppContext, canary: CanaryHead): void {
  const { id: canaryId } = canary;
  const plans = findPlans(ctx.db, canaryId);
  const looks = findLooks(ctx.db, canaryId);
  const judgement = judgeNow(plans, looks);
  if (judgement === null)
    throw new AppFailure(
      'CONFLICT',
      'There is no look yet. Nothing was recorded. Import rows of both arms first.',
    );
  const planRevision = plans.at(-1)!.revision;
  const json = canonicalJson(judgement);
  const judgementSha256 = sha256(json);
  const id = CanaryVerdictId.parse(randomUUID());
  const { verdict } = judgement;
  const after = { canaryId, verdict, planRevision, nLooks: looks.length, judgementSha256 };
  ctx.write('canary.judged', id, { after }, (db) => {
    const before = findVerdicts(db, canaryId)[0];
    if (before?.nLooks === looks.length && before.planRevision === planRevision)
      throw new AppFailure(
        'CONFLICT',
        'This verdict is on record already. Nothing was recorded. It changes with the next look or another plan.',
      );
    insertVerdict(db, {
      id,
      canaryId,
      ordinal: (before?.ordinal ?? 0) + 1,
      planRevision,
      nLooks: looks.length,
      verdict,
      judgement: json,
      judgementSha256,
      judgedAtUtc: ctx.nowUtc(),
      judgedBy: ctx.actor.id,
    });
    if (verdict === 'rollBack') raiseAlert(ctx, db, canary, judgement);
  });
}

function raiseAlert(
  ctx: AppContext,
  db: Db,
  { id, modelId, candidateVersionId, candidate, control }: CanaryHead,
  { sentence }: CanaryJudgement,
): void {
  ctx.hooks.ruleBroken(db, {
    modelId,
    versionId: candidateVersionId,
    segment: null,
    rule: 'canary',
    source: { kind: 'canary', canaryId: id },
    label: `Canary of version ${candidate} against ${control}`,
    severity: 'critical',
    message: sentence,
    atUtc: ctx.nowUtc(),
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Judges again from the stored plan and aggregates. @throws AppFailure NOT_FOUND */
export function replay(ctx: AppContext, { verdictId }: Input<'canary.replay'>) {
  const verdict = findVerdict(ctx.db, verdictId);
  if (verdict === null)
    throw new AppFailure('NOT_FOUND', 'There is no such verdict.', { verdictId });
  const plans = findPlans(ctx.db, verdict.canaryId).slice(0, verdict.planRevision);
  const looks = findLooks(ctx.db, verdict.canaryId).slice(0, verdict.nLooks);
  const replayedSha256 = sha256(canonicalJson(judgeNow(plans, looks)));
  const recordedSha256 = verdict.judgementSha256;
  return { isSame: replayedSha256 === recordedSha256, recordedSha256, replayedSha256 };
}

/** How a verdict is called where people read it. */
export const VERDICT_WORDS = { promote: 'Promote', hold: 'Hold', rollBack: 'Roll back' } as const;

/** A verdict as a record to sign: the plan, the figures, the reasons. */
export function signableVerdict({ db }: AppContext, id: string): SignableRecord | null {
  const verdictId = CanaryVerdictId.safeParse(id);
  const verdict = verdictId.success ? findVerdict(db, verdictId.data) : null;
  const canary = verdict === null ? null : findCanary(db, verdict.canaryId);
  if (verdict === null || canary === null) return null;
  const { judgement, planRevision } = verdict;
  const { primary } = judgement;
  const interval = primary.interval?.map(formatStatistic).join(' to ') ?? 'none yet';
  return {
    title: `Canary of ${canary.modelName}, version ${canary.candidate} against ${canary.control}: ${VERDICT_WORDS[judgement.verdict]}`,
    facts: [
      { label: 'Verdict', value: VERDICT_WORDS[judgement.verdict] },
      { label: 'Finding', value: judgement.sentence },
      { label: 'Difference', value: `${canary.metric}: ${interval}` },
      { label: 'Margin', value: formatStatistic(primary.margin) },
      { label: 'Looks', value: String(verdict.nLooks) },
      { label: 'Plan', value: `revision ${planRevision}` },
      { label: 'Judged by', value: verdict.judgedBy },
      { label: 'Judged at (UTC)', value: verdict.judgedAtUtc },
    ],
    record: verdictRecord(db, verdict),
    authors: [PersonId.parse(verdict.judgedById)],
    meanings: ['authorship', 'review', 'approval', 'rejection', 'responsibility'],
  };
}

function verdictRecord(db: Db, { judgedById: _id, ...verdict }: StoredVerdict) {
  return { v: 1, ...verdict, plan: findPlans(db, verdict.canaryId)[verdict.planRevision - 1] };
}

/** The signed bytes of a verdict as it lies in the file now, to be compared with what was signed. */
export function storedVerdict(db: Db, id: string) {
  const verdictId = CanaryVerdictId.safeParse(id);
  const verdict = verdictId.success ? findVerdict(db, verdictId.data) : null;
  if (verdict === null) return null;
  const record = canonicalJson(verdictRecord(db, verdict));
  const isOwnHash = sha256(canonicalJson(verdict.judgement)) === verdict.judgementSha256;
  return { canonicalJson: record, sha256: isOwnHash ? sha256(record) : verdict.judgementSha256 };
}

/** Every verdict about canaries of a model, newest first. */
export function verdictsOf({ db }: AppContext, modelId: ModelId): readonly CanaryVerdict[] {
  return findCanaries(db, modelId)
    .flatMap(({ id }) => findVerdicts(db, id))
    .sort((a, b) => b.judgedAtUtc.localeCompare(a.judgedAtUtc))
    .map(({ judgedById: _id, ...verdict }) => verdict);
}

/** What is known about a candidate when it shall be promoted. */
export interface SignedVerdict {
  readonly verdict: CanaryVerdict;
  /** Printed names of those who signed it, each once. */
  readonly signedBy: readonly string[];
  /** Of these, who approved it and did not make it. */
  readonly approvedBy: readonly string[];
  readonly isRejected: boolean;
  /** The plan was changed since, or more looks came. */
  readonly isSuperseded: boolean;
}

/** The newest signed verdict about a candidate version; null when none is signed. */
export function newestSignedVerdict(
  ctx: AppContext,
  candidateVersionId: ModelVersionId,
): SignedVerdict | null {
  for (const verdict of findVerdictsFor(ctx.db, candidateVersionId)) {
    const recordType = 'canary.verdict';
    const { signatures } = listSignatures(ctx, { recordType, recordId: verdict.id });
    const current = signatures.filter(({ isCurrent }) => isCurrent);
    if (current.length === 0) continue;
    return {
      verdict,
      signedBy: namesOf(current),
      approvedBy: namesOf(
        current.filter(
          ({ meaning, personId }) => meaning === 'approval' && personId !== verdict.judgedById,
        ),
      ),
      isRejected: current.some(({ meaning }) => meaning === 'rejection'),
      isSuperseded: isSuperseded(ctx.db, verdict),
    };
  }
  return null;
}

function namesOf(signatures: readonly { readonly printedName: string }[]): string[] {
  return [...new Set(signatures.map(({ printedName }) => printedName))];
}

/** Every verdict of a model in short, newest first. */
export function listVerdicts(
  { db }: AppContext,
  { modelId }: Input<'canary.listVerdicts'>,
): readonly CanaryVerdictHead[] {
  return findCanaries(db, modelId)
    .flatMap(({ id, candidate, candidateVersionId, control }) =>
      findVerdicts(db, id).map((one) => ({
        id: one.id,
        canaryId: id,
        candidateVersionId,
        candidate,
        control,
        verdict: one.judgement.verdict,
        sentence: one.judgement.sentence,
        judgedAtUtc: one.judgedAtUtc,
        judgedBy: one.judgedBy,
      })),
    )
    .sort((a, b) => b.judgedAtUtc.localeCompare(a.judgedAtUtc));
}

/** Whether the plan was changed, or more looks came, since a verdict fell. */
export function isSuperseded(db: Db, { canaryId, planRevision, nLooks }: StoredVerdict): boolean {
  const isNewestPlan = findPlans(db, canaryId).at(-1)!.revision === planRevision;
  return !isNewestPlan || findLooks(db, canaryId).length !== nLooks;
}
