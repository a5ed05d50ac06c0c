import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { Sha256Hex } from '../../shared/base/files';
import { WorkspaceId } from '../../shared/base/ids';
import { UtcInstant } from '../../shared/base/time';
import { AppFailure } from '../../shared/ipc/errors';
import { Workspace } from '../../shared/vault/person';
import { deriveChildKey } from './sealing';

/** What a backup is made of, in this order; the manifest comes last, because it holds their digests. */
export const BACKUP_PARTS = ['vault.json', 'assay.db', 'heads.log'] as const;
export type BackupPart = (typeof BACKUP_PARTS)[number];
export const MANIFEST_NAME = 'backup.json';

/** The newest form of a backup that this Assay reads and the one that it writes. */
const FORMAT_VERSION = 1;

const PartFacts = z.strictObject({ sizeBytes: z.int().nonnegative(), sha256: Sha256Hex });
export type PartFacts = z.infer<typeof PartFacts>;

/**
 * What a backup says about itself, in clear text: no more than `vault.json` shows, and the state of the log.
 *
 * The MAC under a child of the workspace's key covers all of it, and through the digests every part.
 */
export const BackupManifest = z.strictObject({
  format: z.literal('assay/backup'),
  v: z.literal(FORMAT_VERSION),
  workspaceId: WorkspaceId,
  workspaceName: Workspace.shape.name,
  appVersion: z.string().min(1).max(100),
  schemaVersion: z.int().positive(),
  createdAtUtc: UtcInstant,
  log: z.strictObject({ size: z.int().positive(), rootSha256: Sha256Hex }),
  parts: z.strictObject({
    'vault.json': PartFacts,
    'assay.db': PartFacts,
    'heads.log': PartFacts,
  }),
  hmacSha256: Sha256Hex,
});
export type BackupManifest = z.infer<typeof BackupManifest>;
export type UnsealedManifest = Omit<BackupManifest, 'hmacSha256'>;

/** Adds the MAC. @param dataKey the workspace's key; only a child of it is used */
export function sealManifest(manifest: UnsealedManifest, dataKey: Uint8Array): BackupManifest {
  return { ...manifest, hmacSha256: macOf(manifest, dataKey).toString('hex') };
}

/** @throws AppFailure INTEGRITY when the manifest was not made with this workspace's key */
export function requireGenuine(manifest: BackupManifest, dataKey: Uint8Array): void {
  const { hmacSha256, ...unsealed } = manifest;
  if (timingSafeEqual(Buffer.from(hmacSha256, 'hex'), macOf(unsealed, dataKey))) return;
  throw new AppFailure(
    'INTEGRITY',
    'This backup was changed after Assay wrote it, although your passphrase opens it. Nothing was changed. Use another copy of the backup, or an older one.',
    { step: 'manifest' },
  );
}

export function formatManifest(manifest: BackupManifest): string {
  return `${canonicalJson(manifest)}\n`;
}

/**
 * Reads `backup.json`.
 *
 * @returns null when it is not byte for byte what {@link formatManifest} writes
 * @throws AppFailure BAD_DATA when a newer Assay wrote it
 */
export function parseManifest(text: string, fileName: string): BackupManifest | null {
  const value = parseJson(text);
  const kind = z.looseObject({ format: z.literal('assay/backup'), v: z.int() }).safeParse(value);
  if (kind.success && kind.data.v > FORMAT_VERSION) throw newerFormat(fileName, kind.data.v);
  const manifest = BackupManifest.safeParse(value);
  return manifest.success && formatManifest(manifest.data) === text ? manifest.data : null;
}

function macOf(manifest: UnsealedManifest, dataKey: Uint8Array): Buffer {
  const key = deriveChildKey(dataKey, 'assay/backup/v1');
  try {
    return createHmac('sha256', key).update(canonicalJson(manifest)).digest();
  } finally {
    key.fill(0);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function newerFormat(file: string, version: number): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    `${file} was written by a newer Assay (backup format ${version}; this Assay reads up to ${FORMAT_VERSION}). Nothing was changed. Restore it with that newer Assay.`,
    { file, fileVersion: version, knownVersion: FORMAT_VERSION },
  );
}
