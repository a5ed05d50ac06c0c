import { lstat, mkdir, readdir, rename, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBytes } from '../../shared/base/formatNumber';
import { IntakeId } from '../../shared/base/ids';
import { isSidecarName } from '../../shared/intake/sidecar';
import { codeOf } from '../io/fileFailure';

/** Where Assay keeps what it has taken, inside the watched folder: renaming stays on one disk. */
export const TAKING = 'taking';
export const DONE = 'done';
export const FAILED = 'failed';
const OWN_FOLDERS = [TAKING, DONE, FAILED] as const;

const MOST_TWINS = 10_000;

/**
 * Makes Assay's own folders where they are missing.
 *
 * @returns why the folder cannot be used, in a sentence; null when it can
 */
export async function prepareFolder(folder: string): Promise<string | null> {
  const state = await lstat(folder).catch(() => null);
  if (state === null)
    return 'The watched folder is not there. Connect its disk or share, or choose another folder.';
  if (!state.isDirectory()) return 'The watched folder is not a folder. Choose another one.';
  for (const name of OWN_FOLDERS) {
    const path = join(folder, name);
    try {
      await mkdir(path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') return unusable(name, codeOf(error));
      const own = await lstat(path).catch(() => null);
      if (own === null || !own.isDirectory())
        return `In the watched folder, ${name} is not a folder of its own. Remove it: Assay follows no links.`;
    }
  }
  return null;
}

function unusable(name: string, code: string): string {
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return 'The disk of the watched folder is full. Free some space; nothing was taken.';
  return `The folder ${name} cannot be made in the watched folder (${code || 'unknown reason'}). Assay must be allowed to write there; nothing was taken.`;
}

/** Names of what lies in the folder itself, without Assay's own folders and hidden files. */
export async function listInbox(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => !name.startsWith('.') && !OWN_FOLDERS.some((own) => own === name))
    .sort();
}

/** Claims that were begun and not finished. */
export async function listClaims(folder: string): Promise<readonly IntakeId[]> {
  const names = await readdir(join(folder, TAKING));
  return names.sort().flatMap((name) => {
    const id = IntakeId.safeParse(name);
    return id.success ? [id.data] : [];
  });
}

export function claimFolder(folder: string, id: IntakeId): string {
  return join(folder, TAKING, id);
}

/** Name of the sidecar in a claim; null when there is none. */
export async function sidecarOfClaim(claim: string): Promise<string | null> {
  const names = await readdir(claim);
  return names.find(isSidecarName) ?? null;
}

/**
 * Moves a sidecar out of reach of the pipeline; its files follow by {@link completeClaim}.
 *
 * @returns false when it was gone
 */
export async function beginClaim(folder: string, id: IntakeId, name: string): Promise<boolean> {
  const claim = claimFolder(folder, id);
  await mkdir(claim);
  try {
    await rename(join(folder, name), join(claim, name));
    return true;
  } catch (error) {
    await rmdir(claim);
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Drops a claim into which nothing was moved. */
export async function dropEmptyClaim(claim: string): Promise<void> {
  await rmdir(claim).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOTEMPTY') throw error;
  });
}

/**
 * Moves the files of a claim in, those that are not there yet.
 *
 * @returns the problem of the first file that is missing, a link or too large; null when all are in
 */
export async function completeClaim(
  folder: string,
  claim: string,
  names: readonly string[],
  maxBytes: number,
): Promise<string | null> {
  const problems: (string | null)[] = [];
  for (const name of names) {
    const isThere = await moveIn(folder, claim, name);
    problems.push(
      isThere
        ? fileProblem(name, await lstat(join(claim, name)), maxBytes)
        : `${name} disappeared before it could be taken.`,
    );
  }
  return problems.find((problem) => problem !== null) ?? null;
}

/** @returns false when the file is neither in the claim nor in the folder */
async function moveIn(folder: string, claim: string, name: string): Promise<boolean> {
  const path = join(claim, name);
  if ((await lstat(path).catch(() => null)) !== null) return true;
  try {
    await rename(join(folder, name), path);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return false;
  }
}

/** Why a file is refused before anything is read of it; null when it is not. */
export function fileProblem(
  name: string,
  state: { isFile(): boolean; isSymbolicLink(): boolean; readonly size: number },
  maxBytes: number,
): string | null {
  if (state.isSymbolicLink()) return `${name} is a link, and links are not followed.`;
  if (!state.isFile()) return `${name} is not a file.`;
  if (state.size > maxBytes)
    return `${name} is larger than ${formatBytes(maxBytes)}, the most that is read at once.`;
  return null;
}

/**
 * Writes what became of a claim beside its files and moves all of it, in one step, to where it belongs.
 *
 * @param notes text by file name
 * @returns the folder's new name
 */
export async function settleClaim(
  folder: string,
  { claim, target, name, notes }: Settlement,
): Promise<string> {
  // A disk that is full has room for the move all the same, and the record says what the note would.
  for (const [file, text] of Object.entries(notes))
    await writeFile(join(claim, file), text, { flush: true }).catch((error: unknown) => {
      if (!['ENOSPC', 'EDQUOT'].includes(codeOf(error))) throw error;
    });
  for (let twin = 1; twin <= MOST_TWINS; twin++) {
    const free = twin === 1 ? name : `${name} (${twin})`;
    const path = join(folder, target, free);
    if ((await lstat(path).catch(() => null)) !== null) continue;
    try {
      await rename(claim, path);
      return free;
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(codeOf(error))) throw error;
    }
  }
  throw new Error(`${target} holds too many folders of one name`);
}

interface Settlement {
  readonly claim: string;
  readonly target: typeof DONE | typeof FAILED;
  readonly name: string;
  readonly notes: Readonly<Record<string, string>>;
}
