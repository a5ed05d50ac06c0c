import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { importChannels, ImportedVersions } from '../../shared/registry/importChannels';
import { VersionSnapshot, type ArtefactFile } from '../../shared/registry/model';
import { signingObstacle } from '../../shared/vault/signable';
import type { AppContext } from '../app/context';
import { stopIfCancelled } from '../io/badData';
import { recordInParts, type PreparedModel, type PreparedVersion } from './importRecord';
import { contentOf, hashFolders, requireCandidate } from './importService';
import {
  foldModelName,
  STAGED_IMPORT,
  type StagedCandidate,
  type StagedImport,
} from './importStage';

type Input = InputOf<(typeof importChannels)['registry.importVersions']>;

const PAUSE_AFTER_MS = 20;

/**
 * Registers chosen candidates of a store that was looked at: one signed, immutable version for each.
 *
 * Their artefacts are hashed first; then they go on record part by part. Aliases there become aliases here
 * where they stand for no version here yet; stages there are kept in the snapshot, because stages here are
 * given by people.
 *
 * @param input.keys candidates that are new or changed
 * @returns what is on record; cancelled half-way, `nLeft` tells how many are not, and importing again brings them
 * @throws AppFailure NOT_FOUND (the look has expired), CONFLICT (known already, or versions were registered
 *   meanwhile), FORBIDDEN (wrong passphrase, or a meaning that judges one's own act), CANCELLED (before
 *   the first part), STORAGE; the message says how much is on record already
 * Cost: O(n) signatures
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
  const outcome = await ctx.withSigningKey(signing, (signer) =>
    recordInParts(ctx, staged, models, { signer, reason: signing.reason }),
  );
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
  const models = new Map<string, GrowingModel>();
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

type GrowingModel = PreparedModel & { readonly versions: PreparedVersion[] };

function prepareModel(staged: StagedImport, read: StagedCandidate['read']): GrowingModel {
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

function knownAlready({ read }: StagedCandidate): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `${read.modelName} holds this already, with the same content. Nothing was imported. Choose only what is new or changed.`,
    { key: read.key },
  );
}
