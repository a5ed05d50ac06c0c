import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import { PARTIAL_SUFFIX } from '../io/atomicWrite';
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
    return { undo: () => (firstMade === undefined ? undefined : rmdirSync(folder)) };
  } catch (error) {
    if (['EEXIST', 'ENOTDIR'].includes(codeOf(error))) throw notAFolder();
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

function refuseOccupied(folder: string): void {
  const names = readdirSync(folder).filter((name) => !name.endsWith(PARTIAL_SUFFIX));
  if (names.length === 0) return;
  const message = names.includes('vault.json')
    ? 'There is a workspace in this folder already. Open it, or choose another folder for the new one. Nothing was changed.'
    : 'This folder is not empty. Choose an empty folder for the new workspace, so that nothing of yours mixes with it. Nothing was changed.';
  throw new AppFailure('CONFLICT', message, { folder });
}

function notAFolder(): AppFailure {
  return new AppFailure('CONFLICT', 'There is a file of that name already. Choose another place.');
}
