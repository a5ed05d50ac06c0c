import { describe, expect, it } from 'vitest';
import { paletteItems } from '../../renderer/app/paletteItems';
import { settingsTabOf, SETTINGS_TABS } from '../../renderer/app/settingsTabs';
import { codeGroups, fingerprintGroups } from '../../renderer/vault/fingerprintGroups';
import {
  accessObstacle,
  confirmObstacle,
  isConfirmable,
  keyLook,
  keyVoucher,
  kitSentence,
  mayCall,
  myAccessSentence,
  noKeySentence,
  originSentence,
  peopleSentence,
  personStateLook,
  rolesText,
  whoCan,
  type PersonKey,
} from '../../renderer/vault/peopleWords';
import { callWords, matrixOf, matrixSentence } from '../../renderer/vault/roleMatrix';
import { PersonId } from '../../shared/base/ids';
import type { Permission, PersonDetails } from '../../shared/vault/peopleChannels';

const AT = '2026-11-26T03:04:05.000Z';

const CONFIRMED: PersonKey = {
  keyId: '0123456789abcdef'.repeat(4),
  origin: 'invited',
  authorisedBy: 'Ada Author',
  madeAtUtc: AT,
  confirmedBy: 'Rita Reviewer',
  isConfirmed: true,
  confirmObstacle: 'It is confirmed.',
};
const WAITING: PersonKey = {
  ...CONFIRMED,
  confirmedBy: null,
  isConfirmed: false,
  confirmObstacle: null,
};

function person(n: number, change: Partial<PersonDetails> = {}): PersonDetails {
  return {
    id: PersonId.parse(`0c19ca52-3be9-4af7-9be4-69b2a2f74f3${n}`),
    printedName: `Person ${n}`,
    roles: ['analyst'],
    state: 'active',
    identityCheck: 'Passport',
    addedAtUtc: AT,
    deactivatedAtUtc: null,
    revision: 0,
    key: CONFIRMED,
    accountabilitySignedAtUtc: AT,
    lastSignInAtUtc: AT,
    training: [],
    ...change,
  };
}

describe('the sentence about the people', () => {
  it('counts who is there, who is active and what waits', () => {
    const people = [
      person(1),
      person(2),
      person(3, { key: WAITING }),
      person(4, { state: 'deactivated', key: null, deactivatedAtUtc: AT }),
    ];
    expect(peopleSentence(people)).toBe('4 people, 3 active; 1 new key waits for a second person.');
  });

  it('names those who have yet to sign in, and says so when no key waits', () => {
    const people = [
      person(1),
      person(2, { state: 'invited', key: null }),
      person(3, { state: 'reset', key: null }),
    ];
    expect(peopleSentence(people)).toBe(
      '3 people, 1 active; 2 have yet to sign in; no key waits for a second person.',
    );
    expect(peopleSentence([person(1)])).toBe(
      '1 person, 1 active; no key waits for a second person.',
    );
    expect(peopleSentence([person(1, { key: WAITING }), person(2, { key: WAITING })])).toContain(
      '2 new keys wait for a second person',
    );
  });
});

describe('a person in words', () => {
  it('has roles in their fixed order, whatever the order on record', () => {
    expect(rolesText(['administrator', 'analyst'])).toBe('Analyst, Administrator');
  });

  it('never shows a state that needs care as good', () => {
    expect(personStateLook('active')).toEqual({ state: 'ok', label: 'Active' });
    expect(personStateLook('invited').state).toBe('watch');
    expect(personStateLook('reset').state).toBe('watch');
    expect(personStateLook('deactivated').state).toBe('unknown');
  });
});

describe('a signing key in words', () => {
  it('tells confirmed, waiting and none apart, and who vouches', () => {
    expect(keyLook(CONFIRMED)).toEqual({ state: 'ok', label: 'Confirmed' });
    expect(keyVoucher(CONFIRMED)).toBe('by Rita Reviewer');
    expect(keyLook(WAITING)).toEqual({ state: 'watch', label: 'Waiting' });
    expect(keyVoucher(WAITING)).toBe('for a second person');
    expect(keyVoucher(null)).toBeNull();
    expect(keyLook(null)).toEqual({ state: 'unknown', label: 'No key' });
    expect(keyVoucher({ ...CONFIRMED, origin: 'created', confirmedBy: null })).toBe(
      'made with the workspace',
    );
  });

  it('says how it came and who gave the access', () => {
    expect(originSentence(CONFIRMED)).toBe(
      'Made at the first sign-in after an invitation, 2026-11-26 03:04:05 UTC; authorised by Ada Author.',
    );
    expect(originSentence({ ...CONFIRMED, origin: 'created', authorisedBy: null })).toBe(
      'Made with the workspace, 2026-11-26 03:04:05 UTC.',
    );
  });

  it('says why there is none', () => {
    expect(noKeySentence('deactivated')).toContain('Revoked when the person was deactivated');
    expect(noKeySentence('reset')).toContain('Revoked by the reset');
    expect(noKeySentence('invited')).toContain('first signs in');
  });

  it('is offered for confirmation only while it waits and nothing stands in the way', () => {
    const own = { ...WAITING, confirmObstacle: 'This is your own work.' };
    expect([CONFIRMED, WAITING, own, null].map(isConfirmable)).toEqual([false, true, false, false]);
    expect(confirmObstacle(own)).toBe('This is your own work.');
    // A confirmed key has an obstacle too, which is no news to anybody.
    expect(confirmObstacle(CONFIRMED)).toBeNull();
    expect(confirmObstacle(null)).toBeNull();
  });
});

