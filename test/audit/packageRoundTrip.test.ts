import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assemble, buildUnsigned } from '../../electron/audit/packageBuilder';
import { packageCoverLetter } from '../../electron/audit/packageReadme';
import { verifyPackage } from '../../electron/audit/verifyPackage';
import { readZip } from '../../electron/io/zip';
import {
  VERIFICATION_STEPS,
  VerificationResult,
  keyFileName,
} from '../../shared/audit/auditPackage';
import {
  ANA,
  ANA_NAME,
  BEN,
  BEN_NAME,
  LETTER,
  LOG_NAME,
  makePackage,
  packageInput,
} from './packageFixture';

const UNSIGNED = buildUnsigned(packageInput());

function signatureOf(key: typeof ANA) {
  return { keyid: key.publicKey.fingerprint, signature: sign(null, UNSIGNED.pae, key.privateKey) };
}

describe('audit package', () => {
  it('is valid and trusted with the fingerprints of the letter', () => {
    const result = verifyPackage(makePackage(), { trusted: LETTER });
    expect(result.steps.map(({ id, status }) => [id, status])).toEqual(
      Object.keys(VERIFICATION_STEPS).map((id) => [id, 'passed']),
    );
    expect(result).toMatchObject({
      isValid: true,
      isTrusted: true,
      summary: {
        fileCount: 18,
        eventCount: 6,
        predicate: {
          packageSeq: 3,
          scope: { modelName: 'Cr\u00e9dit \u2116 1', periodStart: '2026-01-01', periodEnd: null },
          signers: [
            { name: ANA_NAME, meaning: 'authorship' },
            { name: BEN_NAME, role: 'reviewer' },
          ],
          log: { size: 9, keyName: LOG_NAME },
        },
      },
    });
    expect(VerificationResult.parse(result)).toEqual(result);
  });

  it('is valid but not trusted without the letter, and says what to compare', () => {
    const result = verifyPackage(makePackage());
    expect([result.isValid, result.isTrusted]).toEqual([true, false]);
    const open = result.steps.filter(({ status }) => status !== 'passed');
    expect(open).toEqual([
      {
        id: 'trustedKeys',
        title: VERIFICATION_STEPS.trustedKeys,
        status: 'skipped',
        detail: `Compare these fingerprints with the cover letter: ${ANA_NAME}=${ANA.publicKey.fingerprint}, ${BEN_NAME}=${BEN.publicKey.fingerprint}`,
      },
    ]);
  });

  it('has the layout that its README describes', () => {
    expect([...readZip(makePackage()).keys()]).toEqual([
      'README.txt',
      'audit/checkpoint.txt',
      'audit/log.jsonl',
      'audit/proofs.json',
      'data/drift/report-1.csv',
      'data/drift/report-1.json',
      'data/model.json',
      'envelope.dsse.json',
      `keys/${ANA_NAME}.pem`,
      `keys/${BEN_NAME}.pem`,
      `keys/${LOG_NAME}.pem`,
      'manifest-sha256.txt',
      'report.html',
      `sig/${ANA_NAME}.sig`,
      `sig/${BEN_NAME}.sig`,
      'statement.json',
      'verify.py',
      'verify.sh',
    ]);
  });

  it('is the same bytes for the same input, whatever the order of the records', () => {
    const input = packageInput();
    const shuffled = { ...input, records: new Map([...input.records].reverse()) };
    expect(Buffer.compare(makePackage(input), makePackage(shuffled))).toBe(0);
  });

  it('may hold no events at all', () => {
    const input = packageInput();
    const empty = { ...input, events: [], tree: { ...input.tree, proofs: [] } };
    expect(verifyPackage(makePackage(empty), { trusted: LETTER }).isTrusted).toBe(true);
  });

  it('takes the signatures in any order, but each by its own key and none besides', () => {
    const [ana, ben] = [signatureOf(ANA), signatureOf(BEN)];
    expect(Buffer.compare(assemble(UNSIGNED, [ben, ana]), makePackage())).toBe(0);
    const wrong = [
      [],
      [ana],
      [ana, { ...ben, signature: ana.signature }],
      [ana, ben, { keyid: '0'.repeat(64), signature: ana.signature }],
    ];
    for (const signatures of wrong) {
      expect(() => assemble(UNSIGNED, signatures)).toThrow(
        expect.objectContaining({ code: 'INTEGRITY' }),
      );
    }
  });

  it('refuses input that has no place in a package', () => {
    const input = packageInput();
    const bytes = Buffer.from('x');
    const noLogKey = input.keys.filter(({ role }) => role !== 'log');
    const wrong = [
      { ...input, records: new Map([['data/../report.html', bytes]]) },
      { ...input, records: new Map([['keys/eve.pem', bytes]]) },
      { ...input, records: new Map([['data/b\u0430d.json', bytes]]) },
      { ...input, keys: noLogKey },
      { ...input, keys: input.keys.filter(({ name }) => name !== BEN.name) },
      { ...input, packageSeq: 0 },
      { ...input, signers: [] },
      { ...input, workspace: { id: '1', name: 'two\nlines' } },
      { ...input, checkpoint: 'none' },
    ];
    for (const bad of wrong) {
      expect(() => buildUnsigned(bad)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    }
  });

  it('names key files after people in any script', () => {
    const fingerprint = '0123456789'.repeat(7).slice(0, 64);
    expect(
      ['Ana Ru\u00edz', ' J.-P. O\u2019Neil ', '\u738b\u5c0f\u660e', 'x'.repeat(99)].map((name) =>
        keyFileName(name, fingerprint),
      ),
    ).toEqual([
      'ana-ruiz-01234567',
      'j-p-o-neil-01234567',
      'key-01234567',
      `${'x'.repeat(40)}-01234567`,
    ]);
  });

  it('comes with a cover letter that holds every fingerprint and the command', () => {
    const { summary } = verifyPackage(makePackage());
    const letter = packageCoverLetter(summary!.predicate);
    expect(letter).toContain(`--trust ${ANA_NAME}=${ANA.publicKey.fingerprint}`);
    expect(letter).toContain(`${BEN_NAME}=${BEN.publicKey.fingerprint}`);
  });
});
