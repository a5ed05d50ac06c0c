import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { listEntries, readEntry, writeStoredZip } from '../../electron/io/storedZip';
import { BackupManifest, sealManifest } from '../../electron/vault/backupManifest';
import { unwrapKeys } from '../../electron/vault/openWorkspace';
import { parseVaultFile } from '../../electron/vault/vaultFile';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { tempFolder } from '../support/tempFolder';
import { PASSPHRASE } from '../support/testVault';

/** Files by name, in order; a name may come twice. */
export type CraftedParts = readonly (readonly [name: string, bytes: Uint8Array])[];

/** Writes any files in the very form of a backup, so that only what is in them is wrong. */
export async function craft(parts: CraftedParts): Promise<string> {
  const path = join(tempFolder(), 'crafted.assaybackup');
  const files = parts.map(([name, bytes]) => ({
    name,
    open: () => Readable.from([Buffer.from(bytes)]),
  }));
  await writeStoredZip(path, files, new AbortController().signal);
  return path;
}

/** What is in a backup, by name. */
export async function partsOf(path: string): Promise<Map<string, Buffer>> {
  const file = await open(path, 'r');
  try {
    const { reader, entries } = await listEntries(file);
    const parts = new Map<string, Buffer>();
    for (const entry of entries) {
      parts.set(entry.fileName, await readEntry(reader, entry, Number.MAX_SAFE_INTEGER));
    }
    return parts;
  } finally {
    await file.close();
  }
}

export interface LooseManifest {
  readonly v: number;
  readonly schemaVersion: number;
  readonly parts: Record<string, { readonly sizeBytes: number; readonly sha256: string }>;
  readonly [field: string]: unknown;
}

export function manifestOf(parts: ReadonlyMap<string, Uint8Array>): LooseManifest {
  const text = Buffer.from(parts.get('backup.json') ?? []).toString('utf8');
  return JSON.parse(text) as LooseManifest; // a backup that Assay wrote
}

/** What someone without the key can do: change parts, and make every digest fit again. */
export async function forge(
  path: string,
  change: (parts: Map<string, Buffer>) => void,
  changeManifest: (manifest: LooseManifest) => LooseManifest = (manifest) => manifest,
): Promise<string> {
  const parts = await partsOf(path);
  const manifest = manifestOf(parts);
  change(parts);
  const digests = Object.keys(manifest.parts).map((name) => {
    const bytes = parts.get(name) ?? Buffer.alloc(0);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return [name, { sizeBytes: bytes.length, sha256 }];
  });
  const forged = changeManifest({
    ...manifest,
    parts: Object.fromEntries(digests) as LooseManifest['parts'],
  });
  parts.set('backup.json', Buffer.from(`${canonicalJson(forged)}\n`));
  return craft([...parts]);
}

/** What someone with the passphrase can do besides: seal the manifest again. */
export async function forgeWithKey(
  path: string,
  change: (parts: Map<string, Buffer>, keyHex: string) => void,
  changeManifest: (manifest: LooseManifest) => LooseManifest = (manifest) => manifest,
): Promise<string> {
  const vault = parseVaultFile((await partsOf(path)).get('vault.json')!.toString('utf8'));
  const keys = await unwrapKeys(vault, vault.slots[0]!, PASSPHRASE);
  if (keys === null) throw new Error('not the passphrase of the test vault');
  const { dataKey } = keys;
  return forge(
    path,
    (parts) => change(parts, dataKey.toString('hex')),
    (manifest) => {
      const { hmacSha256: _dropped, ...unsealed } = BackupManifest.parse(changeManifest(manifest));
      return { ...sealManifest(unsealed, dataKey) };
    },
  );
}

/** A copy of a file with some of its bytes changed. */
export function altered(path: string, change: (bytes: Buffer) => Buffer): string {
  const copy = join(tempFolder(), 'altered.assaybackup');
  writeFileSync(copy, change(readFileSync(path)));
  return copy;
}
