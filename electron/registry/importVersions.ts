import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { formatCount } from '../../shared/base/formatNumber';
import { ModelId, ModelVersionId } from '../../shared/base/ids';
import { PlainText } from '../../shared/base/text';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  BrokenPart,
  importChannels,
  ImportedVersions,
} from '../../shared/registry/importChannels';
import { VersionSnapshot, type ArtefactFile } from '../../shared/registry/model';
import { signingObstacle } from '../../shared/vault/signable';
import type { AppContext, Signer } from '../app/context';
import type { Db } from '../db/openDatabase';
import { stopIfCancelled } from '../io/badData';
import { findAliasHolder, insertImportedAlias } from './importRepo';
import { contentOf, hashFolders, requireCandidate } from './importService';
import {
  foldModelName,
  STAGED_IMPORT,
  type StagedCandidate,
  type StagedImport,
} from './importStage';
import { insertModel, insertVersion, isModelNameTaken, nextVersionNumber } from './registryRepo';

type Input = InputOf<(typeof importChannels)['registry.importVersions']>;

interface PreparedVersion {
  readonly key: string;
  readonly id: ModelVersionId;
  readonly snapshot: VersionSnapshot;
  /** Canonical, made ahead of the transaction. */
  readonly snapshotJson: string;
}

interface PreparedModel {
  readonly id: ModelId;
  readonly name: string;
  readonly isNew: boolean;
  readonly purpose: string;
  readonly firstVersion: number;
  readonly versions: PreparedVersion[];
}

const PAUSE_AFTER_MS = 20;
const MAX_ALIAS = 120;

/**
 * Registers chosen candidates of a store that was looked at: one signed, immutable version for each.
 *
 * All of them go on record in one transaction with one event, or none does. Their artefacts are hashed
 * first. Aliases there become aliases here where they stand for no version here yet; stages there are kept
 * in the snapshot, because stages here are given by people.
 *
 * @param input.keys candidates that are new or changed
 * @throws AppFailure NOT_FOUND (the look has expired), CONFLICT (known already, or versions were registered
 *   meanwhile), FORBIDDEN (wrong passphrase, or a meaning that judges one's own act), CANCELLED, STORAGE
 * Cost: O(n) signatures in one transaction
 */
export async function importVersions(ctx: AppContext, input: Input): Promise<ImportedVersions> {
  const { stageId, signing } = input;
  const staged = ctx.stages.get(STAGED_IMPORT, stageId);
  const chosen = [...new Set(input.keys)].map((key) => requireCandidate(staged.candidates, key));
  for (const one of chosen) if (one.state === 'known') throw knownAlready(one);
  const facts = { authors: [ctx.actor.id], signed: [] };
  const obstacle = signingObstacle(signing.meaning, ctx.actor.id, facts);
  if (obstacle !== null) throw new AppFailure('FORBIDDEN', obstacle, { meaning: signing.meaning });
  const unhashed = chosen.filter(({ artefacts }) => artefacts === null).map(({ read }) => read);
  if (unhashed.some(({ artefactFolder }) => artefactFolder !== null)) {
    // A slip in the passphrase is told before, not after, minutes of hashing.
    await ctx.withSlotKeys(signing.passphrase, () => undefined);
  }
  const { hashed, broken } = await hashFolders(ctx, staged.path, unhashed);
  const models = await prepare(ctx, staged, chosen, hashed);
  const nVersions = chosen.length;
  ctx.progress({ fraction: null, activity: `Signing ${formatCount(nVersions)} versions` });
  await setImmediate();
  stopIfCancelled(ctx.signal);
  const outcome = await ctx.withSigningKey(signing, (signer) => {
    stopIfCancelled(ctx.signal);
    return record(ctx, staged, models, { signer, reason: signing.reason });
  });
  ctx.stages.drop(stageId);
  return { ...outcome, notes: [...broken, ...outcome.notes] };
}

/** Makes every snapshot ahead of the transaction, so that it only signs and stores. */
async function prepare(
  ctx: AppContext,
  staged: StagedImport,
  chosen: readonly StagedCandidate[],
  hashed: ReadonlyMap<string, readonly ArtefactFile[]>,
): Promise<readonly PreparedModel[]> {
  const models = new Map<string, PreparedModel>();
  const registeredAtUtc = ctx.nowUtc();
  let nDone = 0;
  let pausedAtMs = performance.now();
  for (const { read, artefacts: known } of chosen) {
    const name = foldModelName(read.modelName);
    const model = models.get(name) ?? prepareModel(staged, read);
    models.set(name, model);
    const artefacts = known ?? hashed.get(read.key) ?? [];
    const snapshot = VersionSnapshot.parse({
      ...contentOf(read),
      ...(artefacts.length === 0 ? {} : { artefacts }),
      modelId: model.id,
      modelName: model.name,
      version: model.firstVersion + model.versions.length,
      trainingData: null,
      registeredAtUtc,
      registeredBy: ctx.actor.id,
    });
    const id = ModelVersionId.parse(randomUUID());
    model.versions.push({ key: read.key, id, snapshot, snapshotJson: canonicalJson(snapshot) });
    nDone += 1;
    if (performance.now() - pausedAtMs < PAUSE_AFTER_MS) continue;
    ctx.progress({ fraction: nDone / chosen.length, activity: 'Preparing the snapshots' });
    await setImmediate();
    stopIfCancelled(ctx.signal);
    pausedAtMs = performance.now();
  }
  return [...models.values()];
}

