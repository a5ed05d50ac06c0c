import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { CardCommentId, CardRevisionId, type ModelVersionId } from '../../shared/base/ids';
import { emptyCard, type CardContent } from '../../shared/card/cardContent';
import type {
  Card,
  cardChannels,
  CardRevisionHead,
  CardStanding,
} from '../../shared/card/channels';
import { compareCards } from '../../shared/card/compareCards';
import { picturesIn } from '../../shared/card/picture';
import type { EvidenceChoice } from '../../shared/card/evidence';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { ModelVersion } from '../../shared/registry/model';
import type { AppContext, AuditDetail } from '../app/context';
import { requireModel, requireVersion } from '../registry/registryService';
import {
  closeComment,
  findApprovedHead,
  findCardVersions,
  findComment,
  findComments,
  findHead,
  findHeads,
  findNewestHead,
  findRecord,
  findRecordText,
  insertComment,
  insertRevision,
  type CardRecord,
} from './cardRepo';
import { bindFigures, staleFigures } from './boundFigures';
import { evidenceOf, listEvidence } from './evidenceSources';
import type { CleanPicture } from './cleanPicture';
import { fillCard } from './fillCard';
import { hasPicture, insertPicture } from './pictureRepo';

type Input<K extends keyof typeof cardChannels> = InputOf<(typeof cardChannels)[K]>;

/** The card of a version as it stands now; empty while nobody has written one. @throws AppFailure NOT_FOUND */
export function getCard(ctx: AppContext, { versionId }: Input<'card.get'>): Card {
  const version = requireVersion(ctx, versionId);
  const { modelId, modelName, version: number } = version.snapshot;
  const head = findNewestHead(ctx.db, versionId);
  const content = head === null ? emptyCard() : contentOf(ctx, head.id);
  const { approved, approvedStale, state } = approvalOf(ctx, version, head);
  return {
    versionId,
    modelId,
    modelName,
    version: number,
    head,
    content,
    state,
    approved,
    stale: staleFigures(content, evidenceOf(ctx, version)),
    approvedStale,
    comments: findComments(ctx.db, versionId),
  };
}

/** How the card of one version stands; the state is null while there is none. @throws AppFailure NOT_FOUND */
export function cardStanding(ctx: AppContext, versionId: ModelVersionId): CardStanding {
  const version = requireVersion(ctx, versionId);
  const head = findNewestHead(ctx.db, versionId);
  const { approved, approvedStale, state } = approvalOf(ctx, version, head);
  const { version: number } = version.snapshot;
  return { versionId, version: number, state, nStale: approvedStale.length, approved };
}

/** How the cards of a model's versions stand; versions without one are left out. @throws AppFailure NOT_FOUND */
export function standings(
  ctx: AppContext,
  { modelId }: Input<'card.standings'>,
): readonly CardStanding[] {
  requireModel(ctx, modelId);
  return findCardVersions(ctx.db, modelId).map((versionId) => cardStanding(ctx, versionId));
}

function approvalOf(
  ctx: AppContext,
  version: ModelVersion,
  head: CardRevisionHead | null,
): Pick<Card, 'approved' | 'approvedStale' | 'state'> {
  if (head === null) return { approved: null, approvedStale: [], state: null };
  const approved = findApprovedHead(ctx.db, version.id);
  if (approved === null) return { approved, approvedStale: [], state: 'draft' };
  const approvedStale = staleFigures(contentOf(ctx, approved.id), evidenceOf(ctx, version));
  return { approved, approvedStale, state: approvedStale.length === 0 ? 'approved' : 'stale' };
}

/**
 * Saves what somebody wrote as a new revision; nothing is saved when nothing is different.
 *
 * Earlier revisions stay as they are, the approved one among them.
 *
 * @throws AppFailure NOT_FOUND (the version, or evidence that a figure points at), CONFLICT (somebody saved
 *   first; `current` is the newest revision)
 */
export function saveCard(ctx: AppContext, input: Input<'card.save'>): Card {
  const { versionId, revision, content } = input;
  return saveRevision(ctx, { versionId, revision, action: 'card.saved' }, () => content);
}

/**
 * Fills the empty fields with what the workspace knows, as a new revision.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT as {@link saveCard}
 */
export function fill(ctx: AppContext, { versionId, revision }: Input<'card.fill'>): Card {
  return saveRevision(ctx, { versionId, revision, action: 'card.filled' }, (before, version) =>
    fillCard(before, {
      model: requireModel(ctx, version.snapshot.modelId),
      version,
      evidence: listEvidence(evidenceOf(ctx, version)),
    }),
  );
}

interface SaveTask {
  readonly versionId: ModelVersionId;
  /** The revision that was read; 0 for none. */
  readonly revision: number;
  readonly action: string;
  /** The file that it came from; for the log. */
  readonly origin?: AuditDetail['after'];
  /** Pictures that come with it; those that the content shows are kept. */
  readonly pictures?: readonly CleanPicture[];
}

/**
 * Saves a change of a card as a new revision; nothing is saved when nothing is different.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT as {@link saveCard}
 */
