import { randomUUID } from 'node:crypto';
import { ExplanationRequestId } from '../../shared/base/ids';
import { addDays, dueOn } from '../../shared/explanation/deadline';
import type { Request, RequestHead, RequestStep } from '../../shared/explanation/request';
import type { explanationRequestChannels } from '../../shared/explanation/requestChannels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, AuditDetail } from '../app/context';
import type { Db } from '../db/openDatabase';
import { requireVersion } from '../registry/registryService';
import {
  changeRequest,
  eraseLetters,
  findNewestLetter,
  findRequest,
  findRequests,
  findSteps,
  insertRequest,
  insertStep,
  isReferenceTaken,
  type RequestChange,
} from './requestRepo';

type Input<K extends keyof typeof explanationRequestChannels> = InputOf<
  (typeof explanationRequestChannels)[K]
>;

/** Requests for an explanation, open ones first, the oldest on top. */
export function listRequests(ctx: AppContext): readonly RequestHead[] {
  return findRequests(ctx.db);
}

/** A request with its steps and newest letter. @throws AppFailure NOT_FOUND */
export function getRequest(
  ctx: AppContext,
  { requestId }: Input<'explanation.getRequest'>,
): Request {
  const head = requireRequest(ctx.db, requestId);
  const letter = findNewestLetter(ctx.db, requestId);
  if (letter === null) return { ...head, steps: findSteps(ctx.db, requestId), newest: null };
  const { requestId: _ofThis, writtenById: _shownByName, ...newest } = letter;
  return { ...head, steps: findSteps(ctx.db, requestId), newest };
}

/** @throws AppFailure NOT_FOUND */
export function requireRequest(db: Db, requestId: ExplanationRequestId): RequestHead {
  const head = findRequest(db, requestId);
  if (head === null) throw new AppFailure('NOT_FOUND', 'There is no such request.', { requestId });
  return head;
}

/**
 * Takes a request in; its clock runs from the day on which it was received.
 *
 * @throws AppFailure NOT_FOUND (version), CONFLICT (reference taken, or received in the future)
 */
export function openRequest(ctx: AppContext, input: Input<'explanation.openRequest'>): Request {
  const { reference, versionId, bases, receivedOn } = input;
  const { modelId } = requireVersion(ctx, versionId).snapshot;
  if (receivedOn > todayOf(ctx))
    throw new AppFailure(
      'CONFLICT',
      'The day of receipt lies in the future. Nothing was recorded. Enter the day on which the request came in.',
    );
  const id = ExplanationRequestId.parse(randomUUID());
  const after = { reference, versionId, bases: [...bases], receivedOn };
  ctx.write('explanation.requestOpened', id, { after }, (db) => {
    if (isReferenceTaken(db, reference))
      throw new AppFailure(
        'CONFLICT',
        'A request with this reference is on record already. Nothing was recorded. Open that one instead.',
        { reference },
      );
    insertRequest(db, {
      id,
      reference,
      modelId,
      versionId,
      bases: [...new Set(bases)],
      receivedOn,
    });
    const by = { changedBy: ctx.actor.id, atUtc: ctx.nowUtc() };
    insertStep(db, { requestId: id, revision: 0, act: 'open', text: '', ...by });
  });
  return getRequest(ctx, { requestId: id });
}

/**
 * Takes two more months, which must be said within the first, with the reason (GDPR Art. 12(3)).
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (closed, extended, too late, or somebody was first)
 */
export function extendRequest(ctx: AppContext, input: Input<'explanation.extendRequest'>): Request {
  const { requestId, reason } = input;
  const head = requireOpen(ctx, requestId);
  if (head.isExtended) throw refused('The request was extended already.');
  if (todayOf(ctx) > head.dueOn)
    throw refused(
      `An extension must be told to the person within the first month, which ended on ${head.dueOn}.`,
    );
  const before = { dueOn: head.dueOn };
  const after = { reference: head.reference, dueOn: dueOn(head.receivedOn, true) };
  stepRequest(ctx, input, {
    act: 'extend',
    event: 'explanation.requestExtended',
    detail: { before, after, reason },
    text: reason,
    change: { isExtended: true },
  });
  return getRequest(ctx, { requestId });
}

