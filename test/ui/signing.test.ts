import { describe, expect, it } from 'vitest';
import { maySignRecords } from '../../renderer/ui/personStore';
import { signatureState } from '../../renderer/ui/signatureWords';
import {
  actOf,
  firstMeaning,
  meaningItems,
  obstacleLines,
  type SigningDraft,
} from '../../renderer/ui/signingRules';
import { Meaning } from '../../shared/audit/signature';
import type { MeaningChoice, SigningState } from '../../shared/vault/signable';

const OWN_WORK = 'This is your own work.';
const CHOICES: readonly MeaningChoice[] = [
  { meaning: 'review', obstacle: OWN_WORK },
  { meaning: 'approval', obstacle: OWN_WORK },
  { meaning: 'responsibility', obstacle: null },
  { meaning: 'authorship', obstacle: 'You have signed this already.' },
];

const NEEDED: SigningState = {
  needsName: false,
  isClockBehind: false,
  lastEventAtUtc: '2026-11-29T12:00:00.000Z',
  nowUtc: '2026-11-29T12:01:00.000Z',
  obstacle: null,
};

const DRAFT: SigningDraft = {
  meaning: 'approval',
  reason: '  Checked. ',
  printedName: ' Ada Analyst ',
  passphrase: ' seven herons ',
  isClockConfirmed: false,
};

describe('the meaning of a signature', () => {
  it('begins with the proposed one, or with the first that may be stated', () => {
    const responsibility = CHOICES.filter(({ obstacle }) => obstacle === null);
    expect([
      firstMeaning(CHOICES, 'approval'),
      firstMeaning([{ meaning: 'review', obstacle: null }, ...responsibility], 'responsibility'),
      firstMeaning(CHOICES.slice(0, 2), undefined),
    ]).toEqual(['responsibility', 'responsibility', null]);
  });

  it('cannot be chosen where something stands in its way', () => {
    expect(meaningItems(CHOICES).map(({ value, disabled }) => [value, disabled])).toEqual([
      ['review', true],
      ['approval', true],
      ['responsibility', false],
      ['authorship', true],
    ]);
  });

  it('names every obstacle once, with the meanings that it bars', () => {
    expect(obstacleLines(CHOICES)).toEqual([
      'Review, approval: This is your own work.',
      'Authorship: You have signed this already.',
    ]);
    expect(obstacleLines([])).toEqual([]);
  });

  it('has words of its own', () => {
    const items = meaningItems(Meaning.options.map((meaning) => ({ meaning, obstacle: null })));
    expect(new Set(items.map(({ label }) => label)).size).toBe(Meaning.options.length);
  });
});

describe('the act of signing', () => {
  it('sends the reason without spaces around it, and the passphrase as it was typed', () => {
    expect(actOf(DRAFT, NEEDED)).toEqual({
      meaning: 'approval',
      reason: 'Checked.',
      passphrase: ' seven herons ',
      printedName: null,
      isClockConfirmed: false,
    });
  });

  it('sends the name and the confirmed clock only where they are needed', () => {
    const needed = { ...NEEDED, needsName: true, isClockBehind: true };
    const confirmed = { ...DRAFT, isClockConfirmed: true };
    expect(actOf(confirmed, needed)).toMatchObject({
      printedName: 'Ada Analyst',
      isClockConfirmed: true,
    });
    expect(actOf(confirmed, NEEDED)).toMatchObject({ printedName: null, isClockConfirmed: false });
  });

  it.each<[string, Partial<SigningDraft>, Partial<SigningState>]>([
    ['no meaning', { meaning: null }, {}],
    ['no reason', { reason: '  ' }, {}],
    ['no passphrase', { passphrase: '' }, {}],
    ['no name where it is needed', { printedName: ' ' }, { needsName: true }],
    ['a clock that is behind and not confirmed', {}, { isClockBehind: true }],
    ['an obstacle', {}, { obstacle: 'Your key is not confirmed.' }],
  ])('is not complete with %s', (_, draft, needed) => {
    expect(actOf({ ...DRAFT, ...draft }, { ...NEEDED, ...needed })).toBeNull();
  });

  it('is not complete before it is known what it needs', () => {
    expect(actOf(DRAFT, null)).toBeNull();
  });
});

describe('a signature under a record', () => {
  it('is outdated before anything else, then shows that its key was revoked', () => {
    const keyRevokedAtUtc = '2026-11-29T12:00:00.000Z';
    expect(
      [
        { isCurrent: true, keyRevokedAtUtc: null },
        { isCurrent: true, keyRevokedAtUtc },
        { isCurrent: false, keyRevokedAtUtc },
      ].map((signature) => signatureState(signature).state),
    ).toEqual(['ok', 'unknown', 'watch']);
  });

  it('is for reviewers and managers to add', () => {
    expect([
      maySignRecords(['analyst', 'administrator']),
      maySignRecords(['reviewer']),
      maySignRecords(['analyst', 'manager']),
      maySignRecords([]),
    ]).toEqual([false, true, true, false]);
  });
});
