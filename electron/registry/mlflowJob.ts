import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { formatCount } from '../../shared/base/formatNumber';
import { AppFailure } from '../../shared/ipc/errors';
import type { InspectedStore } from '../../shared/registry/importChannels';
import type { ArtefactFile } from '../../shared/registry/model';
import { stopIfCancelled } from '../io/badData';
import { hashFile } from '../io/fileHash';
import type { JobScope } from '../workers/jobRunner';
import {
  candidateKey,
  nameHere,
  toContent,
  type CandidateSource,
  type ReadCandidate,
} from './mlflowCandidate';
import type { StoreRun, StoreVersion } from './mlflowRecords';
import { openMlflowStore, type OpenStore } from './mlflowStore';
import { createProblemList, createStoreFiles, digestOfReads, joined } from './storeFiles';

/** What was found in a store: future versions, and what could not be read. */
export interface ReadStore extends Pick<
  InspectedStore,
  | 'sourceName'
  | 'kind'
  | 'sourceSha256'
  | 'nFilesRead'
  | 'nExperiments'
  | 'nRuns'
  | 'nDeleted'
  | 'broken'
  | 'nBroken'
> {
  readonly candidates: readonly ReadCandidate[];
}

const MAX_CANDIDATES = 100_000;
const PAUSE_AFTER_MS = 25;

/**
 * Reads everything that MLflow recorded in a folder, a database or an export; nothing in it is executed.
 *
 * @param input.path the folder or file that the person chose
 * @param input.workFolder an empty private folder for a copy of a database; core removes it
 * @returns one candidate per registered version, and one per run that no version names; broken parts listed
 * @throws AppFailure BAD_DATA when nothing of MLflow is there, or it changes meanwhile; CANCELLED
 * Cost: O(bytes of the records); artefacts are counted, not read
 */
export async function readMlflow(
  input: { readonly path: string; readonly workFolder: string },
  scope: JobScope,
): Promise<ReadStore> {
  const problems = createProblemList();
  const sourceName = basename(input.path);
  scope.progress({ fraction: null, activity: `Looking into ${sourceName}` });
  const store = await openMlflowStore(input.path, input.workFolder, problems, scope);
  try {
    const candidates = await readCandidates(store, { sourceName, problems }, scope);
    const { nExperiments, nRuns, nDeleted } = store.reader;
    const reads = store.reads();
    return {
      sourceName,
      kind: store.kind,
      sourceSha256: digestOfReads(reads),
      nFilesRead: reads.length,
      nExperiments,
      nRuns,
      nDeleted,
      candidates,
      broken: problems.parts,
      nBroken: problems.nProblems,
    };
  } finally {
    store.close();
  }
}

async function readCandidates(
  store: OpenStore,
  source: CandidateSource,
  scope: JobScope,
): Promise<ReadCandidate[]> {
  const { reader } = store;
  const found = new Map<string, ReadCandidate>();
  const add = (run: StoreRun | null, version: StoreVersion | null): void => {
    const candidate = toCandidate(store, source, run, version);
    if (!found.has(candidate.key)) found.set(candidate.key, candidate);
    else
      source.problems.add(
        version?.place ?? run?.place ?? '',
        'another one has the same name and number; left out',
      );
  };
  const waiting = groupByRun(reader.versions);
  let nRead = 0;
  let pausedAtMs = performance.now();
  for (const run of reader.runs()) {
    const versions = waiting.get(run.runId);
    waiting.delete(run.runId);
    if (found.size >= MAX_CANDIDATES) throw tooMany(source.sourceName);
    for (const version of versions ?? [null]) add(run, version);
    nRead += 1;
    if (performance.now() - pausedAtMs < PAUSE_AFTER_MS) continue;
    const activity = `Reading run ${formatCount(nRead)} of ${formatCount(reader.nRuns)}`;
    scope.progress({ fraction: Math.min(1, nRead / Math.max(1, reader.nRuns)), activity });
    await setImmediate();
    stopIfCancelled(scope.signal);
    pausedAtMs = performance.now();
  }
  // What is left names no run, or one that is not there.
  for (const version of [...waiting.values()].flat()) {
    const { runId, place } = version;
    if (runId !== null)
      source.problems.add(
        place,
        `its run ${runId} is not in what was read; only what the registry says is taken`,
      );
    add(null, version);
  }
  return [...found.values()].sort(byName);
}

