import { canonicalJson } from '../../shared/base/canonicalJson';
import { formatCount } from '../../shared/base/formatNumber';
import type { Signer } from '../app/context';
import { preAuthEncoding } from '../audit/logService';
import { writeZip } from '../io/zip';
import { omsBundle, type OneOffKey } from './omsSigner';
import type { OmsStatement } from './omsStatement';

const STATEMENT_TYPE = 'application/vnd.assay.model-signing-key+json';

/** What a person's own key states about the key that signed the files. */
export interface KeyStatement {
  readonly modelName: string;
  readonly version: number;
  readonly versionId: string;
  readonly snapshotSha256: string;
  /** Digest of the whole manifest, as the bundle's subject has it. */
  readonly rootSha256: string;
  readonly nFiles: number;
  readonly publicKeyPem: string;
  /** SHA-256 of the PEM form. */
  readonly publicKeySha256: string;
}

interface ModelSignature {
  readonly statement: OmsStatement;
  readonly key: OneOffKey;
  readonly record: KeyStatement;
  readonly act: { readonly meaning: string; readonly reason: string; readonly signedAtUtc: string };
  readonly signer: Signer;
}

/** The archive that a recipient gets: bundle and key for any verifier, and whose the key is. */
export function modelSignatureFiles(parts: ModelSignature): Uint8Array {
  const { statement, key, record, act, signer } = parts;
  const { printedName, keyId, publicKeyPem } = signer;
  const stated = canonicalJson({ ...record, ...act, signer: { printedName, keyId } });
  const pae = preAuthEncoding(STATEMENT_TYPE, Buffer.from(stated, 'utf8'));
  return writeZip(
    new Map([
      ['README.txt', text(readme(parts))],
      ['model.sig', text(omsBundle(statement, key))],
      ['model-key.pem', text(key.publicKeyPem)],
      ['key-statement.json', text(stated)],
      ['key-statement.signed', pae],
      ['key-statement.sig', signer.signBytes(pae)],
      ['signer-key.pem', text(publicKeyPem)],
    ]),
  );
}

function text(content: string): Uint8Array {
  return Buffer.from(content, 'utf8');
}

function readme({ record, act, signer }: ModelSignature): string {
  const { modelName, version, nFiles, rootSha256 } = record;
  const [curve, person] = [record.publicKeySha256, signer.keyId];
  return `Signature of the files of ${modelName}, version ${version}
${formatCount(nFiles)} file(s); digest of the whole manifest (SHA-256): ${rootSha256}
Signed by ${signer.printedName} on ${act.signedAtUtc}, meaning: ${act.meaning}. Reason: ${act.reason}

1. The files are what was signed (OpenSSF Model Signing 1.0, method "key"):

   model_signing verify key --signature model.sig --public-key model-key.pem MODEL_FOLDER
   assay registry verify MODEL_FOLDER --bundle model.sig --public-key model-key.pem

   Keep these files outside MODEL_FOLDER: a file there that nobody signed fails the check.

2. The key is the signer's. model-key.pem was made for this one signature (ECDSA P-256, SHA-256 of the file
   ${curve}); key-statement.json says so, and is signed with
   the signer's own key (Ed25519, SHA-256 of its DER form ${person}):

   openssl pkeyutl -verify -pubin -inkey signer-key.pem -rawin -in key-statement.signed -sigfile key-statement.sig
   tail -c "$(wc -c < key-statement.json)" key-statement.signed | cmp - key-statement.json
   openssl pkey -pubin -in signer-key.pem -outform DER | sha256sum

   Compare the last digest with one that you got from the signer by another way.
`;
}
