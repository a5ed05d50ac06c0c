import { CardRevisionId } from '../../shared/base/ids';
import { ownCompleteness } from '../../shared/card/frameworks';
import type { AppContext, SignableRecord, SignedEvent } from '../app/context';
import type { Db } from '../db/openDatabase';
import { requireVersion } from '../registry/registryService';
import {
  approvedBefore,
  findAuthors,
  findComments,
  findNewestHead,
  findRecord,
  insertApproval,
} from './cardRepo';
import { staleFigures } from './boundFigures';
import { evidenceOf } from './evidenceSources';

/**
 * One revision of a card as a record to sign.
 *
 * Its authors are everybody who wrote since the last approval: none of them approves it. Only the newest
 * revision is approved, and only when no comment is open and no figure is stale.
 */
export function signableCard(ctx: AppContext, id: string): SignableRecord | null {
  const revisionId = CardRevisionId.safeParse(id);
  const record = revisionId.success ? findRecord(ctx.db, revisionId.data) : null;
  if (record === null) return null;
  const { versionId, revision, content } = record;
  const version = requireVersion(ctx, versionId);
  const { modelName, version: number } = version.snapshot;
  const nOpen = findComments(ctx.db, versionId).filter(({ resolved }) => resolved === null).length;
  const nStale = staleFigures(content, evidenceOf(ctx, version)).length;
  const { nMet, nPoints } = ownCompleteness(content);
  const after = approvedBefore(ctx.db, versionId, revision);
  const isNewest = findNewestHead(ctx.db, versionId)?.id === record.revisionId;
  const isReady = isNewest && nOpen === 0 && nStale === 0;
  return {
    title: `Model card of ${modelName}, version ${number}, revision ${revision}`,
    facts: [
      { label: 'Model', value: modelName },
      { label: 'Version', value: String(number) },
      { label: 'Snapshot (SHA-256)', value: record.snapshotSha256 },
      { label: 'Revision of the card', value: String(revision) },
      { label: 'Last approved revision', value: after === 0 ? 'none' : String(after) },
      { label: 'Fields filled', value: `${nMet} of ${nPoints}` },
      { label: 'Figures', value: figureCount(content.figures) },
      { label: 'Stale figures', value: String(nStale) },
      { label: 'Open comments', value: String(nOpen) },
      { label: 'Intended use', value: content.intendedUse === '' ? 'none' : content.intendedUse },
      { label: 'Saved at (UTC)', value: record.savedAtUtc },
    ],
    record,
    authors: findAuthors(ctx.db, versionId, { after, upTo: revision }),
    meanings: isReady ? ['approval', 'review', 'authorship'] : ['review', 'authorship'],
  };
}

function figureCount(figures: readonly { readonly evidence: object | null }[]): string {
  const nBound = figures.filter(({ evidence }) => evidence !== null).length;
  return `${figures.length}, ${nBound} of them bound to evidence`;
}

/** An approval makes its revision the approved one, in the same write as the signature. */
export function noteCardApproval(db: Db, { recordType, recordId, signature }: SignedEvent): void {
  if (recordType !== 'card.revision' || signature.meaning !== 'approval') return;
  const record = findRecord(db, CardRevisionId.parse(recordId));
  if (record === null) throw new Error('a card was approved that is not there');
  const { revisionId, versionId, revision } = record;
  insertApproval(db, {
    revisionId,
    versionId,
    revision,
    signatureId: signature.id,
    approvedAtUtc: signature.signedAtUtc,
    approvedBy: signature.personId,
  });
}
