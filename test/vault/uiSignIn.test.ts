import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noticesOf } from '../../renderer/app/noticeWords';
import { actionWords } from '../../renderer/audit/eventWords';
import { acceptedPassphrase } from '../../renderer/vault/newPassphrase';
import { PersonId } from '../../shared/base/ids';
import type { VaultStatus } from '../../shared/vault/channels';
import type { Role } from '../../shared/vault/person';

type Unlocked = Extract<VaultStatus, { state: 'unlocked' }>;

const ID = PersonId.parse('0c19ca52-3be9-4af7-9be4-69b2a2f74f34');

const QUIET: Unlocked['notices'] = {
  keysToConfirm: [],
  mustSignAccountability: false,
  isSlotUnexpected: false,
  hasRecoveryKit: true,
};

function statusWith(notices: Partial<Unlocked['notices']>, roles: Role[] = ['administrator']) {
  const person = { id: ID, printedName: 'Ada Analyst', roles };
  return { notices: { ...QUIET, ...notices }, person, isSample: false };
}

function keysOf(...names: string[]): Unlocked['notices']['keysToConfirm'] {
  return names.map((printedName) => ({ personId: ID, printedName, origin: 'invited' }));
}

describe('a new passphrase', () => {
  const passphrase = 'seven quiet herons';
  it('is taken when it was typed twice alike and is strong enough', () => {
    const strength = { isAccepted: true };
    expect(acceptedPassphrase({ passphrase, repeated: passphrase, strength })).toBe(passphrase);
  });

  it.each([
    ['typed once', passphrase, '', { isAccepted: true }],
    ['typed differently', passphrase, `${passphrase} `, { isAccepted: true }],
    ['weak', passphrase, passphrase, { isAccepted: false }],
    ['not measured', passphrase, passphrase, null],
    ['empty', '', '', { isAccepted: true }],
  ])('is not taken when it is %s', (_, typed, repeated, strength) => {
    expect(acceptedPassphrase({ passphrase: typed, repeated, strength })).toBeNull();
  });
});

describe('what waits for a person', () => {
  it('is nothing when everything is done', () => {
    expect(noticesOf(statusWith({}), 0)).toEqual([]);
  });

  it('comes with the gravest of its kind first, each with the page that helps', () => {
    const status = statusWith({
      keysToConfirm: keysOf('Ben'),
      mustSignAccountability: true,
      isSlotUnexpected: true,
      hasRecoveryKit: false,
    });
    expect(noticesOf(status, 3).map(({ link }) => link.to)).toEqual([
      '/audit',
      '/audit',
      '/settings/people',
      '/settings/access',
      '/settings/recovery',
    ]);
  });

  it('counts failed attempts', () => {
    expect([1, 3].map((n) => noticesOf(statusWith({}), n)[0]?.text)).toEqual([
      '1 failed attempt to sign in since the last sign-in. It is in the audit log.',
      '3 failed attempts to sign in since the last sign-in. They are in the audit log.',
    ]);
  });

  it('names whose keys wait, and each person once', () => {
    const textFor = (...names: string[]) =>
      noticesOf(statusWith({ keysToConfirm: keysOf(...names) }), 0)[0]?.text;
    expect(textFor('Ben', 'Ben')).toBe(
      'The new signing key of Ben waits for a second person to confirm it.',
    );
    expect(textFor('Ben', 'Cy')).toContain('of Ben and Cy wait for');
    expect(textFor('Ben', 'Cy', 'Di', 'Eve', 'Flo')).toContain('of Ben, Cy, Di and 2 others wait');
  });

  it('asks administrators alone for a recovery kit, and not in the sample', () => {
    const missing = { hasRecoveryKit: false };
    const sample = { ...statusWith(missing), isSample: true };
    expect([
      noticesOf(statusWith(missing), 0).length,
      noticesOf(statusWith(missing, ['analyst', 'manager']), 0).length,
      noticesOf(sample, 0).length,
    ]).toEqual([1, 0, 0]);
  });
});

describe('the words of events', () => {
  it('has some for everything about people and keys that is put on record', () => {
    const folder = join(import.meta.dirname, '../../electron/vault');
    const source = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const recorded = [...source.matchAll(/(?:write\(\s*|action = .*)'(vault\.\w+)'/g)]
      .map(([, action]) => action ?? '')
      .filter((action) => actionWords(action).startsWith('Vault:'));
    expect(recorded).toEqual([]);
    expect(actionWords('vault.slotNotAsRecorded')).toBe('Key slot not as recorded');
  });
});
