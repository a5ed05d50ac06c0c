import { describe, expect, it } from 'vitest';
import { eventAt, EVENTS_PER_PAGE } from '../../renderer/audit/auditStore';
import { actionWords, changeLine, fieldChanges } from '../../renderer/audit/eventWords';
import { parseFingerprints } from '../../renderer/audit/fingerprints';
import { timestampFinding } from '../../renderer/audit/timestampWords';
import { chainFinding, packageFinding } from '../../renderer/audit/verificationWords';
import type { VerificationResult } from '../../shared/audit/auditPackage';
import type { AuditEvent } from '../../shared/audit/auditEvent';
import { Timestamp } from '../../shared/audit/timestampChannels';

const A = 'a1'.repeat(32);
const UUID = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';
const B = 'b2'.repeat(32);

describe('parseFingerprints', () => {
  it('reads lines, a whole cover letter, capital digits and colons', () => {
    const letter = `Signed by:\n  Anna (reviewer), review\n    anna-1a2b3c4d=${A}\n python3 verify.py P.zip --trust log-9=${B.toUpperCase()}\n`;
    expect(parseFingerprints(letter)).toEqual({
      trusted: { 'anna-1a2b3c4d': A, 'log-9': B },
      problem: null,
    });
    expect(parseFingerprints(`anna: ${A.match(/../g)?.join(':') ?? ''}`).trusted).toEqual({
      anna: A,
    });
  });

  it('takes an empty text for no fingerprint', () => {
    expect(parseFingerprints('  \n')).toEqual({ trusted: {}, problem: null });
  });

  it('refuses a text without any, a digest that is too long, and two that contradict each other', () => {
    for (const text of ['hello', `anna=${A}ff`, `anna=${A}\nanna=${B}`]) {
      const { trusted, problem } = parseFingerprints(text);
      expect(trusted).toEqual({});
      expect(problem).not.toBeNull();
    }
  });
});

describe('words of an event', () => {
  it('names known actions and spells out the others', () => {
    expect([actionWords('drift.batchImported'), actionWords('canary.trafficShareChanged')]).toEqual(
      ['Live batch imported', 'Canary: traffic share changed'],
    );
  });

  it('shows old and new of the fields that changed only', () => {
    const event = {
      before: { threshold: 0.1, alpha: 0.05, note: 'x' },
      after: { threshold: 0.15, alpha: 0.05 },
    };
    expect(fieldChanges(event)).toEqual([
      { field: 'threshold', before: '0.1', after: '0.15' },
      { field: 'note', before: 'x', after: null },
    ]);
    expect(changeLine(event)).toBe('threshold: 0.1 → 0.15; note: x → removed');
    expect(
      changeLine({
        before: null,
        after: { modelId: UUID, fileSha256: A, nDrifted: 3, periodStart: '2010-05-01' },
      }),
    ).toBe('drifted: 3; period start: 2010-05-01');
  });

  it('shows what is new without an arrow, and nothing where nothing changed', () => {
    expect(changeLine({ before: null, after: { name: 'A', nested: { deep: [1] } } })).toBe(
      'name: A; nested: {"deep":[1]}',
    );
    expect(changeLine({ before: null, after: null })).toBe('');
    expect(changeLine({ before: 1, after: 2 })).toBe('value: 1 → 2');
  });
});

describe('eventAt', () => {
  it('finds the event of a row, and null while its page is not there', () => {
    const event = { seq: 7 } as AuditEvent; // only its identity matters here
    const pages = new Map([[1, [event]]]);
    expect(eventAt(pages, EVENTS_PER_PAGE)).toBe(event);
    expect(eventAt(pages, EVENTS_PER_PAGE + 1)).toBeNull();
    expect(eventAt(pages, 0)).toBeNull();
  });
});

describe('packageFinding', () => {
  const step = (status: 'passed' | 'failed' | 'skipped', title: string) => ({
    id: 'zipForm' as const,
    title,
    status,
    detail: '',
  });
  const result = (parts: Partial<VerificationResult>): VerificationResult => ({
    isValid: true,
    isTrusted: true,
    steps: [step('passed', 'One'), step('passed', 'Two')],
    summary: null,
    ...parts,
  });

  it('says in state, word and sentence whether a package holds', () => {
    expect(packageFinding('p.zip', result({}))).toEqual({
      state: 'ok',
      label: 'Valid and trusted',
      sentence:
        'p.zip is whole, unchanged and signed with the keys you named: 2 of 2 checks passed.',
    });
  });

  it('never calls a package good whose keys nobody confirmed', () => {
    const finding = packageFinding('p.zip', result({ isTrusted: false }));
    expect([finding.state, finding.label]).toEqual(['watch', 'Valid, signer not confirmed']);
  });

  it('names the first check that failed', () => {
    const steps = [step('passed', 'One'), step('failed', 'Two'), step('failed', 'Three')];
    const { state, sentence } = packageFinding(
      'p.zip',
      result({ isValid: false, isTrusted: false, steps }),
    );
    expect(state).toBe('alert');
    expect(sentence).toContain('1 of 3 checks passed; the first that failed is “Two”');
  });
});

describe('chainFinding', () => {
  const base = { nEvents: 1234, rootSha256: A, verifiedAtUtc: '2026-01-02T03:04:05.000Z' };

  it('tells the number of verified events', () => {
    expect(chainFinding({ ...base, isIntact: true, broken: null })).toMatchObject({
      state: 'ok',
      label: 'Verified 1,234 events',
    });
  });

  it('tells where and why the chain is broken', () => {
    const finding = chainFinding({
      ...base,
      isIntact: false,
      broken: { seq: 17, problem: 'its body was changed' },
    });
    expect(finding).toMatchObject({ state: 'alert', label: 'Chain broken at event 17' });
    expect(finding.sentence).toContain('broken at event 17: its body was changed');
  });
});

describe('timestampFinding', () => {
  const at = '2026-01-02T03:04:05.000Z';
  const timestamp = (logSize: number, authority: string | null): Timestamp =>
    Timestamp.parse({
      id: UUID,
      logSize,
      checkpointSha256: A,
      requestedAtUtc: at,
      requestedBy: 'Ada',
      stamp:
        authority === null
          ? null
          : { stampedAtUtc: at, authority, serialHex: '7', importedAtUtc: at, importedBy: 'Ada' },
    });

  it('says how much of the log is stamped, by whom, and what is waited for', () => {
    expect(timestampFinding([timestamp(1234, 'CN=TSA'), timestamp(12, 'CN=Older')])).toBe(
      'The first 1,234 events existed by 2026-01-02 03:04:05 UTC, as CN=TSA states.',
    );
    expect(timestampFinding([timestamp(20, null), timestamp(1, 'CN=TSA')])).toBe(
      'The first event existed by 2026-01-02 03:04:05 UTC, as CN=TSA states. 1 request waits for a response.',
    );
    expect(timestampFinding([timestamp(20, null), timestamp(12, null)])).toBe(
      'No part of the log is stamped yet; 2 requests wait for a response.',
    );
  });
});