/**
 * Ends a request. What is kept of the person stays for as long as was said, from today.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (closed, answered without an approved letter, or somebody was first)
 */
export function closeRequest(ctx: AppContext, input: Input<'explanation.closeRequest'>): Request {
  const { requestId, outcome, retentionDays, reason } = input;
  const head = requireOpen(ctx, requestId);
  if (outcome === 'answered' && head.letter !== 'approved')
    throw refused('No letter is approved yet, so the request cannot be answered by one.');
  const closedOn = todayOf(ctx);
  const eraseOn = addDays(closedOn, retentionDays);
  stepRequest(ctx, input, {
    act: 'close',
    event: 'explanation.requestClosed',
    detail: { after: { reference: head.reference, outcome, eraseOn }, reason },
    text: reason,
    change: { closing: { outcome, closedOn, eraseOn } },
    also: (db) => {
      if (retentionDays === 0) eraseLetters(db, requestId, ctx.nowUtc());
    },
  });
  if (retentionDays === 0) emptyLogOfPages(ctx);
  return getRequest(ctx, { requestId });
}

/**
 * Erases what is kept of the person: letters with their case. Digests, steps and signatures stay, so that the log
 * still proves what was done.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (open, nothing kept, or somebody was first)
 */
export function eraseRequest(ctx: AppContext, input: Input<'explanation.eraseRequest'>): Request {
  const { requestId, reason } = input;
  const head = requireRequest(ctx.db, requestId);
  if (head.outcome === null)
    throw refused('The request is open and still needs its letter. Close it first.');
  if (!head.holdsCase) throw refused('Nothing about the person is kept any more.');
  stepRequest(ctx, input, {
    act: 'erase',
    event: 'explanation.caseErased',
    detail: { after: { reference: head.reference }, reason },
    text: reason,
    change: {},
    also: (db) => void eraseLetters(db, requestId, ctx.nowUtc()),
  });
  emptyLogOfPages(ctx);
  return getRequest(ctx, { requestId });
}

/** What was erased is zeroed in the file; the write-ahead log still holds the pages as they were. */
function emptyLogOfPages({ db }: AppContext): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
}

export interface RequestAct {
  readonly act: RequestStep['act'];
  readonly event: string;
  readonly detail: AuditDetail;
  readonly text: string;
  readonly change: RequestChange;
  readonly also?: (db: Db) => void;
}

/** One step of a request in one write. @throws AppFailure CONFLICT when somebody was first */
export function stepRequest(
  ctx: AppContext,
  { requestId, revision }: { readonly requestId: ExplanationRequestId; readonly revision: number },
  { act, event, detail, text, change, also }: RequestAct,
): void {
  ctx.write(event, requestId, detail, (db) => {
    if (!changeRequest(db, requestId, revision, change))
      throw new AppFailure('CONFLICT', 'The request was changed since you opened it.', {
        current: requireRequest(db, requestId),
      });
    const by = { changedBy: ctx.actor.id, atUtc: ctx.nowUtc() };
    insertStep(db, { requestId, revision: revision + 1, act, text, ...by });
    also?.(db);
  });
}

/** @throws AppFailure NOT_FOUND, CONFLICT (it is closed) */
export function requireOpen({ db }: AppContext, requestId: ExplanationRequestId): RequestHead {
  const head = requireRequest(db, requestId);
  if (head.outcome !== null) throw refused(`The request was closed on ${head.closedOn ?? ''}.`);
  return head;
}

export function refused(why: string): AppFailure {
  return new AppFailure('CONFLICT', `${why} Nothing was changed.`);
}

function todayOf(ctx: Pick<AppContext, 'nowUtc'>): string {
  return ctx.nowUtc().slice(0, 10);
}
