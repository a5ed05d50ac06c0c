import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { join } from 'node:path';
import type { BrokenPart } from '../../shared/registry/importChannels';

/** Where what could not be read, or not be taken over, is listed. */
export interface ProblemList {
  /** @param file path inside the store, or the name of the file and a place in it */
  add(file: string, problem: string): void;
  readonly parts: readonly BrokenPart[];
  /** All of them; `parts` holds the first. */
  readonly nProblems: number;
}

const MAX_LISTED = 1000;

export function createProblemList(): ProblemList {
  const parts: BrokenPart[] = [];
  let nProblems = 0;
  return {
    add(file, problem) {
      nProblems += 1;
      if (parts.length < MAX_LISTED) parts.push({ file: oneLine(file), problem: oneLine(problem) });
    },
    parts,
    get nProblems() {
      return nProblems;
    },
  };
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/gu, '\ufffd')
    .slice(0, 1000);
}

/** One file that was read: what its bytes hash to, and its path inside the store. */
export interface ReadNote {
  readonly path: string;
  readonly sha256: string;
}

/** Names of what lies right inside a folder. */
interface FolderEntries {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** The files of a foreign store: read only, inside its folder only, bounded, each hashed as it is read. */
export interface StoreFiles {
  readonly root: string;
  /** Folders and files right inside a folder, by name; links are listed as problems and left out. */
  entries(folder: string): FolderEntries;
  /** Every file below a folder, as paths relative to it, in order of their text. */
  tree(folder: string): readonly string[];
  /** Whether a path leads to a folder inside the store, by no link and no `..`. */
  isFolder(path: string): boolean;
  /** Size of a file in bytes; 0 when it is not there. */
  sizeOf(path: string): number;
  /** Text of a file; null when it is missing, too large or no text, which is listed as a problem. */
  text(path: string, maxBytes?: number): string | null;
  /** Everything that is read meanwhile. */
  noting<T>(work: () => T): { readonly value: T; readonly reads: readonly ReadNote[] };
  /** Everything that was read so far. */
  allReads(): readonly ReadNote[];
}

/** Bounds of a text that says little: a parameter, a tag, a description of a run. */
const MAX_TEXT_BYTES = 2 ** 20;
const MAX_DEPTH = 24;
const MAX_ENTRIES = 200_000;

/** @param folder the store, as the person chose it; a link there is followed once */
export function createStoreFiles(folder: string, problems: ProblemList): StoreFiles {
  const root = realpathSync(folder);
  const reads: ReadNote[] = [];
  let current: ReadNote[] | null = null;

  const entries = (relative: string): FolderEntries => readEntries(root, relative, problems);

  /** Everything below a folder, in order of paths. */
  function tree(relative: string): string[] {
    const found: string[] = [];
    function visit(below: string, depth: number): void {
      if (depth > MAX_DEPTH)
        return problems.add(joined(relative, below), 'folders are nested too deeply; left out');
      const { folders, files } = entries(joined(relative, below));
      for (const file of files) found.push(joined(below, file));
      for (const one of folders)
        if (found.length < MAX_ENTRIES) visit(joined(below, one), depth + 1);
    }
    visit('', 0);
    if (found.length > MAX_ENTRIES)
      problems.add(relative, `more than ${MAX_ENTRIES} files; left out`);
    return found.slice(0, MAX_ENTRIES).sort();
  }

  function text(path: string, maxBytes = MAX_TEXT_BYTES): string | null {
    const bytes = readSmall(`${root}/${path}`, maxBytes);
    if (typeof bytes === 'string') {
      problems.add(path, bytes);
      return null;
    }
    const note = { path, sha256: createHash('sha256').update(bytes).digest('hex') };
    reads.push(note);
    current?.push(note);
    if (isUtf8(bytes)) return bytes.toString('utf8');
    problems.add(path, 'not text in UTF-8');
    return null;
  }

  return {
    root,
    entries,
    tree,
    isFolder: (path) => isInnerFolder(root, path),
    sizeOf: (path) => lstatSync(join(root, path), { throwIfNoEntry: false })?.size ?? 0,
    text,
    noting(work) {
      const outer = current;
      const noted: ReadNote[] = [];
      current = noted;
      const value = work();
      current = outer;
      for (const note of noted) outer?.push(note);
      return { value, reads: noted };
    },
    allReads: () => reads,
  };
}

/** SHA-256 over what was read, as `sha256sum` would list it: one line per file, in order of paths. */
export function digestOfReads(reads: readonly ReadNote[]): string {
  const hash = createHash('sha256');
  let last = '';
  for (const { path, sha256 } of reads.toSorted(byPath)) {
    // What several versions share was read once for each.
    if (path !== last) hash.update(`${sha256}  ${path}\n`);
    last = path;
  }
  return hash.digest('hex');
}

function byPath(a: ReadNote, b: ReadNote): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** Path inside the store, with `/`. */
export function joined(folder: string, name: string): string {
  return folder === '' ? name : name === '' ? folder : `${folder}/${name}`;
}

function readEntries(root: string, relative: string, problems: ProblemList): FolderEntries {
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of list(relative === '' ? root : `${root}/${relative}`)) {
    const path = joined(relative, entry.name);
    if (entry.isDirectory()) folders.push(entry.name);
    else if (entry.isFile()) files.push(entry.name);
    else if (entry.isSymbolicLink()) problems.add(path, 'a link; links are not followed');
    else problems.add(path, 'neither a file nor a folder');
  }
  return { folders, files };
}

function isInnerFolder(root: string, path: string): boolean {
  let below = root;
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..' || segment.includes('\\'))
      return false;
    below = join(below, segment);
    if (lstatSync(below, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  }
  return true;
}

function list(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** Most files of a store are smaller; one read tells that such a file has ended. */
const SMALL = Buffer.alloc(16 * 1024);

/** @returns the bytes, good until the next call; or what is wrong */
function readSmall(path: string, maxBytes: number): Buffer | string {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return 'missing';
    return code === 'ELOOP' ? 'a link; links are not followed' : 'cannot be opened';
  }
  try {
    const nRead = readSync(file, SMALL, 0, SMALL.length, 0);
    return nRead < SMALL.length ? SMALL.subarray(0, nRead) : readLarge(file, maxBytes);
  } catch {
    return 'cannot be read';
  } finally {
    closeSync(file);
  }
}

function readLarge(file: number, maxBytes: number): Buffer | string {
  const stat = fstatSync(file);
  if (!stat.isFile()) return 'not a file';
  if (stat.size > maxBytes) return `larger than ${maxBytes} bytes; left out`;
  const bytes = Buffer.alloc(stat.size);
  let nRead = 0;
  while (nRead < stat.size) {
    const n = readSync(file, bytes, nRead, stat.size - nRead, nRead);
    if (n === 0) return 'changed while it was being read';
    nRead += n;
  }
  return bytes;
}
