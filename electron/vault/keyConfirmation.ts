import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { PersonId } from '../../shared/base/ids';
import type { SigningFacts } from '../../shared/vault/signable';
import type { Db } from '../db/openDatabase';
import { listKeys, type PublicPersonKey } from './peopleRepo';
import { findSignatures, type StoredSignature } from './vaultRepo';

/** The record that a second person signs to confirm that a key is its owner's. */
export function keyRecord(key: PublicPersonKey) {
  const { keyId, personId, printedName, origin, authorisedBy, publicKeyPem } = key;
  return { v: 1, keyId, personId, printedName, origin, authorisedBy, publicKeyPem };
}

/** After a reset the administrator who gave it counts as an author: they could have used it themselves. */
export function authorsOfKey({ personId, origin, authorisedBy }: PublicPersonKey): PersonId[] {
  return origin === 'reset' && authorisedBy !== null ? [personId, authorisedBy] : [personId];
}

/** The signature that confirmed a key, or null. */
export function confirmationOf(db: Db, key: PublicPersonKey): StoredSignature | null {
  const recordSha256 = createHash('sha256')
    .update(canonicalJson(keyRecord(key)))
    .digest('hex');
  const signatures = findSignatures(db, 'vault.key', key.keyId);
  return (
    signatures.find(
      (signature) => signature.meaning === 'approval' && signature.recordSha256 === recordSha256,
    ) ?? null
  );
}

/** A key that was made with the workspace needs nobody; any other one a second person. */
export function isKeyConfirmed(db: Db, key: PublicPersonKey): boolean {
  return key.origin === 'created' || confirmationOf(db, key) !== null;
}

/** A person's valid signing key as others see it. */
export function findSigningKey(db: Db, personId: PersonId): PublicPersonKey | null {
  return (
    listKeys(db).find(
      (key) => key.personId === personId && key.purpose === 'sign' && !key.isRetired,
    ) ?? null
  );
}

/** Valid signing keys that wait for a second person. */
export function keysToConfirm(db: Db): PublicPersonKey[] {
  return listKeys(db).filter(
    (key) => key.purpose === 'sign' && !key.isRetired && !isKeyConfirmed(db, key),
  );
}

/** Who signed what about a key as it is, for the separation of duties. */
export function keySigningFacts(db: Db, key: PublicPersonKey): SigningFacts {
  const confirmation = confirmationOf(db, key);
  return { authors: authorsOfKey(key), signed: confirmation === null ? [] : [confirmation] };
}
