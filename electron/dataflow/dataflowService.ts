import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import {
  FLOW_MAP_ID,
  type dataflowChannels,
  type FlowMapRevision,
  type SavedFlowMap,
} from '../../shared/dataflow/channels';
import { findingsOf } from '../../shared/dataflow/findings';
import { EMPTY_MAP, type FlowMap } from '../../shared/dataflow/flowMap';
import { viewOf } from '../../shared/dataflow/flowView';
import { changeSentence, mapChanges } from '../../shared/dataflow/mapChanges';
import type { InputOf, OutputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import type { Db } from '../db/openDatabase';
import {
  findAcceptances,
  findContent,
  findHead,
  findHeads,
  findNewestHead,
  insertAcceptance,
  insertRevision,
} from './dataflowRepo';
import { flowFacts } from './flowFacts';

type Channels = typeof dataflowChannels;
type Input<K extends keyof Channels> = InputOf<Channels[K]>;

/** The map as it was saved last; an empty one before that. */
export async function get(ctx: AppContext): Promise<SavedFlowMap> {
  const facts = await flowFacts(ctx);
  const head = findNewestHead(ctx.db);
  return {
    head,
    content: head === null ? EMPTY_MAP : contentOf(ctx.db, head.revision),
    facts,
    acceptances: findAcceptances(ctx.db),
  };
}

function contentOf(db: Db, revision: number): FlowMap {
  const content = findContent(db, revision);
  if (content === null)
    throw new AppFailure('NOT_FOUND', 'There is no such revision of the data-flow map.', {
      revision,
    });
  return content;
}

/** Revisions of the map, newest first. */
export function listRevisions({ db }: AppContext): readonly FlowMapRevision[] {
  return findHeads(db);
}

/** @throws AppFailure NOT_FOUND */
export function getRevision(
  { db }: AppContext,
  { revision }: Input<'dataflow.getRevision'>,
): OutputOf<Channels['dataflow.getRevision']> {
  const content = contentOf(db, revision);
  const head = findHead(db, revision);
  if (head === null) throw new Error('a revision of the map has content and no head');
  return { head, content };
}

/**
 * Saves the map as a new revision; the ones before stay readable.
 *
 * @throws AppFailure CONFLICT (somebody saved first, or nothing is different)
 */
export async function save(
  ctx: AppContext,
  { revision, content, reason }: Input<'dataflow.save'>,
): Promise<SavedFlowMap> {
  const current = findNewestHead(ctx.db);
  if ((current?.revision ?? 0) !== revision) throw savedFirst(current);
  const before = current === null ? EMPTY_MAP : contentOf(ctx.db, current.revision);
  const changes = mapChanges(before, content);
  if (changeSentence(changes) === '')
    throw new AppFailure('CONFLICT', 'Nothing is different. Nothing was saved.', { current });
  const json = canonicalJson(content);
  const contentSha256 = createHash('sha256').update(json).digest('hex');
  const { boundaries, nodes, flows, isOrganisationChanged } = changes;
  const detail = {
    before: { revision, contentSha256: current?.contentSha256 ?? null },
    after: {
      revision: revision + 1,
      contentSha256,
      boundaries: { ...boundaries },
      nodes: { ...nodes },
      flows: { ...flows },
      isOrganisationChanged,
    },
    reason,
  };
  ctx.write('dataflow.saved', FLOW_MAP_ID, detail, (db) =>
    insertRevision(db, {
      revision: revision + 1,
      content: json,
      contentSha256,
      reason,
      savedAtUtc: ctx.nowUtc(),
      savedBy: ctx.actor.id,
    }),
  );
  return get(ctx);
}

function savedFirst(current: FlowMapRevision | null): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `${current?.savedBy ?? 'Somebody'} saved the map while you were drawing. Nothing was saved, and your changes are still in this window. Look at the saved map, then repeat what is missing in it.`,
    { current },
  );
}

/**
 * Lets a finding of the saved map stand until a day, with the reason.
 *
 * @throws AppFailure CONFLICT (the saved map has no such finding, or it says something else by now),
 *   INVALID_INPUT (the day has passed)
 */
export async function acceptFinding(
  ctx: AppContext,
  { findingKey, findingText, reason, expiresOn }: Input<'dataflow.acceptFinding'>,
): Promise<SavedFlowMap> {
  const { head, content, facts, acceptances } = await get(ctx);
  const now = ctx.nowUtc();
  const today = now.slice(0, 10);
  if (expiresOn < today)
    throw new AppFailure(
      'INVALID_INPUT',
      'The last day of the acceptance has passed. Nothing was recorded. Choose today or a later day.',
    );
  const found = findingsOf(viewOf(content, facts), acceptances, today).find(
    ({ key, text }) => key === findingKey && text === findingText,
  );
  if (head === null || found === undefined)
    throw new AppFailure(
      'CONFLICT',
      'The saved map has no such finding any more. Nothing was recorded. Save your changes, look at the findings again, and accept what is left.',
    );
  const { revision } = head;
  const after = { findingKey, findingText, expiresOn, revision };
  ctx.write('dataflow.findingAccepted', FLOW_MAP_ID, { after, reason }, (db) =>
    insertAcceptance(db, revision, {
      findingKey,
      findingText,
      reason,
      expiresOn,
      acceptedAtUtc: now,
      acceptedBy: ctx.actor.id,
    }),
  );
  return get(ctx);
}
