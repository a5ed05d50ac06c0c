import type { VaultStatus } from '../../shared/vault/channels';
import { formatNoun } from '../ui/formatNumber';

type UnlockedStatus = Extract<VaultStatus, { state: 'unlocked' }>;

export type NoticeId =
  'failedAttempts' | 'slotUnexpected' | 'keysToConfirm' | 'accountability' | 'recoveryKit';

export interface Notice {
  readonly id: NoticeId;
  /** `alert`: somebody may have done this; `watch`: it waits for a person. */
  readonly state: 'alert' | 'watch';
  readonly text: string;
  readonly link: { readonly to: string; readonly label: string };
  /** Can be put away until the next sign-in; others stay until they are done. */
  readonly isDismissible: boolean;
}

/**
 * What waits for the signed-in person, the gravest first.
 *
 * @param nFailedAttempts told once by core, so kept by the window from the sign-in on
 */
export function noticesOf(
  { notices, person, isSample }: Pick<UnlockedStatus, 'notices' | 'person' | 'isSample'>,
  nFailedAttempts: number,
): readonly Notice[] {
  const { keysToConfirm, mustSignAccountability, isSlotUnexpected, hasRecoveryKit } = notices;
  const names = [...new Set(keysToConfirm.map(({ printedName }) => printedName))];
  const needsKit = !hasRecoveryKit && !isSample && person.roles.includes('administrator');
  return [
    nFailedAttempts > 0 && failedAttempts(nFailedAttempts),
    isSlotUnexpected && SLOT_UNEXPECTED,
    names.length > 0 && keysWait(names),
    mustSignAccountability && ACCOUNTABILITY,
    needsKit && RECOVERY_KIT,
  ].filter((notice) => notice !== false);
}

function failedAttempts(nFailed: number): Notice {
  const isOne = nFailed === 1;
  return {
    id: 'failedAttempts',
    state: 'watch',
    text: `${formatNoun(nFailed, 'failed attempt')} to sign in since the last sign-in. ${isOne ? 'It is' : 'They are'} in the audit log.`,
    link: { to: '/audit', label: 'Audit log' },
    isDismissible: true,
  };
}

const SLOT_UNEXPECTED: Notice = {
  id: 'slotUnexpected',
  state: 'alert',
  text: 'Your key slot was not the one last recorded: a change of passphrase was cut short, or an older vault.json was put back.',
  link: { to: '/audit', label: 'Audit log' },
  isDismissible: false,
};

function keysWait(names: readonly string[]): Notice {
  const isOne = names.length === 1;
  return {
    id: 'keysToConfirm',
    state: 'watch',
    text: `${isOne ? 'The new signing key of' : 'New signing keys of'} ${listOf(names)} ${isOne ? 'waits' : 'wait'} for a second person to confirm ${isOne ? 'it' : 'them'}.`,
    link: { to: '/settings/people', label: 'People' },
    isDismissible: false,
  };
}

const ACCOUNTABILITY: Notice = {
  id: 'accountability',
  state: 'watch',
  text: 'You have yet to sign the statement of accountability for your electronic signatures.',
  link: { to: '/settings/access', label: 'My access' },
  isDismissible: false,
};

const RECOVERY_KIT: Notice = {
  id: 'recoveryKit',
  state: 'watch',
  text: 'This workspace has no recovery kit: if every administrator lost their passphrase, nobody could get in.',
  link: { to: '/settings/recovery', label: 'Make a recovery kit' },
  isDismissible: true,
};

const NAMED = 3;

/** `Ada`, `Ada and Ben`, `Ada, Ben, Cy and 4 others`. */
function listOf(names: readonly string[]): string {
  const shown = names.slice(0, NAMED);
  const nOthers = names.length - shown.length;
  const parts = nOthers > 0 ? [...shown, formatNoun(nOthers, 'other')] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
