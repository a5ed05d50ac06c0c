import { lstatSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { StoreKind } from '../../shared/registry/importChannels';
import { badData } from '../io/badData';
import { isSqliteFile, openForeignDatabase } from '../io/foreignDatabase';
import type { JobScope } from '../workers/jobRunner';
import { ML_MODEL, openMlModel } from './mlModelReader';
import { findBundleFiles, openMlflowBundle } from './mlflowBundle';
import { openMlflowDatabase } from './mlflowDatabase';
import { isMlflowFolder, openMlflowFolder } from './mlflowFolder';
import type { StoreReader } from './mlflowRecords';
import {
  createStoreFiles,
  joined,
  type ProblemList,
  type ReadNote,
  type StoreFiles,
} from './storeFiles';

/** A store of MLflow, told apart by what lies in it, and ready to be read. */
export interface OpenStore {
  readonly kind: StoreKind;
  readonly reader: StoreReader;
  /** Where its artefacts are looked for. */
  readonly files: StoreFiles;
  /** What was read so far. */
  reads(): readonly ReadNote[];
  close(): void;
}

const NO_FILES = '';

/**
 * Opens a folder or file that MLflow or mlflow-export-import wrote.
 *
 * @param workFolder an empty private folder for a copy of a database
 * @throws AppFailure BAD_DATA when it is none of the four kinds, CANCELLED
 */
export async function openMlflowStore(
  path: string,
  workFolder: string,
  problems: ProblemList,
  scope: JobScope,
): Promise<OpenStore> {
  const name = basename(path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw badData(name, 'there is no such file or folder.');
  if (found.isDirectory()) return openFolder(path, workFolder, problems, scope);
  if (name === ML_MODEL) return openModelFile(path, problems, false);
  if (await isSqliteFile(path)) {
    const files = createStoreFiles(workFolder, problems);
    return openDatabase({ path, files, bases: [] }, workFolder, problems, scope);
  }
  throw unknownStore(name);
}

function openFolder(
  path: string,
  workFolder: string,
  problems: ProblemList,
  scope: JobScope,
): OpenStore | Promise<OpenStore> {
  const files = createStoreFiles(path, problems);
  const { folders, files: names } = files.entries(NO_FILES);
  if (names.includes(ML_MODEL)) return openModelFile(join(path, ML_MODEL), problems, true);
  const base = ['', 'mlruns'].find(
    (one) => (one === '' || folders.includes(one)) && isMlflowFolder(files, one),
  );
  if (base !== undefined) {
    if (names.includes('mlflow.db'))
      problems.add(
        'mlflow.db',
        'a database lies beside the folder; choose that file to import it too',
      );
    const reader = openMlflowFolder(files, problems, base);
    return { kind: 'folder', reader, files, reads: files.allReads, close: () => undefined };
  }
  if (names.includes('mlflow.db')) {
    const bases = folders.filter((one) => one === 'mlruns' || one === 'mlartifacts');
    return openDatabase(
      { path: join(path, 'mlflow.db'), files, bases },
      workFolder,
      problems,
      scope,
    );
  }
  const bundle = findBundleFiles(files);
  if (bundle['model.json'].length + bundle['run.json'].length > 0) {
    const reader = openMlflowBundle(files, problems);
    return { kind: 'bundle', reader, files, reads: files.allReads, close: () => undefined };
  }
  throw unknownStore(basename(path));
}

function openModelFile(path: string, problems: ProblemList, hasArtefacts: boolean): OpenStore {
  const folder = dirname(path);
  const files = createStoreFiles(folder, problems);
  const reader = openMlModel(files, problems, basename(folder), hasArtefacts);
  return { kind: 'model', reader, files, reads: files.allReads, close: () => undefined };
}

async function openDatabase(
  {
    path,
    files,
    bases,
  }: { readonly path: string; readonly files: StoreFiles; readonly bases: readonly string[] },
  workFolder: string,
  problems: ProblemList,
  scope: JobScope,
): Promise<OpenStore> {
  if (lstatSync(path).isSymbolicLink())
    throw badData(basename(path), 'this is a link. Choose the file itself.');
  const db = await openForeignDatabase(path, workFolder, { signal: scope.signal });
  try {
    const artefacts = { files, roots: artefactRoots(files, bases) };
    const reader = openMlflowDatabase(db, problems, basename(path), artefacts);
    return {
      kind: 'database',
      reader,
      files,
      reads: () => [...db.files, ...files.allReads()],
      close: db.close,
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** `mlartifacts/<experiment>/<run>/artifacts`, and the same for logged models. */
function artefactRoots(files: StoreFiles, bases: readonly string[]): Map<string, string> {
  const roots = new Map<string, string>();
  for (const base of bases) {
    for (const experiment of files.entries(base).folders.map((one) => joined(base, one))) {
      for (const holder of [experiment, `${experiment}/models`]) {
        for (const id of files.entries(holder).folders) roots.set(id, `${holder}/${id}/artifacts`);
      }
    }
  }
  return roots;
}

function unknownStore(name: string) {
  return badData(
    name,
    'nothing of MLflow was found here. Choose an mlruns folder, the file mlflow.db, a folder that mlflow-export-import wrote, or a folder with an MLmodel file.',
  );
}
