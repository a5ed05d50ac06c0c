import type { SchemaColumn } from '../../shared/registry/model';
import { fieldsOf, MAX_ML_MODEL_BYTES, parseMlModel, toColumns } from './mlModelFile';
import type { FoundArtefacts, StoreRun, StoreVersion } from './mlflowRecords';
import { reasonOf } from './mlflowRunFiles';
import { joined, type ProblemList, type StoreFiles } from './storeFiles';

/** Where in the store the artefacts of a run or a logged model lie, by its identifier. */
export type ArtefactRoots = ReadonlyMap<string, string>;

const NOTHING: FoundArtefacts = { folder: null, schema: [], reads: [] };

/**
 * Finds the artefacts of a version by what its `source` ends with, so that a store may have been moved.
 *
 * Nothing outside the store is looked at: an address, or a path that is not in it, finds nothing.
 */
export function findArtefacts(
  files: StoreFiles,
  problems: ProblemList,
  roots: ArtefactRoots,
  { run, version }: { readonly run: StoreRun | null; readonly version: StoreVersion | null },
): FoundArtefacts {
  const folder =
    folderOfSource(files, roots, version?.source ?? '') ??
    folderOfRun(files, roots, version?.runId ?? run?.runId ?? null);
  const { value, reads } = files.noting(() => {
    if (folder === null) return { folder, schema: null };
    const place = modelFolder(files, folder);
    const schema = place === null ? null : readSchema(files, problems, joined(place, 'MLmodel'));
    // A version is its model; a run is all that it left behind.
    return { folder: version === null ? folder : (place ?? folder), schema };
  });
  const logged = (): readonly SchemaColumn[] => loggedSchema(run, version, problems);
  return { ...NOTHING, folder: value.folder, schema: value.schema ?? logged(), reads };
}

function folderOfSource(files: StoreFiles, roots: ArtefactRoots, source: string): string | null {
  const path = decoded(source.replace(/^[a-z][a-z0-9+.-]*:\/*/iu, '').replace(/[?#].*$/u, ''));
  const segments = path.split(/[/\\]/u).filter((segment) => segment !== '');
  if (/^(?:models|runs):\//u.test(source)) {
    const [id = '', ...rest] = segments;
    return innerFolder(files, roots.get(id), rest);
  }
  for (const [i, segment] of segments.entries()) {
    if (segment !== 'artifacts' || i === 0) continue;
    const folder = innerFolder(files, roots.get(segments[i - 1] ?? ''), segments.slice(i + 1));
    if (folder !== null) return folder;
  }
  return null;
}

function folderOfRun(files: StoreFiles, roots: ArtefactRoots, runId: string | null): string | null {
  return runId === null ? null : innerFolder(files, roots.get(runId), []);
}

function innerFolder(
  files: StoreFiles,
  root: string | undefined,
  below: readonly string[],
): string | null {
  if (root === undefined) return null;
  const folder = [root, ...below].join('/');
  return files.isFolder(folder) ? folder : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The folder with the MLmodel file: this one, or the only one right inside it. */
function modelFolder(files: StoreFiles, folder: string): string | null {
  const { folders, files: names } = files.entries(folder);
  if (names.includes('MLmodel')) return folder;
  const inner = folders
    .map((name) => joined(folder, name))
    .filter((one) => files.entries(one).files.includes('MLmodel'));
  return inner.length === 1 ? (inner[0] ?? null) : null;
}

function readSchema(
  files: StoreFiles,
  problems: ProblemList,
  path: string,
): readonly SchemaColumn[] | null {
  const text = files.text(path, MAX_ML_MODEL_BYTES);
  if (text === null) return null;
  try {
    return parseMlModel(text).schema;
  } catch (error) {
    problems.add(path, `${reasonOf(error)}; the schema is left out`);
    return null;
  }
}

/** What the run noted when it logged the model: the only signature of a database without its artefacts. */
function loggedSchema(
  run: StoreRun | null,
  version: StoreVersion | null,
  problems: ProblemList,
): readonly SchemaColumn[] {
  const history = run?.tags.get('mlflow.log-model.history');
  if (history === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(history);
    const entries = (Array.isArray(parsed) ? parsed : []).map(fieldsOf);
    const isOurs = ({ artifact_path: path }: Readonly<Record<string, unknown>>): boolean =>
      typeof path === 'string' && path !== '' && (version?.source?.endsWith(`/${path}`) ?? false);
    const entry = entries.findLast(isOurs) ?? entries.at(-1);
    const { inputs, outputs } = fieldsOf(entry?.['signature']);
    return toColumns(
      typeof inputs === 'string' ? inputs : null,
      typeof outputs === 'string' ? outputs : null,
    );
  } catch (error) {
    problems.add(
      run?.place ?? '',
      `tag "mlflow.log-model.history": ${reasonOf(error)}; the schema is left out`,
    );
    return [];
  }
}
