import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import {
  HandoffPacketId,
  PersonId,
  type ModelId,
  type ModelVersionId,
} from '../../shared/base/ids';
import type { handoffChannels } from '../../shared/handoff/channels';
import {
  HandoffPacket,
  PURPOSE_WORDS,
  type CitedEvidence,
  type PacketCause,
  type PacketContent,
  type PacketDraft,
  type PacketHead,
  type PacketState,
  type PacketVersion,
} from '../../shared/handoff/packet';
import { secretPlaces } from '../../shared/handoff/pipelineSettings';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, SignableRecord } from '../app/context';
import { liveAt } from '../registry/historyService';
import { getLifecycle } from '../registry/lifecycleService';
import { requireModel, requireVersion, wholeVersions } from '../registry/registryService';
import { listSignatures } from '../vault/signingService';
import { manifestsOf } from './manifests';
import { citeEvidence, evidenceDigest, evidenceChoices as choicesOf } from './packetEvidence';
import type { PacketFacts } from './packetFacts';
import {
  findPacket,
  findPackets,
  findRevisions,
  insertPacket,
  insertPacketRevision,
  insertWithdrawal,
  type StoredPacket,
} from './packetRepo';
import { getSettings } from './settingsService';

export { getSettings, setSettings } from './settingsService';

type Input<K extends keyof typeof handoffChannels> = InputOf<(typeof handoffChannels)[K]>;

/** Packets of one model or of all, newest first. */
export function listPackets(
  ctx: AppContext,
  { modelId }: Input<'handoff.listPackets'>,
): readonly PacketHead[] {
  return findPackets(ctx.db, modelId).map((packet) => headOf(ctx, packet));
}

function headOf(ctx: AppContext, packet: StoredPacket): PacketHead {
  const { id, modelId, modelName, number, content, createdAtUtc, createdBy, revision } = packet;
  const { title, purpose, evidence, cause } = content;
  const facts = { id, modelId, modelName, number, title, purpose, createdAtUtc, createdBy };
  const state = stateOf(ctx, packet);
  return { ...facts, revision, state, nEvidence: evidence.length, isByRule: cause.kind === 'rule' };
}

/** Rejection counts more than approval, and only signatures under the packet as it is count at all. */
function stateOf(ctx: AppContext, { id, withdrawal }: StoredPacket): PacketState {
  if (withdrawal !== null) return 'withdrawn';
  const { signatures } = listSignatures(ctx, { recordType: 'handoff.packet', recordId: id });
  const meanings = signatures.filter(({ isCurrent }) => isCurrent).map(({ meaning }) => meaning);
  if (meanings.includes('rejection')) return 'rejected';
  return meanings.includes('approval') ? 'approved' : 'draft';
}

/** A packet with its files as they would be exported now. @throws AppFailure NOT_FOUND */
export function getPacket(
  ctx: AppContext,
  { packetId }: Input<'handoff.getPacket'>,
): HandoffPacket {
  const stored = requirePacket(ctx, packetId);
  const { content, withdrawal, modelId } = stored;
  return HandoffPacket.parse({
    ...headOf(ctx, stored),
    content,
    recordSha256: recordSha256(stored),
    citations: content.evidence.map((cited) => ({
      ...cited,
      isUnchanged: evidenceDigest(ctx, modelId, cited.evidence) === cited.sha256,
    })),
    manifests: manifestsOf(factsOf(stored)),
    secretPlaces: secretPlaces(content.settings),
    revisions: findRevisions(ctx.db, packetId).map(({ setById: _id, ...revision }) => revision),
    withdrawal,
    versions: versionsFrom(ctx, stored),
  });
}

/** Versions that were registered as made from a packet. */
function versionsFrom(ctx: AppContext, { id, modelId }: StoredPacket) {
  return wholeVersions(ctx.db, modelId)
    .filter(({ snapshot }) => snapshot.fromPacket?.packetId === id)
    .map((one) => ({ versionId: one.id, version: one.snapshot.version }));
}

/** Every packet of a model whole, for what leaves the workspace. */
export function wholePackets(ctx: AppContext, modelId: ModelId): HandoffPacket[] {
  return findPackets(ctx.db, modelId).map(({ id }) => getPacket(ctx, { packetId: id }));
}

