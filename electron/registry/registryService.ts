import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { formatCount } from '../../shared/base/formatNumber';
import type { FileFingerprint } from '../../shared/base/files';
import { ModelId, ModelVersionId, type HandoffPacketId, type StageId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  registryChannels,
  StagedTrainingData,
  VersionPreview,
} from '../../shared/registry/channels';
import type {
  ArtefactFile,
  Model,
  ModelVersion,
  SchemaColumn,
  VersionSnapshot,
} from '../../shared/registry/model';
import { signingObstacle } from '../../shared/vault/signable';
import type { InspectedColumn } from '../../shared/drift/column';
import type { AppContext, SignableRecord, StageKind } from '../app/context';
import { pickTableFile } from '../io/pickSource';
import { listSignatures } from '../vault/signingService';
import {
  findModel,
  findModelId,
  findSnapshotText,
  findVersion,
  findVersionId,
  findVersions,
  insertModel,
  insertVersion,
  isModelNameTaken,
  nextVersionNumber,
} from './registryRepo';

type Input<K extends keyof typeof registryChannels> = InputOf<(typeof registryChannels)[K]>;

const TRAINING_DATA: StageKind<FileFingerprint> = { name: 'registry.trainingData' };
/** Files that were hashed for a version that is not registered yet. */
export const ARTEFACTS: StageKind<readonly ArtefactFile[]> = { name: 'registry.artefacts' };
type StatedDigests = Pick<VersionSnapshot, 'datasets' | 'artefacts'>;
const STATED_DIGESTS: StageKind<StatedDigests> = { name: 'registry.statedDigests' };
const NEW_VERSION: StageKind<VersionSnapshot> = { name: 'registry.newVersion' };

/**
 * Registers a model: the name under which versions, batches and alerts are kept.
 *
 * @throws AppFailure CONFLICT when a model of that name exists (letter case does not count)
 */
export function createModel(ctx: AppContext, input: Input<'registry.createModel'>): Model {
  const id = ModelId.parse(randomUUID());
  ctx.write('registry.modelCreated', id, { after: { ...input } }, (db) => {
    if (isModelNameTaken(db, input.name)) {
      throw new AppFailure(
        'CONFLICT',
        `There is already a model named ${input.name}. Choose another name.`,
        {
          name: input.name,
        },
      );
    }
    insertModel(db, { ...input, id, createdAtUtc: ctx.nowUtc(), createdBy: ctx.actor.id });
  });
  return requireModel(ctx, id);
}

/**
 * Hashes a training-data file and reads its columns, ahead of registering a version.
 *
 * Only the SHA-256, the size and the column names are kept, never rows.
 *
 * @throws AppFailure BAD_DATA (unreadable), CANCELLED (dialog closed or job stopped)
 */
export async function stageTrainingData(
  ctx: AppContext,
  input: Input<'registry.stageTrainingData'>,
): Promise<StagedTrainingData> {
  const path = await pickTableFile(ctx, input.source, 'Training data');
  const { file, nRows, columns } = await ctx.jobs.run('table.inspect', { path }, ctx);
  const stageId = ctx.stages.put(TRAINING_DATA, file);
  return { stageId, file, nRows, schema: columns.map(toSchemaColumn) };
}

function toSchemaColumn({ name, fileType, role }: InspectedColumn): SchemaColumn {
  return {
    name,
    type: fileType,
    direction: role === 'prediction' || role === 'label' ? 'output' : 'input',
  };
}

/**
 * Holds digests ready that a pipeline stated of files which Assay has not seen; no window can do this.
 *
 * @returns what `registry.previewVersion` takes as `statedStageId`
 */
export function stageStatedDigests(ctx: AppContext, stated: StatedDigests): StageId {
  const { datasets, artefacts } = stated;
  return ctx.stages.put(STATED_DIGESTS, {
    ...(datasets === undefined ? {} : { datasets }),
    ...(artefacts === undefined ? {} : { artefacts }),
  });
}

/**
 * Makes the snapshot of a new version, so that its author sees exactly what they will sign.
 *
 * @throws AppFailure NOT_FOUND (model, or the staged file has expired)
 */
