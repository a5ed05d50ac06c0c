import { sign } from 'node:crypto';
import { dsseEnvelope, preAuthEncoding } from '../../electron/audit/dsse';
import { inPackageOrder } from '../../electron/audit/packageBuilder';
import {
  canonicalBytes,
  formatManifest,
  isOutsideManifest,
  sha256Hex,
} from '../../electron/audit/packageLayout';
import { readZip, writeZip } from '../../electron/io/zip';
import { AuditPackageStatement } from '../../shared/audit/auditPackage';
import type { VerificationStepId } from '../../shared/audit/auditPackage';
import { ANA, BEN, makePackage } from './packageFixture';
import type { TestKey } from './packageFixture';
import type { CraftedEntry } from './zipCraft';
import { craftZip } from './zipCraft';

export interface TamperCase {
  readonly name: string;
  /** The first step that must fail. */
  readonly step: VerificationStepId;
  readonly bytes: () => Uint8Array;
  readonly trusted?: Readonly<Record<string, string>>;
}

export type Files = Map<string, Uint8Array>;

export const GENUINE = makePackage();

export function genuineFiles(): Files {
  return new Map(readZip(GENUINE));
}

/** Changes files and packs them again, as anyone can. */
export function edit(change: (files: Files) => void): Uint8Array {
  const files = genuineFiles();
  change(files);
  return writeZip(inPackageOrder(files));
}

/** Changes how the genuine files are stored in the ZIP. */
export function craft(
  change: (entries: CraftedEntry[]) => readonly CraftedEntry[],
  comment?: Buffer<ArrayBuffer>,
): Uint8Array {
  return craftZip(
    change([...genuineFiles()].map(([path, content]) => ({ path, content }))),
    comment,
  );
}

export function replaceText(files: Files, path: string, from: string, to: string): void {
  const before = Buffer.from(files.get(path)!).toString();
  if (!before.includes(from)) throw new Error(`${path} does not contain ${from}`);
  files.set(path, Buffer.from(before.replace(from, to)));
}

export function swap(files: Files, a: string, b: string): void {
  const [first, second] = [files.get(a)!, files.get(b)!];
  files.set(a, second).set(b, first);
}

export function remakeManifest(files: Files): void {
  const covered = [...files].filter(([path]) => !isOutsideManifest(path));
  files.set('manifest-sha256.txt', formatManifest(new Map(covered)));
}

export function readStatement(files: Files): AuditPackageStatement {
  return AuditPackageStatement.parse(
    JSON.parse(Buffer.from(files.get('statement.json')!).toString()),
  );
}

/** Makes the statement fit the manifest again, with whatever else is to be changed in it. */
export function remakeStatement(
  files: Files,
  change: (statement: AuditPackageStatement) => unknown = (statement) => statement,
): void {
  const statement = readStatement(files);
  statement.subject[0].digest.sha256 = sha256Hex(files.get('manifest-sha256.txt')!);
  files.set('statement.json', canonicalBytes(change(statement)));
}

/** Makes the envelope fit the statement and the signature files again. */
export function remakeEnvelope(files: Files): void {
  const signatures = readStatement(files).predicate.signers.map(({ keyid, name }) => ({
    keyid,
    signature: files.get(`sig/${name}.sig`)!,
  }));
  const statement = files.get('statement.json')!;
  files.set(
    'envelope.dsse.json',
    dsseEnvelope('application/vnd.in-toto+json', statement, signatures),
  );
}

export function signStatement(files: Files, keys: readonly TestKey[]): void {
  const pae = preAuthEncoding('application/vnd.in-toto+json', files.get('statement.json')!);
  for (const [i, { name }] of readStatement(files).predicate.signers.entries()) {
    files.set(`sig/${name}.sig`, sign(null, pae, keys[i]!.privateKey));
  }
}

/** What the signatories themselves could hand over: everything re-made and signed with their keys. */
export function collude(
  change: (files: Files) => void,
  restate?: (statement: AuditPackageStatement) => unknown,
  keys: readonly TestKey[] = [ANA, BEN],
): Uint8Array {
  return edit((files) => {
    const manifest = files.get('manifest-sha256.txt');
    change(files);
    if (files.get('manifest-sha256.txt') === manifest) remakeManifest(files);
    remakeStatement(files, restate);
    signStatement(files, keys);
    remakeEnvelope(files);
  });
}
