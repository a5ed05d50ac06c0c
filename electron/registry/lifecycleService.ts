import { randomUUID } from 'node:crypto';
import { PromotionRequestId, type ModelId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import { isStep, nextStage, type StepKind } from '../../shared/registry/lifecycle';
import type {
  lifecycleChannels,
  PromotionRequest,
  StageChange,
  VersionLifecycle,
} from '../../shared/registry/lifecycleChannels';
import type { ModelVersion, Stage } from '../../shared/registry/model';
import type { ActingPolicy, AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import { judgeGates } from './lifecycleGates';
import {
  closeRequest,
  findLifecyclePolicy,
  findOpenRequest,
  findRequest,
  insertRequest,
} from './promotionRepo';
import { requireModel, requireVersion } from './registryService';
import {
  findLive,
  findPreviousLive,
  findStageChanges,
  insertStageChange,
  type NewStageChange,
} from './stageRepo';

type Input<K extends keyof typeof lifecycleChannels> = InputOf<(typeof lifecycleChannels)[K]>;

/** Where a version stands, and what stands before its next stage. @throws AppFailure NOT_FOUND */
export function getLifecycle(
  ctx: AppContext,
  { versionId }: Input<'registry.getLifecycle'>,
): VersionLifecycle {
  const version = requireVersion(ctx, versionId);
  const { modelId } = version.snapshot;
  const request = findOpenRequest(ctx.db, versionId);
  const toStage = request?.toStage ?? nextStage(version.stage);
  const { policy, revision } = findLifecyclePolicy(ctx.db, modelId);
  const live = findLive(ctx.db, modelId);
  const subject = { model: requireModel(ctx, modelId), version, request };
  const isLive = live?.versionId === versionId;
  return {
    stage: version.stage,
    toStage,
    gates: toStage === null ? [] : judgeGates(ctx, subject, policy[toStage]),
    policyRevision: revision,
    request,
    replaces: isLive ? null : live,
    rollbackTo: isLive ? findPreviousLive(ctx.db, modelId) : null,
  };
}

/**
 * Asks to bring a version to its next stage, so that others can approve it.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (no such step, which is put on record; or asked for already)
 */
export function requestPromotion(
  ctx: AppContext,
  input: Input<'registry.requestPromotion'>,
): VersionLifecycle {
  const { versionId, toStage, reason } = input;
  const version = requireVersion(ctx, versionId);
  requireStep(ctx, version, toStage, 'promotion');
  if (findOpenRequest(ctx.db, versionId) !== null) throw askedAlready();
  const id = PromotionRequestId.parse(randomUUID());
  const { modelId } = version.snapshot;
  const after = { versionId, fromStage: version.stage, toStage };
  ctx.write('registry.promotionRequested', id, { after, reason }, (db) =>
    insertRequest(db, {
      id,
      modelId,
      versionId,
      toStage,
      reason,
      requestedBy: ctx.actor.id,
      requestedAtUtc: ctx.nowUtc(),
    }),
  );
  return getLifecycle(ctx, { versionId });
}

/** Takes a request back. @throws AppFailure NOT_FOUND, CONFLICT (closed already) */
export function withdrawPromotion(
  ctx: AppContext,
  { requestId, reason }: Input<'registry.withdrawPromotion'>,
): VersionLifecycle {
  const { versionId } = requireOpenRequest(ctx, requestId);
  ctx.write('registry.promotionWithdrawn', requestId, { after: { versionId }, reason }, (db) =>
    closeRequest(db, requestId, closedBy(ctx, 'withdrawn')),
  );
  return getLifecycle(ctx, { versionId });
}

/**
 * Brings the version of a request to its stage. To Production it goes in one step with the version that
 * was live, which is archived.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (a gate is closed, which is put on record; or the request is closed)
 */
export function promote(
  ctx: AppContext,
  { requestId, reason }: Input<'registry.promote'>,
): VersionLifecycle {
  const { versionId, modelId, toStage } = requireOpenRequest(ctx, requestId);
  const version = requireVersion(ctx, versionId);
  requireStep(ctx, version, toStage, 'promotion');
  const closed = getLifecycle(ctx, { versionId }).gates.filter(({ isMet }) => !isMet);
  if (closed.length > 0) {
    const gates = closed.map(({ gate, finding }) => ({ ...gate, finding }));
    throw refuse(ctx, version, { to: toStage, kind: 'promotion', gates }, closedGates(gates));
  }
  const live = toStage === 'Production' ? findLive(ctx.db, modelId) : null;
  const step = { ...stepOf(ctx, 'promotion', reason), modelId, requestId };
  const before = { stage: version.stage };
  const after = { stage: toStage, requestId, archived: live?.versionId ?? null };
  ctx.write('registry.versionPromoted', versionId, { before, after, reason }, (db) => {
    if (live !== null) insertStageChange(db, { ...step, ...toArchive(live.versionId) });
    insertStageChange(db, { ...step, versionId, fromStage: version.stage, toStage });
    closeRequest(db, requestId, closedBy(ctx, 'promoted'));
  });
  return getLifecycle(ctx, { versionId });
}

/**
 * Brings back the version that was live before, in one step with the one that is live now.
 *
 * It went through the gates once, so nobody has to approve it again.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (none was live before, which is put on record; or another version
 *   is live than the person saw)
 */
export function rollBack(ctx: AppContext, input: Input<'registry.rollBack'>): StageChange {
  const change = goBack(ctx, input, { policy: null });
  ctx.hooks.evidenceChanged(ctx);
  return change;
}

/**
 * Goes the same way as {@link rollBack} because an approved policy says so; the event names the policy.
 *
 * Whether the policy may act is for the caller to know: this is the step, not the decision.
 *
 * @param by.also runs inside the write; must not wait
 * @throws AppFailure as {@link rollBack}
 */
export function rollBackByPolicy(
  ctx: AppContext,
  input: Input<'registry.rollBack'>,
  by: { readonly policy: ActingPolicy; readonly also?: (db: Db, change: StageChange) => void },
): StageChange {
  return goBack(ctx, input, by);
}

interface GoingBack {
  readonly policy: ActingPolicy | null;
  readonly also?: (db: Db, change: StageChange) => void;
}

function goBack(
  ctx: AppContext,
  { modelId, liveVersionId, reason }: Input<'registry.rollBack'>,
  { policy, also }: GoingBack,
): StageChange {
  const { name: modelName } = requireModel(ctx, modelId);
  const live = findLive(ctx.db, modelId);
  if ((live?.versionId ?? null) !== liveVersionId) throw otherIsLive(live?.version ?? null);
  const previous = findPreviousLive(ctx.db, modelId);
  if (previous === null) throw refuseRollback(ctx, modelId);
  const { versionId } = previous;
  const step = { ...stepOf(ctx, 'rollback', reason), modelId, requestId: null };
  const before = { live: live?.versionId ?? null };
  const after = { live: versionId, ...(policy === null ? {} : { policy: { ...policy } }) };
  const frozen = {
    modelName,
    restore: frozenVersion(ctx, versionId),
    retire: live === null ? null : frozenVersion(ctx, live.versionId),
  };
  return ctx.write('registry.rolledBack', versionId, { before, after, reason }, (db) => {
    if (live !== null) insertStageChange(db, { ...step, ...toArchive(live.versionId) });
    const open = findOpenRequest(db, versionId);
    if (open !== null) closeRequest(db, open.id, closedBy(ctx, 'withdrawn'));
    insertStageChange(db, { ...step, versionId, fromStage: 'Archived', toStage: 'Production' });
    const change = requireLastChange(db, modelId);
    const { atUtc, ordinal: stageChange, changedBy: by } = change;
    ctx.hooks.rolledBack(db, { ...frozen, modelId, stageChange, atUtc, by, reason, policy });
    also?.(db, change);
    return change;
  });
}

function frozenVersion(ctx: AppContext, versionId: ModelVersion['id']) {
  const { snapshot, snapshotSha256 } = requireVersion(ctx, versionId);
  return { versionId, version: snapshot.version, snapshotSha256 };
}

/** Retires a version. @throws AppFailure NOT_FOUND, CONFLICT (it lies in the archive already, put on record) */
export function archiveVersion(
  ctx: AppContext,
  { versionId, reason }: Input<'registry.archiveVersion'>,
): VersionLifecycle {
  const version = requireVersion(ctx, versionId);
  requireStep(ctx, version, 'Archived', 'archiving');
  const { modelId } = version.snapshot;
  const { stage } = version;
  const step = { ...stepOf(ctx, 'archiving', reason), modelId, requestId: null };
  const detail = { before: { stage }, after: { stage: 'Archived' }, reason };
  ctx.write('registry.versionArchived', versionId, detail, (db) => {
    const open = findOpenRequest(db, versionId);
    if (open !== null) closeRequest(db, open.id, closedBy(ctx, 'withdrawn'));
    insertStageChange(db, { ...step, versionId, fromStage: stage, toStage: 'Archived' });
  });
  return getLifecycle(ctx, { versionId });
}

function stepOf(
  ctx: AppContext,
  kind: StepKind,
  reason: string,
): Pick<NewStageChange, 'kind' | 'reason' | 'atUtc' | 'changedBy'> {
  return { kind, reason, atUtc: ctx.nowUtc(), changedBy: ctx.actor.id };
}

function toArchive(
  versionId: NewStageChange['versionId'],
): Pick<NewStageChange, 'versionId' | 'fromStage' | 'toStage'> {
  return { versionId, fromStage: 'Production', toStage: 'Archived' };
}

function closedBy(ctx: AppContext, outcome: NonNullable<PromotionRequest['outcome']>) {
  return { outcome, closedBy: ctx.actor.id, closedAtUtc: ctx.nowUtc() };
}

function requireOpenRequest(ctx: AppContext, requestId: PromotionRequestId): PromotionRequest {
  const request = findRequest(ctx.db, requestId);
  if (request === null)
    throw new AppFailure('NOT_FOUND', 'There is no such request.', { requestId });
  if (request.outcome === null) return request;
  throw new AppFailure(
    'CONFLICT',
    `This request is closed already: ${request.outcome} by ${request.closedBy ?? 'somebody'}. Nothing was changed.`,
    { outcome: request.outcome },
  );
}

function requireLastChange(db: Db, modelId: ModelId): StageChange {
  const last = findStageChanges(db, modelId).at(-1);
  if (last === undefined) throw new Error('the step was not recorded');
  return last;
}

/** @throws AppFailure CONFLICT when there is no such step; the attempt is on record then */
function requireStep(ctx: AppContext, version: ModelVersion, to: Stage, kind: StepKind): void {
  const { stage, snapshot } = version;
  if (isStep(stage, to, kind)) return;
  const message = `There is no step from ${stage} to ${to}. Version ${snapshot.version} stays in ${stage}; the attempt is on record.`;
  throw refuse(ctx, version, { to, kind, gates: [] }, message);
}

interface RefusedStep {
  readonly to: Stage;
  readonly kind: StepKind;
  readonly gates: readonly { readonly kind: string; readonly finding: string }[];
}

/** Puts on record that somebody tried a step that is not open. */
function refuse(
  ctx: AppContext,
  version: ModelVersion,
  { to, kind, gates }: RefusedStep,
  message: string,
): AppFailure {
  const closed = gates.map((gate) => `${gate.kind}: ${gate.finding}`);
  const detail = { before: { stage: version.stage }, after: { to, kind, closed } };
  ctx.write('registry.stepRefused', version.id, detail, () => undefined);
  return new AppFailure('CONFLICT', message, { gates });
}

function closedGates(gates: RefusedStep['gates']): string {
  const findings = gates.map(({ finding }) => finding).join(' ');
  return `${gates.length} of the gates before this stage ${gates.length === 1 ? 'is' : 'are'} closed: ${findings} Nothing was changed; the attempt is on record.`;
}

function refuseRollback(ctx: AppContext, modelId: ModelId): AppFailure {
  ctx.write('registry.stepRefused', modelId, { after: { kind: 'rollback' } }, () => undefined);
  return new AppFailure(
    'CONFLICT',
    'No other version of this model was ever live, so there is nothing to go back to. Nothing was changed; the attempt is on record.',
  );
}

function askedAlready(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'A promotion of this version is asked for already. Nothing was changed. Decide or withdraw that request first.',
  );
}

function otherIsLive(version: number | null): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `${version === null ? 'No version' : `Version ${version}`} is live by now. Nothing was changed. Look at the model again.`,
    { version },
  );
}
