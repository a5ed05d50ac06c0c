import { lstat, opendir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { badData, stopIfCancelled } from './badData';
import { codeOf } from './fileFailure';

/** A regular file under a folder. */
export interface WalkedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** What is there and is no file: a link, a pipe or device, or a name that is not Unicode. */
export interface WalkedOther {
  readonly path: string;
  readonly reason: 'link' | 'special' | 'name';
}

export interface FolderWalk {
  readonly files: readonly WalkedFile[];
  readonly refused: readonly WalkedOther[];
}

export interface WalkLimits {
  readonly maxFiles: number;
  readonly maxPathBytes: number;
  readonly maxDepth: number;
}

/** Deeper folders are nobody's model, and a name any longer does not open on most systems. */
export const WALK_LIMITS: WalkLimits = { maxFiles: 100_000, maxPathBytes: 4096, maxDepth: 64 };

interface WalkOptions {
  readonly limits?: WalkLimits;
  /** Paths that are passed over, with everything under them. */
  readonly ignored?: ReadonlySet<string>;
}

interface Walk {
  readonly root: string;
  readonly limits: WalkLimits;
  readonly ignored: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly files: WalkedFile[];
  readonly refused: WalkedOther[];
}

/**
 * Finds every regular file under a folder; no link is followed.
 *
 * @returns files in the order of their paths' code points, and what was left out
 * @throws AppFailure BAD_DATA (a folder that cannot be read, too many files, too deep), CANCELLED
 */
export async function walkFolder(
  root: string,
  signal: AbortSignal,
  { limits = WALK_LIMITS, ignored = new Set() }: WalkOptions = {},
): Promise<FolderWalk> {
  const walk: Walk = { root, limits, ignored, signal, files: [], refused: [] };
  await walkInto(walk, '', 0);
  return {
    files: walk.files.sort((a, b) => byCodePoint(a.path, b.path)),
    refused: walk.refused.sort((a, b) => byCodePoint(a.path, b.path)),
  };
}

/** Order of code points, which UTF-8 keeps and UTF-16 does not. */
export function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}

async function walkInto(walk: Walk, folder: string, depth: number): Promise<void> {
  const { root, limits } = walk;
  const name = folder === '' ? basename(root) : folder;
  if (depth > limits.maxDepth) {
    throw badData(name, `folders lie more than ${limits.maxDepth} deep here.`);
  }
  try {
    for await (const entry of await opendir(join(root, folder))) {
      stopIfCancelled(walk.signal);
      await take(walk, folder === '' ? entry.name : `${folder}/${entry.name}`, depth);
    }
  } catch (error) {
    throw unreadable(error, name);
  }
}

async function take(walk: Walk, path: string, depth: number): Promise<void> {
  const { root, limits, files, refused } = walk;
  if (walk.ignored.has(path)) return;
  if (!isReadableName(path, limits)) {
    refused.push({ path: path.toWellFormed().slice(0, 200), reason: 'name' });
  } else {
    const stat = await lstat(join(root, path));
    if (stat.isSymbolicLink()) refused.push({ path, reason: 'link' });
    else if (stat.isDirectory()) await walkInto(walk, path, depth + 1);
    else if (stat.isFile()) files.push({ path, sizeBytes: stat.size });
    else refused.push({ path, reason: 'special' });
  }
  if (files.length + refused.length > limits.maxFiles) {
    throw badData(
      basename(root),
      `it holds more than ${limits.maxFiles} files. Choose the folder that holds the model alone, or pack its parts.`,
    );
  }
}

/** The system reads a name that is not UTF-8 with U+FFFD in it, and such a name opens nothing. */
function isReadableName(path: string, { maxPathBytes }: WalkLimits): boolean {
  return (
    path.isWellFormed() &&
    !path.includes('\uFFFD') &&
    Buffer.byteLength(path, 'utf8') <= maxPathBytes
  );
}

function unreadable(error: unknown, name: string): unknown {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return badData(name, 'you may not read this folder.');
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return badData(name, 'it is no longer there: the folder changed while it was being read.');
  }
  return error;
}
