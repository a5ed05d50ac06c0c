import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { WorkspaceId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import { Workspace } from '../../shared/vault/person';
import { writeFileAtomically } from '../io/atomicWrite';
import { codeOf } from '../io/fileFailure';
import { KeySlot } from './keySlot';

/** What can be read before anyone signs in. */
export const VaultFile = z.strictObject({
  v: z.literal(1),
  workspaceId: WorkspaceId,
  /** For the sign-in screen; the name that counts is in the database. */
  name: Workspace.shape.name,
  slots: z.array(KeySlot).min(1).max(100).readonly(),
});
export type VaultFile = z.infer<typeof VaultFile>;

const MAX_BYTES = 2 ** 20;

/**
 * Reads `vault.json`.
 *
 * @throws AppFailure NOT_FOUND when there is none, BAD_DATA when it is not byte for byte what Assay writes
 */
export function readVaultFile(path: string): VaultFile {
  const text = readText(path);
  if (text.length > MAX_BYTES) throw damaged();
  const version = z.looseObject({ v: z.int() }).safeParse(parseJson(text));
  if (version.success && version.data.v > 1) throw newer();
  const file = VaultFile.safeParse(version.data);
  if (!file.success || formatVaultFile(file.data) !== text) throw damaged();
  return file.data;
}

/** @throws AppFailure STORAGE */
export function writeVaultFile(path: string, file: VaultFile): void {
  writeFileAtomically(path, formatVaultFile(file));
}

export function formatVaultFile(file: VaultFile): string {
  return `${canonicalJson(file)}\n`;
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) throw damaged();
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) throw missing();
    if (['EACCES', 'EPERM'].includes(codeOf(error))) throw unreadable();
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged();
  }
}

function missing(): AppFailure {
  return new AppFailure(
    'NOT_FOUND',
    'This folder is not an Assay workspace: it holds no vault.json. Choose the folder that holds vault.json and assay.db.',
  );
}

function unreadable(): AppFailure {
  return new AppFailure(
    'STORAGE',
    'You have no permission to read this folder. Ask its owner for it.',
  );
}

function damaged(): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    'vault.json is damaged or was changed outside Assay, so nobody can sign in. The records themselves were not touched. Put back vault.json from the latest backup of this workspace.',
    { file: 'vault.json' },
  );
}

function newer(): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    'This workspace was last used with a newer Assay. Nothing was changed. Open it with that newer Assay.',
    { file: 'vault.json' },
  );
}