function prepareModel(staged: StagedImport, read: StagedCandidate['read']): PreparedModel {
  const here = staged.models.get(foldModelName(read.modelName));
  return {
    id: here?.id ?? ModelId.parse(randomUUID()),
    name: here?.name ?? read.modelName,
    isNew: here === undefined,
    purpose: read.modelDescription === '' ? 'Imported from MLflow.' : read.modelDescription,
    firstVersion: here?.nextVersion ?? 1,
    versions: [],
  };
}

interface Act {
  readonly signer: Signer;
  readonly reason: string;
}

/** The one transaction. */
function record(
  ctx: AppContext,
  { store }: StagedImport,
  models: readonly PreparedModel[],
  { signer, reason }: Act,
): ImportedVersions {
  const versions = models.flatMap(({ id: modelId, name: modelName, versions: made }) =>
    made.map(({ key, id: versionId, snapshot: { version } }) => ({
      key,
      modelId,
      versionId,
      modelName,
      version,
    })),
  );
  const nNewModels = models.filter(({ isNew }) => isNew).length;
  const { sourceName: source, sourceSha256, kind } = store;
  const [only] = models;
  const subject = models.length === 1 && only !== undefined ? only.id : ctx.workspace.id;
  const detail = (outcome: { readonly nAliases: number }) => ({
    after: {
      source,
      sourceSha256,
      kind,
      nVersions: versions.length,
      nNewModels,
      nAliases: outcome.nAliases,
      modelIds: models.map(({ id }) => id),
    },
    reason,
  });
  const aliases = ctx.write('registry.versionsImported', subject, detail, (db) => {
    for (const model of models) insertPrepared(ctx, db, model, signer);
    return setAliases(ctx, db, models, reason);
  });
  return { versions, nNewModels, ...aliases };
}

function insertPrepared(ctx: AppContext, db: Db, model: PreparedModel, signer: Signer): void {
  if (model.isNew) {
    if (isModelNameTaken(db, model.name)) throw changedMeanwhile(model.name);
    const { id, name, purpose } = model;
    const owner = ctx.actor.printedName.slice(0, 120);
    const made = { createdAtUtc: ctx.nowUtc(), createdBy: ctx.actor.id };
    insertModel(db, { id, name, purpose, owner, ...made });
  }
  if (nextVersionNumber(db, model.id) !== model.firstVersion) throw changedMeanwhile(model.name);
  for (const { id, snapshot, snapshotJson } of model.versions) {
    const signature = signer.signRecord(db, 'registry.version', id, snapshot);
    insertVersion(db, { id, snapshot, snapshotJson, signature });
  }
}

/** An alias that stands for another version here stays there: it was given by a person, or by another import. */
function setAliases(
  ctx: AppContext,
  db: Db,
  models: readonly PreparedModel[],
  reason: string,
): { readonly nAliases: number; readonly notes: readonly BrokenPart[] } {
  const notes: BrokenPart[] = [];
  let nAliases = 0;
  for (const { id: modelId, name, versions } of models) {
    for (const { id: versionId, snapshot } of versions) {
      for (const alias of snapshot.importedFrom?.aliases ?? []) {
        const file = `${name}, version ${snapshot.version}`;
        if (
          alias.trim() !== alias ||
          alias.length > MAX_ALIAS ||
          !PlainText.safeParse(alias).success
        ) {
          notes.push({
            file,
            problem: `the alias "${alias.slice(0, 80)}" cannot be an alias here; it is kept in the snapshot only`,
          });
        } else if (findAliasHolder(db, modelId, alias) === null) {
          const change = {
            modelId,
            alias,
            versionId,
            atUtc: ctx.nowUtc(),
            changedBy: ctx.actor.id,
          };
          insertImportedAlias(db, { ...change, reason: `Imported from MLflow. ${reason}` });
          nAliases += 1;
        } else {
          notes.push({
            file,
            problem: `the alias "${alias}" stands for another version here and stays there`,
          });
        }
      }
    }
  }
  return { nAliases, notes };
}

function knownAlready({ read }: StagedCandidate): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `${read.modelName} holds this already, with the same content. Nothing was imported. Choose only what is new or changed.`,
    { key: read.key },
  );
}

function changedMeanwhile(name: string): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `Versions of ${name} were registered since the store was looked at. Nothing was imported. Look at it again.`,
    { name },
  );
}