export function previewVersion(
  ctx: AppContext,
  input: Input<'registry.previewVersion'>,
): VersionPreview {
  const { trainingDataStageId, artefactsStageId = null, statedStageId = null, ...rest } = input;
  const { runLink, modelId, packetId, ...described } = rest;
  const model = requireModel(ctx, modelId);
  const snapshot: VersionSnapshot = {
    ...described,
    modelId: model.id,
    modelName: model.name,
    version: nextVersionNumber(ctx.db, model.id),
    trainingData:
      trainingDataStageId === null ? null : ctx.stages.get(TRAINING_DATA, trainingDataStageId),
    registeredAtUtc: ctx.nowUtc(),
    registeredBy: ctx.actor.id,
    ...(statedStageId === null ? {} : ctx.stages.get(STATED_DIGESTS, statedStageId)),
    ...(artefactsStageId === null
      ? {}
      : { artefacts: ctx.stages.get(ARTEFACTS, artefactsStageId) }),
    ...(runLink === undefined ? {} : { runLink }),
    ...(packetId === undefined || packetId === null
      ? {}
      : { fromPacket: packetLink(ctx, modelId, packetId) }),
  };
  const snapshotJson = canonicalJson(snapshot);
  const snapshotSha256 = createHash('sha256').update(snapshotJson).digest('hex');
  return { stageId: ctx.stages.put(NEW_VERSION, snapshot), snapshot, snapshotJson, snapshotSha256 };
}

/** What a packet is to a version that was made from it, as {@link SignableRecord} of the packet has it. */
const PacketRecord = z.looseObject({ modelId: ModelId, number: z.number().int().positive() });

/** @throws AppFailure NOT_FOUND (no packet of this model), CONFLICT (it is not approved) */
function packetLink(
  ctx: AppContext,
  modelId: ModelId,
  packetId: HandoffPacketId,
): NonNullable<VersionSnapshot['fromPacket']> {
  const ref = { recordType: 'handoff.packet', recordId: packetId } as const;
  const packet = PacketRecord.safeParse(ctx.signables[ref.recordType](ctx, packetId)?.record);
  if (!packet.success || packet.data.modelId !== modelId)
    throw new AppFailure('NOT_FOUND', 'There is no such hand-off packet of this model.', {
      packetId,
    });
  const { recordSha256, signatures } = listSignatures(ctx, ref);
  const meanings = signatures.filter(({ isCurrent }) => isCurrent).map(({ meaning }) => meaning);
  if (!meanings.includes('approval') || meanings.includes('rejection'))
    throw new AppFailure(
      'CONFLICT',
      `Packet ${packet.data.number} is not approved, so no version comes from it. Nothing was prepared. Choose another one.`,
      { packetId },
    );
  return { packetId, number: packet.data.number, recordSha256 };
}

/**
 * Freezes a previewed version: the snapshot gets its author's signature, and never changes.
 *
 * @throws AppFailure NOT_FOUND (the preview has expired), CONFLICT (another version took the number
 *   meanwhile), FORBIDDEN (wrong passphrase, or a meaning that judges one's own work)
 */
export function registerVersion(
  ctx: AppContext,
  { stageId, signing }: Input<'registry.registerVersion'>,
): Promise<ModelVersion> {
  const snapshot = ctx.stages.get(NEW_VERSION, stageId);
  const { modelId, version, trainingData } = snapshot;
  const obstacle = signingObstacle(signing.meaning, ctx.actor.id, {
    authors: [ctx.actor.id],
    signed: [],
  });
  if (obstacle !== null) throw new AppFailure('FORBIDDEN', obstacle, { meaning: signing.meaning });
  const id = ModelVersionId.parse(randomUUID());
  return ctx.withSigningKey(signing, (signer) => {
    const after = { modelId, version, trainingDataSha256: trainingData?.sha256 ?? null };
    const detail = { after, reason: signing.reason };
    ctx.write('registry.versionRegistered', id, detail, (db) => {
      if (nextVersionNumber(db, modelId) !== version) throw numberTaken(version);
      const signature = signer.signRecord(db, 'registry.version', id, snapshot);
      insertVersion(db, { id, snapshot, snapshotJson: canonicalJson(snapshot), signature });
    });
    ctx.stages.drop(stageId);
    return requireVersion(ctx, id);
  });
}

