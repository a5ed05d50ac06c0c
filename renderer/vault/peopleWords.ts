import type { VaultStatus } from '../../shared/vault/channels';
import { peopleChannels, type PersonDetails } from '../../shared/vault/peopleChannels';
import { ROLES, type Role } from '../../shared/vault/person';
import { formatCount, formatNoun, formatUtc } from '../ui/formatNumber';
import type { State } from '../ui/theme';

export type PersonKey = NonNullable<PersonDetails['key']>;

interface Look {
  readonly state: State;
  readonly label: string;
}

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  analyst: 'Analyst',
  reviewer: 'Reviewer',
  manager: 'Manager',
  administrator: 'Administrator',
};

const STATE_LOOKS: Readonly<Record<PersonDetails['state'], Look>> = {
  active: { state: 'ok', label: 'Active' },
  invited: { state: 'watch', label: 'Invited' },
  reset: { state: 'watch', label: 'Access reset' },
  deactivated: { state: 'unknown', label: 'Deactivated' },
};

/** A person's state of access as a word and one of the four states. */
export function personStateLook(state: PersonDetails['state']): Look {
  return STATE_LOOKS[state];
}

/** Roles in their fixed order, e.g. `Analyst, Manager`. */
export function rolesText(roles: readonly Role[]): string {
  return ROLES.filter((role) => roles.includes(role))
    .map((role) => ROLE_WORDS[role])
    .join(', ');
}

/** How many people there are and what waits, e.g. `4 people, 3 active; 1 new key waits for a second person.` */
export function peopleSentence(people: readonly PersonDetails[]): string {
  const nActive = people.filter(({ state }) => state === 'active').length;
  const nExpected = people.filter(({ state }) => state === 'invited' || state === 'reset').length;
  const nKeys = people.filter(({ key }) => key !== null && !key.isConfirmed).length;
  const parts = [
    `${formatNoun(people.length, 'person', 'people')}, ${formatCount(nActive)} active`,
    nExpected === 0
      ? null
      : `${formatCount(nExpected)} ${nExpected === 1 ? 'has' : 'have'} yet to sign in`,
    nKeys === 0
      ? 'no key waits for a second person'
      : `${formatNoun(nKeys, 'new key')} ${nKeys === 1 ? 'waits' : 'wait'} for a second person`,
  ];
  return `${parts.filter((part) => part !== null).join('; ')}.`;
}

/** Whether a signing key counts, in words. */
export function keyLook(key: PersonKey | null): Look {
  if (key === null) return { state: 'unknown', label: 'No key' };
  if (!key.isConfirmed) return { state: 'watch', label: 'Waiting' };
  return { state: 'ok', label: 'Confirmed' };
}

/** Who vouches for a key, or what it waits for; null where there is none. */
export function keyVoucher(key: PersonKey | null): string | null {
  if (key === null) return null;
  if (!key.isConfirmed) return 'for a second person';
  return key.confirmedBy === null ? 'made with the workspace' : `by ${key.confirmedBy}`;
}

const ORIGINS: Readonly<Record<PersonKey['origin'], string>> = {
  created: 'Made with the workspace',
  invited: 'Made at the first sign-in after an invitation',
  reset: 'Made at the first sign-in after a reset of access',
  recovered: 'Made at a sign-in with the recovery kit',
};

/** How a key came and who gave the access with which it was made. */
export function originSentence({ origin, authorisedBy, madeAtUtc }: PersonKey): string {
  const who = authorisedBy === null ? '' : `; authorised by ${authorisedBy}`;
  return `${ORIGINS[origin]}, ${formatUtc(madeAtUtc)}${who}.`;
}

/** Why there is no key yet, or no more. */
export function noKeySentence(state: PersonDetails['state']): string {
  if (state === 'deactivated') return 'Revoked when the person was deactivated.';
  if (state === 'reset')
    return 'Revoked by the reset. A new one is made when they sign in with the one-time passphrase.';
  return 'Made when the person first signs in with the one-time passphrase.';
}

/** Why a key that nobody has confirmed yet is not for this person to confirm; null when it is. */
export function confirmObstacle(key: PersonKey | null): string | null {
  return key === null || key.isConfirmed ? null : key.confirmObstacle;
}

export function isConfirmable(key: PersonKey | null): boolean {
  return key !== null && !key.isConfirmed && key.confirmObstacle === null;
}

type PeopleCall = keyof typeof peopleChannels;

/** Whether somebody with these roles may make a call, by the table that the gate reads. */
export function mayCall(roles: readonly Role[], call: PeopleCall): boolean {
  const allowed: readonly Role[] = peopleChannels[call].allow;
  return roles.some((role) => allowed.includes(role));
}

const ARTICLES: Readonly<Record<Role, string>> = {
  analyst: 'an analyst',
  reviewer: 'a reviewer',
  manager: 'a manager',
  administrator: 'an administrator',
};

/** Who can do something, e.g. `Only a manager or an administrator can add training notes.` */
export function whoCan(call: PeopleCall, what: string): string {
  const allowed: readonly Role[] = peopleChannels[call].allow;
  return `Only ${allowed.map((role) => ARTICLES[role]).join(' or ')} can ${what}.`;
}

/** Why an administrator's acts are not open on this person; null when they are. */
export function accessObstacle(
  person: Pick<PersonDetails, 'id' | 'state'>,
  actor: { readonly id: string; readonly roles: readonly Role[] },
): string | null {
  if (!mayCall(actor.roles, 'vault.setRoles'))
    return whoCan('vault.setRoles', 'change roles, reset access or deactivate a person');
  if (person.state === 'deactivated') return 'Deactivated for ever: nothing about it can change.';
  if (person.id === actor.id)
    return 'Nobody changes their own access. Another administrator must do this.';
  return null;
}

/** Which recovery kit is valid, in one sentence. */
export function kitSentence(
  kit: { readonly madeBy: string; readonly madeAtUtc: string } | null,
): string {
  return kit === null
    ? 'There is no recovery kit: if every administrator loses their passphrase, nobody can let people in again.'
    : `A recovery kit made by ${kit.madeBy} at ${formatUtc(kit.madeAtUtc)} is valid.`;
}

/** The signed-in person's status, or null when nobody is. */
export function unlockedStatus(
  status: VaultStatus | null,
): Extract<VaultStatus, { state: 'unlocked' }> | null {
  return status?.state === 'unlocked' ? status : null;
}

/** What stands between the signed-in person and their signature, in one sentence. */
export function myAccessSentence(
  me: Pick<PersonDetails, 'key' | 'accountabilitySignedAtUtc'>,
): string {
  const missing = [
    me.key === null ? 'you have no signing key' : null,
    me.key !== null && !me.key.isConfirmed ? 'a second person must confirm your key' : null,
    me.accountabilitySignedAtUtc === null ? 'you have yet to sign your accountability' : null,
  ].filter((part) => part !== null);
  return missing.length === 0
    ? 'Your key is confirmed and your accountability is signed: nothing stands between you and your signature.'
    : `Before you sign records: ${missing.join(', and ')}.`;
}