/** Records of a model that a packet can cite, newest first. @throws AppFailure NOT_FOUND */
export function evidenceChoices(ctx: AppContext, { modelId }: Input<'handoff.evidenceChoices'>) {
  return choicesOf(ctx, modelId);
}

/** What people sign: the content, and which packet it is of. */
function recordOf({ id, modelId, modelName, number, revision, content }: StoredPacket) {
  return { v: 1, packetId: id, modelId, modelName, number, revision, content };
}

function recordSha256(packet: StoredPacket): string {
  return createHash('sha256')
    .update(canonicalJson(recordOf(packet)))
    .digest('hex');
}

/** What manifests are made of. */
export function factsOf(packet: StoredPacket): PacketFacts {
  const { id: packetId, modelId, modelName, number, revision, content } = packet;
  const facts = { packetId, modelId, modelName, number, revision, content };
  return { ...facts, recordSha256: recordSha256(packet) };
}

/** @throws AppFailure NOT_FOUND */
export function requirePacket(ctx: AppContext, packetId: HandoffPacketId): StoredPacket {
  const packet = findPacket(ctx.db, packetId);
  if (packet === null)
    throw new AppFailure('NOT_FOUND', 'There is no such hand-off packet.', { packetId });
  return packet;
}

/**
 * Writes a packet down, for others to approve.
 *
 * @throws AppFailure NOT_FOUND (model, or a version or record that is not of it), CONFLICT (nothing to go
 *   back to, or traffic beside no live version)
 */
export function draftPacket(
  ctx: AppContext,
  { modelId, draft }: Input<'handoff.draftPacket'>,
): HandoffPacket {
  const content = contentOf(ctx, modelId, draft, { kind: 'person' });
  const packetId = HandoffPacketId.parse(randomUUID());
  const { purpose, title, evidence } = content;
  const cited = evidence.map(({ sha256 }) => sha256);
  const after = { modelId, purpose, title, version: content.subject.version, evidence: cited };
  ctx.write('handoff.packetDrafted', packetId, { after, reason: content.request }, (db) => {
    const made = { createdAtUtc: ctx.nowUtc(), createdBy: ctx.actor.id };
    insertPacket(db, { id: packetId, modelId, ...made });
    const by = { setAtUtc: ctx.nowUtc(), setBy: ctx.actor.id };
    insertPacketRevision(db, packetId, 0, { content, reason: content.request, ...by });
  });
  return getPacket(ctx, { packetId });
}

/**
 * Changes what a packet asks for, with the pipeline settings as they are now.
 *
 * Signatures under it are of what it was, so it is a draft again.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (somebody was first, or it is withdrawn)
 */
export function revisePacket(
  ctx: AppContext,
  { packetId, revision, draft, reason }: Input<'handoff.revisePacket'>,
): HandoffPacket {
  const current = requireStanding(ctx, packetId, revision);
  const content = contentOf(ctx, current.modelId, draft, current.content.cause);
  const { title, purpose } = content;
  const detail = {
    before: { revision },
    after: { revision: revision + 1, title, purpose },
    reason,
  };
  ctx.write('handoff.packetRevised', packetId, detail, (db) => {
    const by = { setAtUtc: ctx.nowUtc(), setBy: ctx.actor.id };
    if (!insertPacketRevision(db, packetId, revision, { content, reason, ...by }))
      throw changedMeanwhile(revision);
  });
  return getPacket(ctx, { packetId });
}

/** Takes a packet back; it stays on record. @throws AppFailure NOT_FOUND, CONFLICT */
export function withdrawPacket(
  ctx: AppContext,
  { packetId, revision, reason }: Input<'handoff.withdrawPacket'>,
): HandoffPacket {
  const { modelId } = requireStanding(ctx, packetId, revision);
  ctx.write('handoff.packetWithdrawn', packetId, { after: { modelId }, reason }, (db) =>
    insertWithdrawal(db, packetId, { reason, atUtc: ctx.nowUtc(), by: ctx.actor.id }),
  );
  return getPacket(ctx, { packetId });
}

/** @throws AppFailure NOT_FOUND, CONFLICT (another revision is the newest, or it is withdrawn) */
export function requireStanding(
  ctx: AppContext,
  packetId: HandoffPacketId,
  revision: number,
): StoredPacket {
  const current = requirePacket(ctx, packetId);
  if (current.revision !== revision) throw changedMeanwhile(current.revision);
  if (current.withdrawal === null) return current;
  throw new AppFailure(
    'CONFLICT',
    `This packet was withdrawn by ${current.withdrawal.by}. Nothing was changed. Write a new one.`,
  );
}

