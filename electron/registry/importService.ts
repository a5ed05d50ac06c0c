import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  importChannels,
  ImportCandidate,
  InspectedStore,
} from '../../shared/registry/importChannels';
import { VersionSnapshot, type ArtefactFile } from '../../shared/registry/model';
import type { AppContext } from '../app/context';
import { stopIfCancelled } from '../io/badData';
import { pickSourceFile } from '../io/pickSource';
import { compareImport } from './importComparison';
import { findImportedAfter, findModelNames, type ImportedVersion } from './importRepo';
import { foldModelName, stageImport, type ModelHere, type StagedCandidate } from './importStage';
import { candidateKey, type ImportedContent, type ReadCandidate } from './mlflowCandidate';
import { findSnapshotText, nextVersionNumber } from './registryRepo';

type Input<K extends keyof typeof importChannels> = InputOf<(typeof importChannels)[K]>;

/** Versions that are looked through before others get their turn. */
const PAGE = 500;
const PAUSE_AFTER_MS = 20;

/** Asks the person for a folder to import from; null when the dialog is closed. */
export async function pickImportFolder(
  ctx: AppContext,
): Promise<{ readonly token: string; readonly name: string } | null> {
  const folder = await ctx.ports.pickFolder({ title: 'Folder of MLflow, or of an export' });
  return folder === null ? null : { token: ctx.ports.tokenFor(folder), name: basename(folder) };
}

/**
 * Reads what MLflow left behind in a folder, a database or an export, and compares it with what is here.
 *
 * Nothing is recorded. A database is copied to a private folder and read there, so the person's files stay
 * as they are. Artefacts are hashed here only where a known version has to be compared with them.
 *
 * @returns every candidate with its state; broken parts by file
 * @throws AppFailure CANCELLED (dialog closed or job stopped), NOT_FOUND (token), BAD_DATA (nothing of
 *   MLflow is there, or it changes meanwhile)
 */
export async function inspectImport(
  ctx: AppContext,
  { source }: Input<'registry.inspectImport'>,
): Promise<InspectedStore> {
  const path = await pickSourceFile(ctx, source, {
    title: 'Database of MLflow, or MLmodel file',
    extensions: ['db', 'sqlite', 'sqlite3'],
  });
  const { candidates, ...store } = await readStore(ctx, path);
  const models = modelsHere(ctx, candidates);
  const known = await findKnown(ctx, models);
  const artefacts = await hashKnown(
    ctx,
    path,
    candidates.filter(({ key }) => known.has(key)),
  );
  const staged = new Map<string, StagedCandidate>();
  const shown: ImportCandidate[] = [];
  let pausedAtMs = performance.now();
  for (const read of candidates) {
    const before = known.get(read.key);
    const hashed = artefacts.get(read.key) ?? null;
    const one = judge(ctx, read, before, hashed);
    staged.set(read.key, { read, state: one.state, artefacts: hashed });
    shown.push({ ...one, isNewModel: !models.has(foldModelName(read.modelName)) });
    if (performance.now() - pausedAtMs < PAUSE_AFTER_MS) continue;
    await setImmediate();
    stopIfCancelled(ctx.signal);
    pausedAtMs = performance.now();
  }
  const stageId = stageImport(ctx, { path, store, candidates: staged, models });
  return { ...store, stageId, candidates: shown };
}

