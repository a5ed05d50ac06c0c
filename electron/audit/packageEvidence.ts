import {
  AuditPackageStatement,
  REVOKED_KEYS_PATH,
  RevocationList,
  type RevokedKey,
} from '../../shared/audit/auditPackage';
import { AppFailure } from '../../shared/ipc/errors';
import { STATEMENT_PATH, parseCanonical } from './packageLayout';
import type { PackageFiles, ReadEvent } from './packageLayout';
import { readPublicKey } from './publicKey';
import type { PublicKey } from './publicKey';

const LINE_END = 0x0a;

interface Found {
  files?: PackageFiles;
  manifest?: ReadonlyMap<string, string>;
  statement?: AuditPackageStatement;
  events?: readonly ReadEvent[];
}

const FOUND_IN: Readonly<Record<keyof Found, string>> = {
  files: 'the ZIP file',
  manifest: 'the manifest',
  statement: 'the statement',
  events: 'the audit events',
};

/** Thrown by a step that has nothing to check; the package may still be valid. */
export class Skipped extends Error {}

/** The failure of a step, with a sentence for people. */
export function refuse(reason: string): AppFailure {
  return new AppFailure('INTEGRITY', reason);
}

/** What the steps of one verification have read so far. */
export class Evidence {
  readonly found: Found = {};
  private readonly keys = new Map<string, PublicKey>();

  /** What an earlier step read; @throws Skipped when it could not */
  get<K extends keyof Found>(part: K): NonNullable<Found[K]> {
    const value = this.found[part];
    if (!value) throw new Skipped(`Not checked, because ${FOUND_IN[part]} could not be read.`);
    return value;
  }

  file(path: string): Uint8Array {
    const content = this.get('files').get(path);
    if (!content) throw refuse(`${path} is missing.`);
    return content;
  }

  readStatement(): AuditPackageStatement {
    const bytes = this.file(STATEMENT_PATH);
    try {
      this.found.statement = AuditPackageStatement.parse(parseCanonical(bytes));
    } catch {
      throw refuse(`${STATEMENT_PATH} is not the statement of an audit package in canonical form.`);
    }
    return this.found.statement;
  }

  /** The keys that were revoked when the package was made; older packages have no such list. */
  revokedKeys(): readonly RevokedKey[] {
    const bytes = this.get('files').get(REVOKED_KEYS_PATH);
    if (bytes === undefined) return [];
    const list = RevocationList.safeParse(parseCanonical(bytes.subarray(0, -1)));
    if (bytes.at(-1) !== LINE_END || !list.success)
      throw refuse(`${REVOKED_KEYS_PATH} is not a revocation list.`);
    return list.data;
  }

  /** The key `keys/NAME.pem`. */
  key(name: string): PublicKey {
    const known = this.keys.get(name) ?? readPublicKey(readText(this.file(`keys/${name}.pem`)));
    this.keys.set(name, known);
    return known;
  }

  /** Every readable key of the package by its fingerprint. */
  keysByFingerprint(): ReadonlyMap<string, PublicKey> {
    const names = [...this.get('files').keys()].flatMap(
      (path) => /^keys\/([^/]+)\.pem$/.exec(path)?.[1] ?? [],
    );
    return new Map(names.map((name) => [this.key(name).fingerprint, this.key(name)]));
  }
}

function readText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
