import { createHash, randomUUID, type KeyObject } from 'node:crypto';
import { RECORD_STATEMENT_TYPE, RecordStatement } from '../../shared/audit/recordStatement';
import type { Signature, SigningAct } from '../../shared/audit/signature';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { SignatureId, type WorkspaceId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { Person } from '../../shared/vault/person';
import type { Signer } from '../app/context';
import {
  currentHead,
  isClockBehind,
  isSignedBy,
  preAuthEncoding,
  utcOffsetMinutes,
  type PublicKey,
} from '../audit/logService';
import type { Db } from '../db/openDatabase';
import { signWith, type PersonKey } from './personKeys';
import { insertSignature, type StoredSignature } from './vaultRepo';

export interface SignerParts {
  readonly workspaceId: WorkspaceId;
  readonly person: Person;
  readonly key: PersonKey;
  readonly privateKey: KeyObject;
  /** Until a second person has confirmed the key, it signs nothing but the owner's accountability. */
  readonly isKeyConfirmed: boolean;
  readonly act: SigningAct;
  nowMs(): number;
}

/** A signer for one act; `end` takes the key away from it. */
export function createSigner(parts: SignerParts): {
  readonly signer: Signer;
  readonly end: () => void;
} {
  const { person, key } = parts;
  let privateKey: KeyObject | null = parts.privateKey;
  function signBytes(bytes: Uint8Array): Uint8Array {
    if (privateKey === null) throw new Error('this signing act has ended');
    return signWith(privateKey, bytes);
  }
  const signer: Signer = {
    keyId: key.keyId,
    printedName: person.printedName,
    publicKeyPem: key.publicKeyPem,
    signBytes(bytes) {
      if (!parts.isKeyConfirmed) throw unconfirmedKey();
      return signBytes(bytes);
    },
    signRecord(db, recordType, recordId, record) {
      const isOwnStatement = recordType === 'vault.accountability';
      if (!parts.isKeyConfirmed && !isOwnStatement) throw unconfirmedKey();
      if (!db.inTransaction) throw new Error('a record is signed inside the write that stores it');
      const recordSha256 = createHash('sha256').update(canonicalJson(record)).digest('hex');
      const statement = statementOf(db, parts, { recordType, recordId, recordSha256 });
      const bytes = Buffer.from(canonicalJson(statement), 'utf8');
      const signature = signBytes(preAuthEncoding(RECORD_STATEMENT_TYPE, bytes));
      const stored = storedSignature(statement, bytes, signature);
      insertSignature(db, stored);
      return toSignature(stored);
    },
  };
  return { signer, end: () => void (privateKey = null) };
}

/** Says what is wrong with a stored signature, or null when it is the signature of what it shows. */
export function signatureProblem(
  stored: StoredSignature,
  key: { readonly publicKey: PublicKey; readonly personId: string } | undefined,
): string | null {
  if (key === undefined) return 'its key is not known';
  const signature = Buffer.from(stored.signatureBase64, 'base64');
  const signed = preAuthEncoding(RECORD_STATEMENT_TYPE, stored.statement);
  if (!isSignedBy(key.publicKey, signed, signature))
    return 'it was not made by the key that it names';
  const statement = RecordStatement.safeParse(
    JSON.parse(Buffer.from(stored.statement).toString('utf8')),
  );
  if (!statement.success) return 'what was signed cannot be read';
  const shown = storedSignature(statement.data, stored.statement, signature);
  const isShown =
    canonicalJson(toSignature({ ...shown, id: stored.id })) === canonicalJson(toSignature(stored));
  const isHere = shown.recordType === stored.recordType && shown.recordId === stored.recordId;
  if (!isShown || !isHere) return 'it shows something else than what was signed';
  return key.personId === stored.personId ? null : 'its key is not a key of the person it names';
}

/** A stored signature without what only the vault needs. */
export function toSignature(stored: Signature): Signature {
  const { id, personId, printedName, meaning, reason, signedAtUtc, utcOffsetMinutes } = stored;
  const { recordSha256, keyId, signatureBase64 } = stored;
  const shown = { id, personId, printedName, meaning, reason, signedAtUtc, utcOffsetMinutes };
  return { ...shown, recordSha256, keyId, signatureBase64 };
}

/** The answer to a signature by a key that nobody has confirmed yet. */
export function unconfirmedKey(): AppFailure {
  return new AppFailure(
    'FORBIDDEN',
    'Your signing key is new, and a second person has not confirmed yet that it is yours. Nothing was signed. Ask somebody to confirm it in Settings, People.',
    { needs: 'keyConfirmation' },
  );
}

function statementOf(
  db: Db,
  { workspaceId, person, key, act, nowMs }: SignerParts,
  record: Pick<RecordStatement, 'recordType' | 'recordId' | 'recordSha256'>,
): RecordStatement {
  const atMs = nowMs();
  const head = currentHead(db);
  return RecordStatement.parse({
    v: 1,
    workspaceId,
    ...record,
    meaning: act.meaning,
    reason: act.reason,
    personId: person.id,
    printedName: person.printedName,
    roles: person.roles,
    signedAtUtc: new Date(atMs).toISOString(),
    utcOffsetMinutes: utcOffsetMinutes(atMs),
    clockState: isClockBehind(db, atMs) ? 'behind' : 'ok',
    logSize: head.size,
    logRootSha256: head.rootSha256,
    keyId: key.keyId,
  });
}

function storedSignature(
  statement: RecordStatement,
  bytes: Uint8Array,
  signature: Uint8Array,
): StoredSignature {
  const { recordType, recordId, recordSha256, personId, printedName, meaning, reason } = statement;
  const { signedAtUtc, utcOffsetMinutes: offset, keyId } = statement;
  return {
    id: SignatureId.parse(randomUUID()),
    recordType,
    recordId,
    recordSha256,
    personId,
    printedName,
    meaning,
    reason,
    signedAtUtc,
    utcOffsetMinutes: offset,
    keyId,
    statement: bytes,
    signatureBase64: Buffer.from(signature).toString('base64'),
  };
}
