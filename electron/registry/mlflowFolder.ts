import { textAt } from '../io/yamlText';
import { findArtefacts } from './mlflowArtefacts';
import {
  DELETED_STAGE,
  isPrompt,
  millisOf,
  type StoreReader,
  type StoreRun,
  type StoreVersion,
} from './mlflowRecords';
import { readMeta, readRunFolder, readTexts } from './mlflowRunFiles';
import { joined, type ProblemList, type StoreFiles } from './storeFiles';

/** Folders in an experiment, or beside experiments, that are no runs and no experiments. */
const RESERVED = ['tags', 'datasets', 'traces', 'models', 'assessments', '.trash'];

interface Experiment {
  readonly name: string;
  readonly folder: string;
  readonly runFolders: readonly string[];
}

/** Whether a folder looks like an `mlruns` folder: experiments with a `meta.yaml`, or a model registry. */
export function isMlflowFolder(files: StoreFiles, base: string): boolean {
  const hasMeta = (folder: string): boolean => files.entries(folder).files.includes('meta.yaml');
  const { folders } = files.entries(base);
  const registered = folders.includes('models')
    ? files.entries(joined(base, 'models')).folders
    : [];
  return (
    folders.some((name) => !RESERVED.includes(name) && hasMeta(joined(base, name))) ||
    registered.some((name) => hasMeta(joined(base, `models/${name}`)))
  );
}

/**
 * Opens a file store of MLflow (`mlruns`), whatever its version.
 *
 * Deleted experiments, runs and versions are counted and left out; what cannot be read is listed.
 *
 * @param base path of the `mlruns` folder inside what the person chose
 */
export function openMlflowFolder(
  files: StoreFiles,
  problems: ProblemList,
  base: string,
): StoreReader {
  let nDeleted = countTrash(files, base);
  const experiments: Experiment[] = [];
  for (const name of files.entries(base).folders) {
    if (RESERVED.includes(name)) continue;
    const experiment = readExperiment(files, problems, joined(base, name));
    if (experiment === 'deleted') nDeleted += 1;
    else if (experiment !== null) experiments.push(experiment);
  }
  const registry = readRegistry(files, problems, joined(base, 'models'));
  const roots = artefactRoots(files, experiments);
  const seen = new Set<string>();
  return {
    versions: registry.versions,
    nExperiments: experiments.length,
    nRuns: experiments.reduce((sum, { runFolders }) => sum + runFolders.length, 0),
    get nDeleted() {
      return nDeleted + registry.nDeleted;
    },
    *runs() {
      for (const experiment of experiments) {
        for (const folder of experiment.runFolders) {
          const run = readRunFolder(files, problems, folder, experiment);
          if (run === null) nDeleted += 1;
          else if (run !== 'broken' && isFirst(run, seen, problems)) yield run;
        }
      }
    },
    artefactsOf: (run, version) => findArtefacts(files, problems, roots, { run, version }),
  };
}

function isFirst({ runId, place }: StoreRun, seen: Set<string>, problems: ProblemList): boolean {
  if (seen.has(runId))
    problems.add(place, `another run has the identifier ${runId}; this one is left out`);
  return !seen.has(runId) && seen.add(runId).size > 0;
}

function countTrash(files: StoreFiles, base: string): number {
  return files.entries(base).folders.includes('.trash')
    ? files.entries(joined(base, '.trash')).folders.length
    : 0;
}

function readExperiment(
  files: StoreFiles,
  problems: ProblemList,
  folder: string,
): Experiment | 'deleted' | null {
  const { folders, files: names } = files.entries(folder);
  if (
    !names.includes('meta.yaml') &&
    !folders.some((name) => files.entries(joined(folder, name)).files.includes('meta.yaml'))
  ) {
    // Artefacts of a store whose records lie in a database look like this.
    if (folders.length + names.length > 0)
      problems.add(folder, 'no experiment: it has no meta.yaml; left out');
    return null;
  }
  const meta = readMeta(files, problems, folder);
  if (meta !== null && textAt(meta, 'lifecycle_stage') === 'deleted') return 'deleted';
  // Its runs are whole even where its own meta.yaml is not.
  const name = meta === null ? null : textAt(meta, 'name');
  return {
    name: name ?? folder.split('/').at(-1) ?? '',
    folder,
    runFolders: folders.filter((one) => !RESERVED.includes(one)).map((one) => joined(folder, one)),
  };
}

/** Artefacts lie beside each run, and since MLflow 3 beside each logged model. */
function artefactRoots(files: StoreFiles, experiments: readonly Experiment[]): Map<string, string> {
  const roots = new Map<string, string>();
  for (const { folder, runFolders } of experiments) {
    for (const run of runFolders) roots.set(run.split('/').at(-1) ?? '', `${run}/artifacts`);
    for (const id of files.entries(`${folder}/models`).folders) {
      roots.set(id, `${folder}/models/${id}/artifacts`);
    }
  }
  return roots;
}

function readRegistry(
  files: StoreFiles,
  problems: ProblemList,
  base: string,
): { readonly versions: StoreVersion[]; readonly nDeleted: number } {
  const versions: StoreVersion[] = [];
  let nDeleted = 0;
  for (const name of files.entries(base).folders) {
    const found = readRegisteredModel(files, problems, joined(base, name));
    versions.push(...found.filter(({ stage }) => stage !== DELETED_STAGE));
    nDeleted += found.filter(({ stage }) => stage === DELETED_STAGE).length;
  }
  return { versions, nDeleted };
}

function readRegisteredModel(
  files: StoreFiles,
  problems: ProblemList,
  folder: string,
): StoreVersion[] {
  const model = files.noting(() => ({
    meta: readMeta(files, problems, folder),
    tags: readTexts(files, problems, joined(folder, 'tags')),
    aliases: readTexts(files, problems, joined(folder, 'aliases')),
  }));
  const { meta, tags, aliases } = model.value;
  if (isPrompt(tags)) {
    problems.add(folder, 'a prompt, not a model; left out');
    return [];
  }
  const modelName = (meta === null ? null : textAt(meta, 'name')) ?? folder.split('/').at(-1) ?? '';
  const modelDescription = meta === null ? null : textAt(meta, 'description');
  return files.entries(folder).folders.flatMap((name): StoreVersion[] => {
    const version = /^version-(\d+)$/u.exec(name)?.[1];
    if (version === undefined) return [];
    const place = joined(folder, name);
    const { value, reads } = files.noting(() => {
      const of = readMeta(files, problems, place);
      return of === null ? null : { of, tags: readTexts(files, problems, joined(place, 'tags')) };
    });
    if (value === null) return [];
    const text = (key: string): string | null => textAt(value.of, key);
    const named = [...aliases]
      .filter(([, number]) => number.trim() === version)
      .map(([alias]) => alias);
    return [
      {
        place,
        modelName,
        modelDescription,
        version,
        aliases: named,
        tags: value.tags,
        description: text('description'),
        stage: text('current_stage'),
        runId: blankAsNull(text('run_id')),
        runLink: blankAsNull(text('run_link')),
        source: blankAsNull(text('storage_location')) ?? text('source'),
        createdAtMs: millisOf(text('creation_timestamp')),
        reads: [...model.reads, ...reads],
      },
    ];
  });
}

function blankAsNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}