function changedMeanwhile(revision: number): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'This packet was changed while you were looking at it. Nothing was changed. Look at it again.',
    { revision },
  );
}

/** What is recorded of a draft: what it names is looked up, and fixed as it is now. @throws AppFailure as {@link draftPacket} */
export function contentOf(
  ctx: AppContext,
  modelId: ModelId,
  draft: PacketDraft,
  cause: PacketCause,
): PacketContent {
  requireModel(ctx, modelId);
  const { versionId, evidence, ...written } = draft;
  const subject = packetVersion(ctx, modelId, versionId);
  const live = liveVersion(ctx, modelId);
  const rollbackTo = live === null ? null : getLifecycle(ctx, live).rollbackTo;
  const previous = rollbackTo === null ? null : packetVersion(ctx, modelId, rollbackTo.versionId);
  requireSense(draft, live);
  const cited: CitedEvidence[] = citeEvidence(ctx, modelId, evidence);
  const { revision: settingsRevision, policy: settings } = getSettings(ctx, { modelId });
  const rest = { evidence: cited, settingsRevision, settings, cause };
  return { ...written, subject, live, previous, ...rest };
}

/** The version of a model that is live now, or null. */
function liveVersion(ctx: AppContext, modelId: ModelId): PacketVersion | null {
  const versionId = liveAt(ctx, { modelId, atUtc: ctx.nowUtc() }).live?.change.versionId ?? null;
  return versionId === null ? null : packetVersion(ctx, modelId, versionId);
}

function packetVersion(
  ctx: AppContext,
  modelId: ModelId,
  versionId: ModelVersionId,
): PacketVersion {
  const { snapshot, snapshotSha256 } = requireVersion(ctx, versionId);
  if (snapshot.modelId === modelId) return { versionId, version: snapshot.version, snapshotSha256 };
  throw new AppFailure('NOT_FOUND', 'This version belongs to another model.', { versionId });
}

function requireSense(
  { purpose, versionId, candidatePercent }: PacketDraft,
  live: PacketVersion | null,
): void {
  if (candidatePercent !== null && (purpose !== 'rollOut' || live === null))
    throw new AppFailure(
      'CONFLICT',
      'Traffic is split between a candidate and the version that is live. Nothing was recorded. Leave the share empty.',
    );
  if (purpose !== 'retrain' && live?.versionId === versionId)
    throw new AppFailure(
      'CONFLICT',
      `Version ${live.version} is live already. Nothing was recorded. Choose another version.`,
    );
}

/** A packet as a record to sign; whoever wrote or changed it does not approve it. */
export function signablePacket({ db }: AppContext, id: string): SignableRecord | null {
  const packetId = HandoffPacketId.safeParse(id);
  const packet = packetId.success ? findPacket(db, packetId.data) : null;
  if (packet === null) return null;
  const { content, modelName, number, revision, withdrawal } = packet;
  const { purpose, title, subject, evidence, candidatePercent, settingsRevision } = content;
  return {
    title: `Hand-off packet ${number} of ${modelName}: ${title}`,
    facts: [
      { label: 'Model', value: modelName },
      { label: 'Asks to', value: `${PURPOSE_WORDS[purpose]} version ${subject.version}` },
      { label: 'Request', value: content.request },
      ...(candidatePercent === null
        ? []
        : [{ label: 'Traffic', value: `${candidatePercent} % for version ${subject.version}` }]),
      ...evidence.map((cited) => ({ label: 'Evidence', value: cited.title })),
      { label: 'Pipeline settings', value: `revision ${settingsRevision}` },
      { label: 'Revision', value: String(revision) },
    ],
    record: recordOf(packet),
    authors: authorsOf(db, packet),
    meanings: withdrawal === null ? ['review', 'approval', 'rejection', 'responsibility'] : [],
  };
}

function authorsOf(db: AppContext['db'], { id, content }: StoredPacket): PersonId[] {
  const { cause } = content;
  const wrote = findRevisions(db, id).map(({ setById }) => PersonId.parse(setById));
  return [...new Set([...wrote, ...(cause.kind === 'rule' ? [cause.setById] : [])])];
}
