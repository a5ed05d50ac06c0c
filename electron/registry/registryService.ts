import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { FileFingerprint } from '../../shared/base/files';
import { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  ModelWithVersions,
  registryChannels,
  StagedTrainingData,
} from '../../shared/registry/channels';
import {
  VersionSnapshot,
  type Model,
  type ModelVersion,
  type SchemaColumn,
} from '../../shared/registry/model';
import type { InspectedColumn } from '../../shared/drift/column';
import type { AppContext, StageKind } from '../app/context';
import { pickTableFile } from '../io/pickSource';
import {
  findModel,
  findModels,
  findVersion,
  findVersions,
  insertModel,
  insertVersion,
  isModelNameTaken,
  nextVersionNumber,
} from './registryRepo';

type Input<K extends keyof typeof registryChannels> = InputOf<(typeof registryChannels)[K]>;

const TRAINING_DATA: StageKind<FileFingerprint> = { name: 'registry.trainingData' };

/** All models by name, with how much is known about each. */
export function listModels(ctx: AppContext): readonly Model[] {
  return findModels(ctx.db);
}

/**
 * One model with its versions, newest first.
 *
 * @throws AppFailure NOT_FOUND
 */
export function getModel(ctx: AppContext, input: Input<'registry.getModel'>): ModelWithVersions {
  return { model: requireModel(ctx, input.modelId), versions: findVersions(ctx.db, input.modelId) };
}

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
 * Freezes a version: the snapshot gets the next number and its author's signature, and never changes.
 *
 * @throws AppFailure NOT_FOUND (model, or the staged file has expired), FORBIDDEN (wrong passphrase)
 */
export function registerVersion(
  ctx: AppContext,
  input: Input<'registry.registerVersion'>,
): Promise<ModelVersion> {
  const model = requireModel(ctx, input.modelId);
  const trainingData =
    input.trainingDataStageId === null
      ? null
      : ctx.stages.get(TRAINING_DATA, input.trainingDataStageId);
  const id = ModelVersionId.parse(randomUUID());
  return ctx.withSigningKey(input.signing, (signer) => {
    ctx.write(
      'registry.versionRegistered',
      id,
      (frozen: VersionSnapshot) => ({
        after: {
          modelId: model.id,
          version: frozen.version,
          trainingDataSha256: trainingData?.sha256 ?? null,
        },
        reason: input.signing.reason,
      }),
      (db) => {
        const snapshot: VersionSnapshot = {
          modelId: model.id,
          modelName: model.name,
          version: nextVersionNumber(db, model.id),
          description: input.description,
          hyperparameters: input.hyperparameters,
          metrics: input.metrics,
          trainingData,
          schema: input.schema,
          registeredAtUtc: ctx.nowUtc(),
          registeredBy: ctx.actor.id,
        };
        const signature = signer.signRecord(db, 'registry.version', id, snapshot);
        insertVersion(db, { id, snapshot, snapshotJson: canonicalJson(snapshot), signature });
        return snapshot;
      },
    );
    return requireVersion(ctx, id);
  });
}

/** @throws AppFailure NOT_FOUND */
export function getVersion(ctx: AppContext, input: Input<'registry.getVersion'>): ModelVersion {
  return requireVersion(ctx, input.versionId);
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