describe('who may do what', () => {
  it('follows the table of the gate', () => {
    expect(mayCall(['manager'], 'vault.recordTraining')).toBe(true);
    expect(mayCall(['analyst', 'reviewer'], 'vault.recordTraining')).toBe(false);
    expect(mayCall(['manager'], 'vault.addPerson')).toBe(false);
    expect(mayCall([], 'vault.listPeople')).toBe(false);
    expect(whoCan('vault.recordTraining', 'add training notes')).toBe(
      'Only a manager or an administrator can add training notes.',
    );
  });

  it('lets an administrator change the access of others who are not deactivated', () => {
    const { id } = person(1);
    const administrator = { id, roles: ['administrator'] as const };
    expect(accessObstacle(person(2), administrator)).toBeNull();
    expect(accessObstacle(person(1), administrator)).toContain('Nobody changes their own access');
    expect(accessObstacle(person(2, { state: 'deactivated' }), administrator)).toContain(
      'Deactivated for ever',
    );
    expect(accessObstacle(person(2), { id, roles: ['manager'] })).toBe(
      'Only an administrator can change roles, reset access or deactivate a person.',
    );
  });
});

describe('what a person still lacks to sign', () => {
  it('is named, or there is nothing', () => {
    expect(myAccessSentence(person(1))).toContain('nothing stands between you');
    expect(myAccessSentence(person(1, { key: WAITING, accountabilitySignedAtUtc: null }))).toBe(
      'Before you sign records: a second person must confirm your key, and you have yet to sign your accountability.',
    );
    expect(myAccessSentence(person(1, { key: null }))).toBe(
      'Before you sign records: you have no signing key.',
    );
  });
});

describe('the recovery kit', () => {
  it('is named with its maker and its time, or its absence with what follows', () => {
    expect(kitSentence({ madeBy: 'Ada', madeAtUtc: AT })).toBe(
      'A recovery kit made by Ada at 2026-11-26 03:04:05 UTC is valid.',
    );
    expect(kitSentence(null)).toContain('There is no recovery kit');
  });
});

describe('groups to read aloud', () => {
  it('cuts a fingerprint into four of 16 digits and loses none', () => {
    const groups = fingerprintGroups(CONFIRMED.keyId);
    expect(groups.map((group) => group.length)).toEqual([16, 16, 16, 16]);
    expect(groups.join('')).toBe(CONFIRMED.keyId);
    expect(fingerprintGroups('')).toEqual([]);
  });

  it('shows a code in the groups in which it was made', () => {
    const code = Array.from({ length: 8 }, (_, i) => `${i}K2M`).join('-');
    expect(codeGroups(code)).toHaveLength(8);
    expect(codeGroups('7K2M-9QXA')).toEqual(['7K2M', '9QXA']);
  });
});

const PERMISSIONS: readonly Permission[] = [
  { call: 'vault.status', roles: ['analyst'], needsSignIn: false, changesRecords: false },
  { call: 'vault.setRoles', roles: ['administrator'], needsSignIn: true, changesRecords: true },
  { call: 'drift.latestReports', roles: ['analyst'], needsSignIn: true, changesRecords: false },
  { call: 'vault.listPeople', roles: ['analyst'], needsSignIn: true, changesRecords: false },
  { call: 'later.makeThing', roles: ['manager'], needsSignIn: true, changesRecords: true },
];

describe('the role matrix', () => {
  const callsOf = (typed: string): string[] =>
    matrixOf(PERMISSIONS, typed).groups.flatMap(({ rows }) => rows.map(({ call }) => call));

  it('groups calls by capability and lists apart what needs nobody signed in', () => {
    const { groups, open } = matrixOf(PERMISSIONS, '');
    expect(groups.map(({ label, rows }) => [label, rows.length])).toEqual([
      ['Workspace, people and signatures', 2],
      ['Monitoring', 1],
      ['Later', 1],
    ]);
    expect(open.map(({ call }) => call)).toEqual(['vault.status']);
  });

  it('is filtered by name, capability, effect and role', () => {
    expect(callsOf('LIST people')).toEqual(['vault.listPeople']);
    expect(callsOf('monitoring')).toEqual(['drift.latestReports']);
    expect(callsOf('changes records')).toEqual(['vault.setRoles', 'later.makeThing']);
    expect(callsOf('administrator')).toEqual(['vault.setRoles']);
    expect(callsOf('no such call')).toEqual([]);
  });

  it('is counted in one sentence', () => {
    expect(matrixSentence(PERMISSIONS)).toBe(
      '5 calls; 2 change records. 1 of them works before anybody signs in.',
    );
    expect(matrixSentence(PERMISSIONS.slice(1, 2))).toBe('1 call; 1 changes records.');
  });

  it('puts the name of a call into words', () => {
    expect(callWords('vault.signAccountability')).toBe('Sign accountability');
    expect(callWords('vault.status')).toBe('Status');
  });
});

describe('the tabs of Settings', () => {
  it('are found by their address, and nothing else is', () => {
    expect(settingsTabOf(undefined)?.key).toBe('general');
    expect(settingsTabOf('people')?.label).toBe('People');
    expect(settingsTabOf('general')).toBeNull();
    expect(settingsTabOf('')).toBeNull();
    expect(new Set(SETTINGS_TABS.map(({ path }) => path)).size).toBe(SETTINGS_TABS.length);
  });

  it('are reached by the palette, each once', () => {
    const ignore = (): void => {};
    const reached: string[] = [];
    const items = paletteItems([], {
      navigate: (path) => reached.push(path),
      lock: ignore,
      toggleTheme: ignore,
      showShortcuts: ignore,
      openCards: ignore,
      exportPackage: ignore,
      verifyChain: ignore,
    });
    for (const { kind, run } of items) if (kind === 'Page') run();
    expect(reached).toEqual(expect.arrayContaining(SETTINGS_TABS.map(({ path }) => path)));
    expect(new Set(reached).size).toBe(reached.length);
  });
});