export function saveRevision(
  ctx: AppContext,
  { versionId, revision, action, origin, pictures = [] }: SaveTask,
  change: (before: CardContent, version: ModelVersion) => CardContent,
): Card {
  const version = requireVersion(ctx, versionId);
  const head = findNewestHead(ctx.db, versionId);
  if ((head?.revision ?? 0) !== revision) throw savedFirst(head);
  const before = head === null ? emptyCard() : contentOf(ctx, head.id);
  const content = bindFigures(change(before, version), before, evidenceOf(ctx, version));
  if (content === null) throw evidenceGone();
  const shown = picturesIn(JSON.stringify(content));
  const fresh = pictures.filter(
    ({ sha256 }) => shown.includes(sha256) && !hasPicture(ctx.db, sha256),
  );
  const isSame = canonicalJson(content) === canonicalJson(before);
  if (isSame && fresh.length === 0) return getCard(ctx, { versionId });
  const record: CardRecord = {
    v: 1,
    revisionId: CardRevisionId.parse(randomUUID()),
    versionId,
    snapshotSha256: version.snapshotSha256,
    revision: revision + 1,
    savedBy: ctx.actor.id,
    savedAtUtc: ctx.nowUtc(),
    content,
  };
  const text = canonicalJson(record);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const fields = [...new Set(compareCards(before, content).map(({ field }) => field))];
  const detail = {
    before: { revision },
    after: {
      revision: record.revision,
      recordSha256: sha256,
      fields,
      ...(origin === undefined ? {} : { origin }),
      ...(fresh.length === 0 ? {} : { pictures: fresh.map(({ sha256 }) => sha256) }),
    },
  };
  ctx.write(action, versionId, detail, (db) => {
    const { savedAtUtc: addedAtUtc, savedBy: addedBy } = record;
    for (const picture of fresh) insertPicture(db, { ...picture, addedAtUtc, addedBy });
    insertRevision(db, record, { canonicalJson: text, sha256 });
  });
  return getCard(ctx, { versionId });
}

/** Every figure that the card of a version can point at, as it is now. @throws AppFailure NOT_FOUND */
export function evidence(
  ctx: AppContext,
  { versionId }: Input<'card.evidence'>,
): readonly EvidenceChoice[] {
  return listEvidence(evidenceOf(ctx, requireVersion(ctx, versionId)));
}

/** Every revision of a version's card, newest first. @throws AppFailure NOT_FOUND */
export function revisions(
  ctx: AppContext,
  { versionId }: Input<'card.revisions'>,
): readonly CardRevisionHead[] {
  requireVersion(ctx, versionId);
  return findHeads(ctx.db, versionId);
}

/** One revision as it was saved. @throws AppFailure NOT_FOUND */
export function getRevision(
  ctx: AppContext,
  { revisionId }: Input<'card.getRevision'>,
): { readonly head: CardRevisionHead; readonly content: CardContent } {
  const head = findHead(ctx.db, revisionId);
  if (head === null)
    throw new AppFailure('NOT_FOUND', 'There is no such revision of a card.', { revisionId });
  return { head, content: contentOf(ctx, revisionId) };
}

/** Says what must be looked at before the card is approved. @throws AppFailure NOT_FOUND, CONFLICT (no card yet) */
export function comment(ctx: AppContext, input: Input<'card.comment'>): Card {
  const { versionId, field, text } = input;
  requireVersion(ctx, versionId);
  const head = findNewestHead(ctx.db, versionId);
  if (head === null) {
    throw new AppFailure(
      'CONFLICT',
      'Nobody has written a card for this version yet, so there is nothing to comment on. Nothing was saved.',
    );
  }
  const id = CardCommentId.parse(randomUUID());
  const { revision } = head;
  ctx.write('card.commented', versionId, { after: { id, field, text, revision } }, (db) =>
    insertComment(db, {
      id,
      versionId,
      revision,
      field,
      text,
      madeAtUtc: ctx.nowUtc(),
      madeBy: ctx.actor.id,
    }),
  );
  return getCard(ctx, { versionId });
}

/** Closes a comment with what became of it. @throws AppFailure NOT_FOUND, CONFLICT (closed already) */
export function resolveComment(ctx: AppContext, input: Input<'card.resolveComment'>): Card {
  const { commentId, resolution } = input;
  const found = findComment(ctx.db, commentId);
  if (found === null) throw new AppFailure('NOT_FOUND', 'There is no such comment.', { commentId });
  const { comment: open, versionId } = found;
  if (open.resolved !== null) {
    throw new AppFailure(
      'CONFLICT',
      `This comment was resolved by ${open.resolved.by} already. Nothing was changed.`,
    );
  }
  ctx.write('card.commentResolved', versionId, { after: { id: commentId, resolution } }, (db) =>
    closeComment(db, commentId, {
      resolution,
      resolvedAtUtc: ctx.nowUtc(),
      resolvedBy: ctx.actor.id,
    }),
  );
  return getCard(ctx, { versionId });
}

/**
 * What lies in the file of a signed revision, to be compared with what was signed.
 *
 * @returns the record as it is stored and the hash kept beside it, or null when there is none
 */
export function storedCard(
  db: AppContext['db'],
  revisionId: string,
): { readonly canonicalJson: string; readonly sha256: string } | null {
  return findRecordText(db, revisionId);
}

function contentOf(ctx: AppContext, id: CardRevisionId): CardContent {
  const record = findRecord(ctx.db, id);
  if (record === null) throw new Error('a revision of a card is not there');
  return record.content;
}

function savedFirst(current: CardRevisionHead | null): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `${current?.savedBy ?? 'Somebody'} saved this card while you were writing. Nothing was changed. Load it again and repeat your change.`,
    { current },
  );
}

function evidenceGone(): AppFailure {
  return new AppFailure(
    'NOT_FOUND',
    'A figure points at evidence that is not there (any more). Nothing was saved. Choose other evidence for it, or type the figure.',
  );
}
