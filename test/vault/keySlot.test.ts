import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeySlot, createSlot, newDataKey, openSlot } from '../../electron/vault/keySlot';
import type { Kdf } from '../../electron/vault/passphraseKey';
import {
  createPersonKey,
  isPairOf,
  signWith,
  unwrapPersonKey,
} from '../../electron/vault/personKeys';
import { seal, unseal } from '../../electron/vault/sealing';
import { VaultFile, formatVaultFile } from '../../electron/vault/vaultFile';
import { isSignedBy, readPublicKey } from '../../electron/audit/publicKey';
import { PersonId, WorkspaceId } from '../../shared/base/ids';

const workspaceId = WorkspaceId.parse(randomUUID());
const personId = PersonId.parse(randomUUID());
const kdf: Kdf = { name: 'argon2id', m: 65_536, t: 3, p: 4, salt: '5a'.repeat(16) };
// What Argon2id would give; every alteration below is tried against the right passphrase's key.
const masterKey = randomBytes(32);
const dataKey = newDataKey();
const owner = { workspaceId, personId, printedName: 'Ada Analyst' };
const slot = createSlot(owner, kdf, masterKey, dataKey);

describe('a key slot', () => {
  it('gives the data key to the right passphrase alone', () => {
    expect(openSlot(workspaceId, slot, masterKey)?.equals(dataKey)).toBe(true);
    expect(openSlot(workspaceId, slot, randomBytes(32))).toBeNull();
  });

  it('holds the data key in no readable form', () => {
    expect(JSON.stringify(slot)).not.toContain(dataKey.toString('hex'));
    expect(slot.wrappedKey).toHaveLength(2 * (32 + 16));
  });

  it('is refused after any single bit of its text has changed', () => {
    const file = formatVaultFile({ v: 1, workspaceId, name: 'Retail models', slots: [slot] });
    const start = file.indexOf('[');
    const end = file.lastIndexOf(']') + 1;
    const accepted: string[] = [];
    for (let bit = start * 8; bit < end * 8; bit++) {
      const bytes = Buffer.from(file, 'utf8');
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      if (opensAfter(bytes)) accepted.push(bytes.toString('utf8'));
    }
    expect((end - start) * 8).toBeGreaterThan(2500);
    expect(accepted).toEqual([]);
  });

  it('is refused with every other value in every field', () => {
    const changed: readonly KeySlot[] = [
      { ...slot, personId: PersonId.parse(randomUUID()) },
      { ...slot, printedName: 'Eve Other' },
      { ...slot, kdf: { ...kdf, m: 131_072 } },
      { ...slot, kdf: { ...kdf, t: 4 } },
      { ...slot, kdf: { ...kdf, p: 5 } },
      { ...slot, kdf: { ...kdf, salt: '5b'.repeat(16) } },
      { ...slot, kdf: { name: 'scrypt', n: 131_072, r: 8, p: 1, salt: kdf.salt } },
      { ...slot, nonce: '00'.repeat(12) },
      { ...slot, wrappedKey: '00'.repeat(48) },
    ];
    expect(changed.map((one) => openSlot(workspaceId, one, masterKey))).toEqual(
      changed.map(() => null),
    );
    expect(openSlot(randomUUID(), slot, masterKey)).toBeNull();
  });

  function opensAfter(bytes: Buffer): boolean {
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      const file = VaultFile.parse(JSON.parse(text));
      if (formatVaultFile(file) !== text) return false;
      return openSlot(file.workspaceId, file.slots[0]!, masterKey) !== null;
    } catch {
      return false;
    }
  }
});

describe("a person's two keys", () => {
  const log = createPersonKey('log', owner, masterKey);
  const signing = createPersonKey('sign', owner, masterKey);

  it('are two different pairs, each opened by the passphrase and signing under its own name', () => {
    expect(log.stored.keyId).not.toBe(signing.stored.keyId);
    for (const { stored } of [log, signing]) {
      const privateKey = unwrapPersonKey(stored, owner, masterKey)!;
      const publicKey = readPublicKey(stored.publicKeyPem);
      expect(publicKey.fingerprint).toBe(stored.keyId);
      expect(isPairOf(privateKey, stored)).toBe(true);
      const message = Buffer.from('message');
      expect(isSignedBy(publicKey, message, signWith(privateKey, message))).toBe(true);
    }
  });

  it('are closed to another passphrase, person, workspace and purpose', () => {
    const { stored } = signing;
    expect(unwrapPersonKey(stored, owner, randomBytes(32))).toBeNull();
    expect(unwrapPersonKey(stored, { ...owner, personId: randomUUID() }, masterKey)).toBeNull();
    expect(unwrapPersonKey(stored, { ...owner, workspaceId: randomUUID() }, masterKey)).toBeNull();
    expect(unwrapPersonKey({ ...stored, purpose: 'log' }, owner, masterKey)).toBeNull();
    expect(unwrapPersonKey({ ...stored, keyId: log.stored.keyId }, owner, masterKey)).toBeNull();
  });

  it('are refused after any single bit of the wrapped form has changed', () => {
    const { stored } = signing;
    const nBits = stored.wrappedKey.length * 8;
    const accepted = Array.from({ length: nBits }, (_, bit) => {
      const wrappedKey = Buffer.from(stored.wrappedKey);
      wrappedKey[bit >> 3]! ^= 1 << (bit & 7);
      return unwrapPersonKey({ ...stored, wrappedKey }, owner, masterKey);
    }).filter((key) => key !== null);
    expect(nBits).toBe(8 * (48 + 16));
    expect(accepted).toEqual([]);
  });
});

describe('sealing', () => {
  it('is AES-256-GCM: test case 16 of its specification', () => {
    const key = Buffer.from('feffe9928665731c6d6a8f9467308308'.repeat(2), 'hex');
    const nonce = Buffer.from('cafebabefacedbaddecaf888', 'hex');
    const plain = Buffer.from(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
      'hex',
    );
    // That case authenticates bytes which are no text, so only its ciphertext can be compared here.
    const sealed = seal(key, nonce, plain, '');
    expect(sealed.subarray(0, -16).toString('hex')).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    );
    expect(unseal(key, nonce, sealed, '')?.equals(plain)).toBe(true);
    expect(unseal(key, nonce, sealed, 'x')).toBeNull();
    expect(unseal(key, nonce, sealed.subarray(0, 15), '')).toBeNull();
  });
});
