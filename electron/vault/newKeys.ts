import type { PersonId } from '../../shared/base/ids';
import type { LogSigner } from '../audit/logService';
import type { Db } from '../db/openDatabase';
import { insertPersonKey, type KeyFacts } from './peopleRepo';
import { createPersonKey, keyBinding, signWith } from './personKeys';

/** A person's two new keys, before anything is stored. */
export interface NewKeys {
  /** Signs the event that brings them in. */
  readonly signer: LogSigner;
  /** Goes into that event: both keys, and the signing key's own statement that they belong together. */
  readonly binding: {
    readonly logKeyId: string;
    readonly signingKeyId: string;
    readonly signingKeyProof: string;
  };
  insert(db: Db, facts: KeyFacts): void;
}

export function createKeyPair(
  owner: { readonly workspaceId: string; readonly personId: PersonId },
  personKek: Buffer,
): NewKeys {
  const logKey = createPersonKey('log', owner, personKek);
  const signingKey = createPersonKey('sign', owner, personKek);
  const { keyId: logKeyId, publicKeyPem } = logKey.stored;
  const signingKeyId = signingKey.stored.keyId;
  const proof = signWith(signingKey.privateKey, keyBinding(owner, logKeyId, signingKeyId));
  return {
    signer: {
      keyId: logKeyId,
      publicKeyPem,
      signBytes: (bytes) => signWith(logKey.privateKey, bytes),
    },
    binding: {
      logKeyId,
      signingKeyId,
      signingKeyProof: Buffer.from(proof).toString('base64'),
    },
    insert(db, facts) {
      insertPersonKey(db, owner.personId, logKey.stored, facts);
      insertPersonKey(db, owner.personId, signingKey.stored, facts);
    },
  };
}