async function readStore(ctx: AppContext, path: string) {
  const workFolder = mkdtempSync(join(tmpdir(), 'assay-import-'));
  try {
    return await ctx.jobs.run('registry.readMlflow', { path, workFolder }, ctx);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** The models here that candidates would be versions of. */
function modelsHere(
  { db }: AppContext,
  candidates: readonly ReadCandidate[],
): ReadonlyMap<string, ModelHere> {
  const wanted = new Set(candidates.map(({ modelName }) => foldModelName(modelName)));
  return new Map(
    findModelNames(db)
      .filter(({ name }) => wanted.has(foldModelName(name)))
      .map((model) => [
        foldModelName(model.name),
        { ...model, nextVersion: nextVersionNumber(db, model.id) },
      ]),
  );
}

/** What was imported into these models before, by the key that it has in the store; the newest of each. */
async function findKnown(
  ctx: AppContext,
  models: ReadonlyMap<string, ModelHere>,
): Promise<ReadonlyMap<string, ImportedVersion>> {
  const known = new Map<string, ImportedVersion>();
  for (const { id, name } of models.values()) {
    let after: number | null = 0;
    while (after !== null) {
      const { imported, lastVersion } = findImportedAfter(ctx.db, id, after, PAGE);
      for (const one of imported) known.set(keyOf(name, one), one);
      after = lastVersion;
      await setImmediate();
      stopIfCancelled(ctx.signal);
    }
  }
  return known;
}

function keyOf(modelName: string, { experiment, runId, versionThere }: ImportedVersion): string {
  const run = { experiment, runId: runId ?? '' };
  return candidateKey(modelName, run, versionThere === null ? null : { version: versionThere });
}

async function hashKnown(
  ctx: AppContext,
  path: string,
  candidates: readonly ReadCandidate[],
): Promise<ReadonlyMap<string, readonly ArtefactFile[]>> {
  const { hashed } = await hashFolders(ctx, path, candidates);
  return hashed;
}

/** Hashes the artefacts of those candidates that have some in the store. */
export async function hashFolders(
  ctx: AppContext,
  path: string,
  candidates: readonly ReadCandidate[],
): Promise<{
  readonly hashed: ReadonlyMap<string, readonly ArtefactFile[]>;
  readonly broken: InspectedStore['broken'];
}> {
  const folders = candidates.flatMap(({ key, artefactFolder: folder, artefactBytes: sizeBytes }) =>
    folder === null ? [] : [{ key, folder, sizeBytes }],
  );
  if (folders.length === 0) return { hashed: new Map(), broken: [] };
  const { hashed, broken } = await ctx.jobs.run(
    'registry.hashMlflowArtefacts',
    { path, folders },
    ctx,
  );
  return { hashed: new Map(hashed.map(({ key, artefacts }) => [key, artefacts])), broken };
}

function judge(
  ctx: AppContext,
  read: ReadCandidate,
  known: ImportedVersion | undefined,
  artefacts: readonly ArtefactFile[] | null,
): Omit<ImportCandidate, 'isNewModel'> {
  const content = contentOf(read);
  const { importedFrom: origin } = content;
  const isRegistered = origin.version !== null;
  const before = known === undefined ? null : findSnapshotText(ctx.db, known.id);
  const difference =
    before === null
      ? { changes: [], isLabelsOnly: false }
      : compareImport(VersionSnapshot.parse(JSON.parse(before.canonicalJson)), content, artefacts);
  const isChanged = difference.changes.length > 0;
  return {
    key: read.key,
    modelName: read.modelName,
    version: origin.version,
    runId: origin.runId,
    stage: origin.stage,
    aliases: origin.aliases,
    nParameters: Object.keys(content.hyperparameters).length,
    nMetrics: Object.keys(content.metrics).length,
    nColumns: content.schema.length,
    nArtefacts: read.nArtefacts,
    artefactBytes: read.artefactBytes,
    state: before === null ? 'new' : isChanged ? 'changed' : 'known',
    changes: difference.changes,
    knownVersion: known?.version ?? null,
    isSuggested: before === null ? isRegistered : isChanged && !difference.isLabelsOnly,
  };
}

/** What the job read, as data again. */
export function contentOf({ contentJson }: ReadCandidate): ImportedContent {
  return JSON.parse(contentJson) as ImportedContent; // the job wrote it from this type
}

/** @throws AppFailure NOT_FOUND naming the candidate */
export function requireCandidate(
  candidates: ReadonlyMap<string, StagedCandidate>,
  key: string,
): StagedCandidate {
  const found = candidates.get(key);
  if (found !== undefined) return found;
  throw new AppFailure(
    'NOT_FOUND',
    'There is no such version in what was looked at. Nothing was imported. Look at it again.',
    { key },
  );
}
