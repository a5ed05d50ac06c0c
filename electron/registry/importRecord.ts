import { setImmediate } from 'node:timers/promises';
import { formatCount } from '../../shared/base/formatNumber';
import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import { PlainText } from '../../shared/base/text';
import { AppFailure } from '../../shared/ipc/errors';
import type { BrokenPart, ImportedVersions } from '../../shared/registry/importChannels';
import type { VersionSnapshot } from '../../shared/registry/model';
import type { AppContext, Signer } from '../app/context';
import type { Db } from '../db/openDatabase';
import { stopIfCancelled } from '../io/badData';
import { findAliasHolder, insertImportedAlias } from './importRepo';
import type { StagedImport } from './importStage';
import { insertModel, insertVersion, isModelNameTaken, nextVersionNumber } from './registryRepo';

export interface PreparedVersion {
  readonly key: string;
  readonly id: ModelVersionId;
  readonly snapshot: VersionSnapshot;
  /** Canonical, made ahead of the transaction. */
  readonly snapshotJson: string;
}

/** A model with versions that are to be registered in this order. */
export interface PreparedModel {
  readonly id: ModelId;
  readonly name: string;
  readonly isNew: boolean;
  readonly purpose: string;
  readonly firstVersion: number;
  readonly versions: readonly PreparedVersion[];
}

interface Act {
  readonly signer: Signer;
  readonly reason: string;
}

/** Versions of one transaction: few enough that core answers others in between (some 0.8 ms each). */
const PART_SIZE = 32;
const MAX_ALIAS = 120;

/**
 * Signs and stores prepared versions, part by part: each part is one transaction with one event.
 *
 * A cancelled or failed import keeps the parts before it, each version whole and signed, and says how many
 * they are; another look at the store knows them.
 *
 * @throws AppFailure CONFLICT (versions were registered since the look), CANCELLED before the first part, STORAGE
 */
export async function recordInParts(
  ctx: AppContext,
  staged: StagedImport,
  models: readonly PreparedModel[],
  act: Act,
): Promise<ImportedVersions> {
  const parts = partsOf(models);
  const nAll = models.reduce((sum, { versions }) => sum + versions.length, 0);
  const outcomes: PartOutcome[] = [];
  for (const [i, part] of parts.entries()) {
    const nDone = i * PART_SIZE;
    const activity = `Signing ${formatCount(nAll)} versions`;
    ctx.progress({ fraction: nDone / nAll, activity });
    await setImmediate();
    if (i > 0 && ctx.signal.aborted) break;
    try {
      stopIfCancelled(ctx.signal);
      outcomes.push(recordPart(ctx, staged, part, { ...act, nth: i + 1, nParts: parts.length }));
    } catch (error) {
      throw withState(error, nDone, nAll);
    }
  }
  const versions = outcomes.flatMap((one) => one.versions);
  return {
    versions,
    nNewModels: outcomes.reduce((sum, { nNewModels }) => sum + nNewModels, 0),
    nAliases: outcomes.reduce((sum, { nAliases }) => sum + nAliases, 0),
    notes: outcomes.flatMap(({ notes }) => notes),
    nLeft: nAll - versions.length,
  };
}

/** Cuts after every so many versions; a model that is cut is new in its first piece only. */
function partsOf(models: readonly PreparedModel[]): readonly (readonly PreparedModel[])[] {
  const parts: PreparedModel[][] = [];
  let room = 0;
  for (const model of models) {
    for (let from = 0; from < model.versions.length;) {
      if (room === 0) {
        parts.push([]);
        room = PART_SIZE;
      }
      const versions = model.versions.slice(from, from + room);
      const isNew = model.isNew && from === 0;
      parts.at(-1)?.push({ ...model, isNew, firstVersion: model.firstVersion + from, versions });
      from += versions.length;
      room -= versions.length;
    }
  }
  return parts;
}

function withState(error: unknown, nDone: number, nAll: number): unknown {
  if (!(error instanceof AppFailure)) return error;
  const state =
    nDone === 0
      ? 'Nothing was imported.'
      : `${formatCount(nDone)} of ${formatCount(nAll)} versions are on record already; look at the store again to import the others.`;
  return new AppFailure(error.code, `${error.message} ${state}`, error.details);
}

type PartOutcome = Omit<ImportedVersions, 'nLeft'>;

/** One transaction. */
function recordPart(
  ctx: AppContext,
  { store }: StagedImport,
  models: readonly PreparedModel[],
  { signer, reason, nth, nParts }: Act & { readonly nth: number; readonly nParts: number },
): PartOutcome {
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
      part: nth,
      nParts,
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

function changedMeanwhile(name: string): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `Versions of ${name} were registered since the store was looked at.`,
    { name },
  );
}
