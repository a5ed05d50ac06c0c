import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBytes } from '../../shared/base/formatNumber';
import { MAX_SIDECAR_BYTES, Sidecar } from '../../shared/intake/sidecar';
import { codeOf } from '../io/fileFailure';

/** A sidecar as it lies in the folder. */
export type ReadSidecar = {
  readonly sha256: string | null;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
} & (
  | { readonly sidecar: Sidecar }
  | { readonly sidecar: null; readonly problem: string; readonly isFinal: boolean }
);

const SHOWN_ISSUES = 5;

/**
 * Reads a sidecar, never through a link and never more than {@link MAX_SIDECAR_BYTES}.
 *
 * @returns null when it is not there; `isFinal` when no later look can find anything better
 */
export async function readSidecar(folder: string, name: string): Promise<ReadSidecar | null> {
  // A pipe would keep the reader waiting for ever; Windows has neither flag.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  let handle: FileHandle;
  try {
    handle = await open(join(folder, name), flags);
  } catch (error) {
    return unopened(codeOf(error));
  }
  try {
    const stat = await handle.stat();
    const state = { sha256: null, sizeBytes: stat.size, modifiedMs: stat.mtimeMs };
    if (!stat.isFile()) return { ...state, ...refused('it is not a file.', true) };
    if (stat.size > MAX_SIDECAR_BYTES) {
      const limit = formatBytes(MAX_SIDECAR_BYTES);
      return { ...state, ...refused(`it is larger than ${limit}.`, true) };
    }
    const bytes = await handle.readFile();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { ...state, sha256, ...parseSidecar(bytes) };
  } finally {
    await handle.close();
  }
}

function unopened(code: string): ReadSidecar | null {
  const state = { sha256: null, sizeBytes: 0, modifiedMs: 0 };
  if (code === 'ENOENT') return null;
  if (code === 'ELOOP' || code === 'EMLINK')
    return { ...state, ...refused('it is a link, and links are not followed.', true) };
  return { ...state, ...refused(`it cannot be opened (${code || 'unknown reason'}).`, false) };
}

function parseSidecar(bytes: Buffer) {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // What the parser says quotes the text.
    return refused('it is not JSON in UTF-8.', false);
  }
  const parsed = Sidecar.safeParse(raw);
  if (parsed.success) return { sidecar: parsed.data } as const;
  const issues = parsed.error.issues
    .slice(0, SHOWN_ISSUES)
    .map(({ path, message }) => `${path.join('.') || 'sidecar'}: ${message}`);
  return refused(`it does not fit its schema (${issues.join('; ')}).`, false);
}

function refused(problem: string, isFinal: boolean) {
  return { sidecar: null, problem, isFinal } as const;
}