function groupByRun(versions: readonly StoreVersion[]): Map<string, StoreVersion[]> {
  const groups = new Map<string, StoreVersion[]>();
  for (const version of versions) {
    const group = groups.get(version.runId ?? '');
    if (group === undefined) groups.set(version.runId ?? '', [version]);
    else group.push(version);
  }
  return groups;
}

/** So that version 10 follows version 9. */
const BY_NUMBER = new Intl.Collator('en', { numeric: true });

function byName(a: ReadCandidate, b: ReadCandidate): number {
  const [left, right] = [a.key.startsWith('version:'), b.key.startsWith('version:')];
  if (left !== right) return left ? -1 : 1;
  return BY_NUMBER.compare(a.key, b.key);
}

function toCandidate(
  { reader, files }: OpenStore,
  source: CandidateSource,
  run: StoreRun | null,
  version: StoreVersion | null,
): ReadCandidate {
  const { problems } = source;
  const artefacts = reader.artefactsOf(run, version);
  const place = version?.place ?? run?.place ?? '';
  const modelName = nameHere(
    version?.modelName ?? run?.experiment ?? source.sourceName,
    problems,
    place,
  );
  const { folder } = artefacts;
  const sizes =
    folder === null ? [] : files.tree(folder).map((path) => files.sizeOf(joined(folder, path)));
  return {
    key: candidateKey(modelName, run, version),
    modelName,
    modelDescription: (version?.modelDescription ?? '').trim().slice(0, 2000).toWellFormed(),
    artefactFolder: sizes.length === 0 ? null : folder,
    nArtefacts: sizes.length,
    artefactBytes: sizes.reduce((sum, size) => sum + size, 0),
    contentJson: canonicalJson(toContent(source, run, version, artefacts)),
  };
}

function tooMany(name: string): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    `${name} holds more than ${formatCount(MAX_CANDIDATES)} runs and versions. Nothing was recorded. Export a part of it with mlflow-export-import, and import that.`,
    { file: name },
  );
}

/** The artefacts of some candidates, file by file. */
export interface HashedArtefacts {
  readonly key: string;
  readonly artefacts: readonly ArtefactFile[];
}

/**
 * Hashes the artefacts of chosen candidates, each file as a stream.
 *
 * @param input.path the store that was read before
 * @param input.folders paths inside the store, as {@link readMlflow} gave them
 * @returns one manifest per folder, in order of paths; what cannot be read is listed and not in a manifest
 * @throws AppFailure CANCELLED
 */
export async function hashMlflowArtefacts(
  input: {
    readonly path: string;
    readonly folders: readonly {
      readonly key: string;
      readonly folder: string;
      readonly sizeBytes: number;
    }[];
  },
  scope: JobScope,
): Promise<{
  readonly hashed: readonly HashedArtefacts[];
  readonly broken: InspectedStore['broken'];
}> {
  const problems = createProblemList();
  const files = createStoreFiles(input.path, problems);
  const totalBytes = input.folders.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;
  const hashed: HashedArtefacts[] = [];
  for (const { key, folder } of input.folders) {
    const artefacts: ArtefactFile[] = [];
    for (const path of files.tree(folder)) {
      stopIfCancelled(scope.signal);
      scope.progress({
        fraction: Math.min(1, doneBytes / Math.max(1, totalBytes)),
        activity: `Hashing ${path}`,
      });
      const file = await hashOne(join(files.root, joined(folder, path)), scope);
      if (file === null)
        problems.add(
          joined(folder, path),
          'cannot be read, or changed meanwhile; left out of the manifest',
        );
      else if (path.isWellFormed() && path.length <= 4096) artefacts.push({ path, ...file });
      doneBytes += file?.sizeBytes ?? 0;
    }
    hashed.push({ key, artefacts });
  }
  return { hashed, broken: problems.parts };
}

async function hashOne(path: string, scope: JobScope): Promise<Omit<ArtefactFile, 'path'> | null> {
  try {
    const { sha256, sizeBytes } = await hashFile(path, { signal: scope.signal });
    return { sha256, sizeBytes };
  } catch (error) {
    if (error instanceof AppFailure && error.code === 'BAD_DATA') return null;
    throw error;
  }
}
