import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { PersonId, WorkspaceId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import { Workspace } from '../../shared/vault/person';
import { writeFileAtomically } from '../io/atomicWrite';
import { codeOf } from '../io/fileFailure';
import { KeySlot, KeySlotV1, RecoverySlot } from './keySlot';

const MAX_PEOPLE = 200;

const head = {
  workspaceId: WorkspaceId,
  /** For the sign-in screen; the name that counts is in the database. */
  name: Workspace.shape.name,
} as const;

/** What the first Assay wrote. */
const VaultFileV1 = z.strictObject({
  v: z.literal(1),
  ...head,
  slots: z.array(KeySlotV1).min(1).max(100).readonly(),
});

/** The next data key, sealed to everyone, while the database is being given it. */
const NextDataKey = z.strictObject({
  sealedTo: z.record(PersonId, RecoverySlot.shape.sealedDataKey),
  sealedToRecovery: RecoverySlot.shape.sealedDataKey.nullable(),
});

/** What can be read before anyone signs in. */
export const VaultFile = z.strictObject({
  v: z.literal(2),
  ...head,
  slots: z.array(KeySlot).min(1).max(MAX_PEOPLE).readonly(),
  recovery: RecoverySlot.nullable(),
  next: NextDataKey.nullable(),
});
export type VaultFile = z.infer<typeof VaultFile>;

const AnyVaultFile = z.discriminatedUnion('v', [VaultFileV1, VaultFile]);

const MAX_BYTES = 2 ** 20;
const NEWEST_VERSION = 2;

/**
 * Reads `vault.json`; one of the first Assay in the form of today's.
 *
 * @throws AppFailure NOT_FOUND when there is none, BAD_DATA when it is not byte for byte what Assay writes
 */
export function readVaultFile(path: string): VaultFile {
  return parseVaultFile(readText(path));
}

/** As {@link readVaultFile}, of a text that came another way. @throws AppFailure BAD_DATA */
export function parseVaultFile(text: string): VaultFile {
  if (text.length > MAX_BYTES) throw damaged();
  const version = z.looseObject({ v: z.int() }).safeParse(parseJson(text));
  if (version.success && version.data.v > NEWEST_VERSION) throw newer();
  const file = AnyVaultFile.safeParse(version.data);
  if (!file.success || format(file.data) !== text) throw damaged();
  return file.data.v === 1 ? { ...file.data, v: 2, recovery: null, next: null } : file.data;
}

/** @throws AppFailure STORAGE */
export function writeVaultFile(path: string, file: VaultFile): void {
  writeFileAtomically(path, formatVaultFile(file));
}

export function formatVaultFile(file: VaultFile): string {
  return format(file);
}

function format(file: object): string {
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
