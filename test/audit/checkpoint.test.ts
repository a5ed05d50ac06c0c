import { createHash, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkpointText,
  formatNote,
  hasNoteSignature,
  parseCheckpointText,
  parseNote,
  signNote,
} from '../../electron/audit/checkpoint';
import { readPublicKey } from '../../electron/audit/publicKey';
import { testKey } from './packageFixture';

// The example of golang.org/x/mod/sumdb/note, made by an implementation that is not ours.
const GO_NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
const GO_KEY = 'ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';

const CHECKPOINT = { origin: 'assay/log', size: 42, root: createHash('sha256').digest() };

function pemOf(raw: Uint8Array): string {
  const key = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') };
  return createPublicKey({ key, format: 'jwk' }).export({ format: 'pem', type: 'spki' }).toString();
}

describe('checkpoint', () => {
  it('verifies a note that another implementation signed', () => {
    const key = readPublicKey(pemOf(Buffer.from(GO_KEY, 'base64').subarray(1)));
    const note = parseNote(GO_NOTE);
    expect(hasNoteSignature(note, 'PeterNeumann', key)).toBe(true);
    expect(hasNoteSignature({ ...note, text: `${note.text}x` }, 'PeterNeumann', key)).toBe(false);
    expect(hasNoteSignature(note, 'Peter', key)).toBe(false);
  });

  it('is read back as it was written, with the co-signatures after the signature of the log', () => {
    const [log, ana] = [testKey('log'), testKey('Ana Ruiz')];
    const text = checkpointText(CHECKPOINT);
    const signatures = [
      signNote(text, CHECKPOINT.origin, log.publicKey, log.privateKey),
      signNote(text, 'ana', ana.publicKey, ana.privateKey),
    ];
    const note = parseNote(formatNote({ text, signatures }));
    expect(parseCheckpointText(note.text)).toEqual(CHECKPOINT);
    expect(note.signatures.map(({ name }) => name)).toEqual(['assay/log', 'ana']);
    expect(hasNoteSignature(note, CHECKPOINT.origin, log.publicKey)).toBe(true);
    expect(hasNoteSignature(note, 'ana', ana.publicKey)).toBe(true);
    expect(hasNoteSignature(note, 'ana', log.publicKey)).toBe(false);
  });

  it('refuses every note that differs in form', () => {
    const text = checkpointText(CHECKPOINT);
    const log = testKey('log');
    const good = formatNote({
      text,
      signatures: [signNote(text, CHECKPOINT.origin, log.publicKey, log.privateKey)],
    });
    const bad = [
      '',
      text,
      `${text}\n`,
      good.slice(0, -1),
      `${good}\n`,
      `${good}x\n`,
      good.replace('\u2014', '-'),
      good.replace('\n\n', '\n'),
      good.replace('42', '4\u00002'),
      good.replace('\u2014 assay/log', '\u2014 assay log'),
      good.replaceAll('\n', '\r\n'),
    ];
    for (const note of bad) expect(() => parseNote(note)).toThrow('not a signed note');
  });

  it.each([
    'x\n042\nroot\n',
    'x\n-1\nroot\n',
    'x\n1e3\nroot\n',
    '\n42\nroot\n',
    'x\n42\nroot\nmore\n',
  ])('refuses the text %j', (text) => {
    const root = Buffer.from(CHECKPOINT.root).toString('base64');
    expect(() => parseCheckpointText(text.replace('root', root))).toThrow('not a signed note');
  });
});
