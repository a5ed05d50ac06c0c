import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dsseEnvelope, preAuthEncoding } from '../../electron/audit/dsse';
import { isSignedBy, readPublicKey } from '../../electron/audit/publicKey';
import { testKey } from './packageFixture';

describe('DSSE', () => {
  it('encodes type and body as the protocol shows it', () => {
    const encoded = preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
    expect(Buffer.from(encoded).toString()).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  it('counts bytes, not characters', () => {
    const encoded = preAuthEncoding('\u00e9', Buffer.from('\u20ac'));
    expect(Buffer.from(encoded).toString()).toBe('DSSEv1 2 \u00e9 3 \u20ac');
  });

  it('writes the envelope as canonical JSON in the order of the signatures', () => {
    const envelope = dsseEnvelope('t', Buffer.from('{}'), [
      { keyid: 'b', signature: Uint8Array.of(255) },
      { keyid: 'a', signature: Uint8Array.of(0, 1) },
    ]);
    expect(Buffer.from(envelope).toString()).toBe(
      '{"payload":"e30=","payloadType":"t","signatures":[{"keyid":"b","sig":"/w=="},{"keyid":"a","sig":"AAE="}]}',
    );
  });
});

describe('public key', () => {
  it('has the fingerprint that openssl pkey -outform DER | sha256sum prints', () => {
    // The public key of RFC 8032, test 1, and the digest that those two commands print for it.
    const pem = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
-----END PUBLIC KEY-----
`;
    expect(readPublicKey(pem).fingerprint).toBe(
      '06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9',
    );
    const bad = [
      pem.trimEnd(),
      pem.replace('MCow', 'MCox'),
      `\n${pem}`,
      pem.replace('o=', 'p='),
      '',
    ];
    for (const text of bad) expect(() => readPublicKey(text)).toThrow('not an Ed25519 public key');
  });

  it('accepts its own signature only', () => {
    const [ana, ben] = [testKey('Ana Ruiz'), testKey('Ben Okoye')];
    const message = Buffer.from('message');
    const signature = sign(null, message, ana.privateKey);
    expect(isSignedBy(ana.publicKey, message, signature)).toBe(true);
    expect(isSignedBy(ben.publicKey, message, signature)).toBe(false);
    expect(isSignedBy(ana.publicKey, Buffer.from('massage'), signature)).toBe(false);
    expect(isSignedBy(ana.publicKey, message, signature.subarray(1))).toBe(false);
  });
});