function numberTaken(version: number): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `Version ${version} was registered meanwhile. Nothing was signed. Look at the preview again.`,
    { version },
  );
}

/** @throws AppFailure NOT_FOUND */
export function getVersion(ctx: AppContext, input: Input<'registry.getVersion'>): ModelVersion {
  return requireVersion(ctx, input.versionId);
}

/** A frozen version as a record to sign; it never changes, so no signature under it is ever outdated. */
export function signableVersion({ db }: AppContext, id: string): SignableRecord | null {
  const versionId = ModelVersionId.safeParse(id);
  const version = versionId.success ? findVersion(db, versionId.data) : null;
  if (version === null) return null;
  const { snapshot, signature } = version;
  const { modelName, trainingData, artefacts, runLink } = snapshot;
  const count = (items: object): string => formatCount(Object.keys(items).length);
  return {
    title: `Version ${snapshot.version} of ${modelName}`,
    facts: [
      { label: 'Model', value: modelName },
      { label: 'Version', value: String(snapshot.version) },
      { label: 'Description', value: snapshot.description === '' ? 'none' : snapshot.description },
      { label: 'Hyperparameters', value: count(snapshot.hyperparameters) },
      { label: 'Metrics', value: count(snapshot.metrics) },
      { label: 'Columns in the schema', value: count(snapshot.schema) },
      { label: 'Training data', value: trainingData?.fileName ?? 'not given' },
      { label: 'Training data (SHA-256)', value: trainingData?.sha256 ?? 'not given' },
      {
        label: 'Artefacts',
        value: artefacts === undefined ? 'not given' : `${count(artefacts)} files`,
      },
      { label: 'Training run', value: runLink ?? 'not given' },
      { label: 'Registered by', value: signature.printedName },
      { label: 'Registered at (UTC)', value: snapshot.registeredAtUtc },
    ],
    record: snapshot,
    authors: [snapshot.registeredBy],
    meanings: ['review', 'approval', 'rejection', 'responsibility'],
  };
}

/** The name of a model; null when there is none. */
export function findModelName(db: AppContext['db'], modelId: ModelId): string | null {
  return findModel(db, modelId)?.name ?? null;
}

/** The model that is registered under exactly this name; null when there is none. */
export function findModelNamed(db: AppContext['db'], name: string): ModelId | null {
  return findModelId(db, name);
}

/** A version of a model by its number; null when there is none. */
export function findVersionNumbered(
  db: AppContext['db'],
  modelId: ModelId,
  version: number,
): ModelVersionId | null {
  return findVersionId(db, modelId, version);
}

/** Every version of a model with its whole snapshot, newest first: for evidence, not for lists. */
export function wholeVersions(db: AppContext['db'], modelId: ModelId): readonly ModelVersion[] {
  return findVersions(db, modelId);
}

/** @throws AppFailure NOT_FOUND */
export function requireModel(ctx: Pick<AppContext, 'db'>, modelId: ModelId): Model {
  const model = findModel(ctx.db, modelId);
  if (model === null) throw new AppFailure('NOT_FOUND', 'There is no such model.', { modelId });
  return model;
}

/** @throws AppFailure NOT_FOUND */
export function requireVersion(
  ctx: Pick<AppContext, 'db'>,
  versionId: ModelVersionId,
): ModelVersion {
  const version = findVersion(ctx.db, versionId);
  if (version === null)
    throw new AppFailure('NOT_FOUND', 'There is no such model version.', { versionId });
  return version;
}

/**
 * What lies in the file of a signed version, to be compared with what was signed.
 *
 * @returns the snapshot as it is stored and the hash kept beside it, or null when there is no such version
 */
export function storedSnapshot(
  db: AppContext['db'],
  versionId: string,
): { readonly canonicalJson: string; readonly sha256: string } | null {
  return findSnapshotText(db, versionId);
}
