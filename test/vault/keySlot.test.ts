import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createSlot,
  newKey,
  openSlot,
  sealDataKey,
  slotDigest,
  type KeySlot,
} from '../../electron/vault/keySlot';
import type { Kdf } from '../../electron/vault/passphraseKey';
import {
  createPersonKey,
  isPairOf,
  signWith,
  unwrapPersonKey,
} from '../../electron/vault/personKeys';
import { deriveChildKey, seal, unseal } from '../../electron/vault/sealing';
import { VaultFile, formatVaultFile } from '../../electron/vault/vaultFile';
import { isSignedBy, readPublicKey } from '../../electron/audit/publicKey';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { PersonId, WorkspaceId } from '../../shared/base/ids';

const workspaceId = WorkspaceId.parse(randomUUID());
const personId = PersonId.parse(randomUUID());
const kdf: Kdf = { name: 'argon2id', m: 65_536, t: 3, p: 4, salt: '5a'.repeat(16) };
// What Argon2id would give; every alteration below is tried against the right passphrase's key.
const masterKey = randomBytes(32);
const keys = { personKek: newKey(), dataKey: newKey() };
const owner = { workspaceId, personId };
let slot: Awaited<ReturnType<typeof createSlot>>;
beforeAll(async () => {
  const named = { personId, printedName: 'Ada Analyst', isOneTime: false };
  slot = await createSlot(workspaceId, named, { kdf, masterKey, keys });
});

describe('a key slot', () => {
  it('gives the keys to the right passphrase alone', async () => {
    expect(await openSlot(workspaceId, slot, masterKey)).toEqual(keys);
    expect(await openSlot(workspaceId, slot, randomBytes(32))).toBeNull();
  });

  it('gives nothing to 1,000 wrong passphrases', async () => {
    let nOpened = 0;
    for (let i = 0; i < 1000; i++) {
      if ((await openSlot(workspaceId, slot, randomBytes(32))) !== null) nOpened += 1;
    }
    expect(nOpened).toBe(0);
  });

  it('still opens in the form of the first Assay', async () => {
    const nonce = randomBytes(12);
    const open = { v: 1 as const, personId, printedName: 'Ada', kdf, nonce: nonce.toString('hex') };
    const slotKey = deriveChildKey(masterKey, 'assay/kek/dek/v1');
    const sealed = seal(slotKey, nonce, keys.dataKey, canonicalJson({ ...open, workspaceId }));
    const first: KeySlot = { ...open, wrappedKey: sealed.toString('hex') };
    const opened = await openSlot(workspaceId, first, masterKey);
    expect(opened).toEqual({ personKek: masterKey, dataKey: keys.dataKey });
    expect(await openSlot(workspaceId, { ...first, printedName: 'Eve' }, masterKey)).toBeNull();
  });

  it('takes another data key without its owner, and stays recognisable', async () => {
    const next = newKey();
    const sealedDataKey = await sealDataKey(workspaceId, slot, next);
    const resealed = { ...slot, sealedDataKey };
    const opened = await openSlot(workspaceId, resealed, masterKey);
    expect(opened).toEqual({ personKek: keys.personKek, dataKey: next });
    expect(slotDigest(resealed)).toBe(slotDigest(slot));
    expect(slotDigest({ ...slot, isOneTime: true })).not.toBe(slotDigest(slot));
  });

  it('holds the keys in no readable form', () => {
    for (const key of [keys.dataKey, keys.personKek])
      expect(JSON.stringify(slot)).not.toContain(key.toString('hex'));
  });

  it('is refused after any single bit of its text has changed', async () => {
    const name = 'Retail models';
    const whole = { v: 2 as const, workspaceId, name, slots: [slot], recovery: null, next: null };
    const file = formatVaultFile(whole);
    const start = file.indexOf('[');
    const end = file.lastIndexOf(']') + 1;
    const accepted: string[] = [];
    for (let bit = start * 8; bit < end * 8; bit++) {
      const bytes = Buffer.from(file, 'utf8');
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      if (await opensAfter(bytes)) accepted.push(bytes.toString('utf8'));
    }
    expect((end - start) * 8).toBeGreaterThan(4500);
    expect(accepted).toEqual([]);
  });

  it('is refused with every other value in every field', async () => {
    const changed: readonly KeySlot[] = [
      { ...slot, personId: PersonId.parse(randomUUID()) },
      { ...slot, printedName: 'Eve Other' },
      { ...slot, kdf: { ...kdf, m: 131_072 } },
      { ...slot, kdf: { ...kdf, t: 4 } },
      { ...slot, kdf: { ...kdf, p: 5 } },
      { ...slot, kdf: { ...kdf, salt: '5b'.repeat(16) } },
      { ...slot, kdf: { name: 'scrypt', n: 131_072, r: 8, p: 1, salt: kdf.salt } },
      { ...slot, nonce: '00'.repeat(12) },
      { ...slot, wrappedKek: '00'.repeat(48) },
      { ...slot, sealedDataKey: '00'.repeat(80) },
      { ...slot, publicKey: '09'.repeat(32) },
      { ...slot, isOneTime: true },
    ];
    const opened = changed.map((one) => openSlot(workspaceId, one, masterKey));
    expect(await Promise.all(opened)).toEqual(changed.map(() => null));
    expect(await openSlot(randomUUID(), slot, masterKey)).toBeNull();
  });

  async function opensAfter(bytes: Buffer): Promise<boolean> {
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      const file = VaultFile.parse(JSON.parse(text));
      if (formatVaultFile(file) !== text) return false;
      return (await openSlot(file.workspaceId, file.slots[0]!, masterKey)) !== null;
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
