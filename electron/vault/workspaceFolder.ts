import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  rmdirSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import { isPartialName } from '../io/atomicWrite';
import { codeOf, toFileFailure } from '../io/fileFailure';

/** Where the parts of a workspace lie. */
export interface WorkspaceFiles {
  readonly folder: string;
  /** Who may sign in, and their wrapped keys. */
  readonly vault: string;
  /** Every record, encrypted. */
  readonly database: string;
  /** Heads of the audit log, outside the database on purpose. */
  readonly heads: string;
  /** Failed attempts to sign in that are not in the audit log yet. */
  readonly attempts: string;
}

export function filesOf(folder: string): WorkspaceFiles {
  return {
    folder,
    vault: join(folder, 'vault.json'),
    database: join(folder, 'assay.db'),
    heads: join(folder, 'heads.log'),
    attempts: join(folder, 'attempts.log'),
  };
}

/**
 * Makes the folder of a new workspace, for its owner only; an empty folder is taken as it is.
 *
 * @returns how to undo it
 * @throws AppFailure CONFLICT when something is in it already, STORAGE when it cannot be made
 */
export function claimFolder(folder: string): { readonly undo: () => void } {
  try {
    const wasThere = existsSync(folder);
    const firstMade = wasThere ? undefined : mkdirSync(folder, { recursive: true, mode: 0o700 });
    refuseOccupied(folder);
    accessSync(folder, constants.W_OK);
    chmodSync(folder, 0o700);
    return { undo: () => (firstMade === undefined ? undefined : removeEmptyFolder(folder)) };
  } catch (error) {
    if (['EEXIST', 'ENOTDIR'].includes(codeOf(error))) throw notAFolder();
    // What Node says of a new folder on a read-only disk.
    if (codeOf(error) === 'ENOENT') throw impossiblePlace();
    throw toFileFailure(error, folder) ?? error;
  }
}

/** True when records can be added there. */
export function isWritable({ folder, database }: WorkspaceFiles): boolean {
  try {
    accessSync(folder, constants.W_OK);
    accessSync(database, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Deletes the files of a workspace, and its folder unless something else is in it. */
export function removeWorkspace(files: WorkspaceFiles): void {
  removeFiles(files);
  removeEmptyFolder(files.folder);
}

/** Deletes whatever Assay puts into a workspace's folder; nothing else is touched. */
export function removeFiles({ folder, vault, database, heads, attempts }: WorkspaceFiles): void {
  if (!existsSync(folder)) return;
  for (const path of [vault, heads, attempts]) rmSync(path, { force: true });
  const name = basename(database);
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith(name)) rmSync(join(folder, entry), { force: true });
  }
}

function removeEmptyFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something of the person's is in it: then it stays.
  }
}

function refuseOccupied(folder: string): void {
  const names = readdirSync(folder).filter((name) => !isPartialName(name));
  if (names.length === 0) return;
  const message = names.includes('vault.json')
    ? 'There is a workspace in this folder already. Open it, or choose another folder for the new one. Nothing was changed.'
    : 'This folder is not empty. Choose an empty folder for the new workspace, so that nothing of yours mixes with it. Nothing was changed.';
  throw new AppFailure('CONFLICT', message, { folder });
}

function impossiblePlace(): AppFailure {
  return new AppFailure(
    'STORAGE',
    'The folder could not be made: the disk is read-only or the place does not exist. Nothing was changed. Choose another place.',
  );
}

function notAFolder(): AppFailure {
  return new AppFailure('CONFLICT', 'There is a file of that name already. Choose another place.');
}
