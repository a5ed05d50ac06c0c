import { createHash, sign, verify } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readPublicKey } from '../../electron/audit/publicKey';
import { VERIFIER_FOLDER, testKey } from './packageFixture';
import { hasTools } from './requireTools';

const CODE = `
import json, sys, verify
print(json.dumps([verify.ed25519_verify(*map(bytes.fromhex, case)) for case in json.load(sys.stdin)]))`;

type HexCase = readonly [key: string, message: string, signature: string];

function verifyInPython(cases: readonly HexCase[]): boolean[] {
  const { stdout } = spawnSync('python3', ['-B', '-c', CODE], {
    cwd: VERIFIER_FOLDER,
    encoding: 'utf8',
    input: JSON.stringify(cases),
  });
  return JSON.parse(stdout);
}

// RFC 8032, section 7.1, tests 1 to 3.
const RFC_CASES: readonly HexCase[] = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
];

function nodeVerdict([key, message, signature]: HexCase): boolean {
  const der = Buffer.from(`302a300506032b6570032100${key}`, 'hex').toString('base64');
  const pem = `-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----\n`;
  return verify(
    null,
    Buffer.from(message, 'hex'),
    readPublicKey(pem).key,
    Buffer.from(signature, 'hex'),
  );
}

function flip(hex: string, bit: number): string {
  const bytes = Buffer.from(hex, 'hex');
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return bytes.toString('hex');
}

describe.skipIf(!hasTools('python3'))('the Ed25519 of verify.py', () => {
  it('accepts the signatures of RFC 8032', () => {
    expect(verifyInPython(RFC_CASES)).toEqual([true, true, true]);
  });

  it('agrees with OpenSSL on every single-bit change of a key, a message or a signature', () => {
    const [key, , signature] = RFC_CASES[1]!;
    const cases = [
      ...Array.from({ length: 512 }, (_, bit): HexCase => [key, '72', flip(signature, bit)]),
      ...Array.from({ length: 256 }, (_, bit): HexCase => [flip(key, bit), '72', signature]),
      ...Array.from({ length: 8 }, (_, bit): HexCase => [key, flip('72', bit), signature]),
    ];
    expect(verifyInPython(cases)).toEqual(cases.map(nodeVerdict));
    expect(cases.map(nodeVerdict)).not.toContain(true);
  });

  it('accepts what Node signs, for many keys and messages', () => {
    const cases = Array.from({ length: 60 }, (_, i): HexCase => {
      const { publicKey, privateKey } = testKey(`person ${i % 20}`);
      const message = createHash('shake256', { outputLength: i * 7 + 1 })
        .update(String(i))
        .digest();
      const hex = [publicKey.raw, message, sign(null, message, privateKey)].map((bytes) =>
        Buffer.from(bytes).toString('hex'),
      );
      return [hex[0]!, hex[1]!, hex[2]!];
    });
    expect(verifyInPython(cases)).toEqual(cases.map(() => true));
  });
});
