import type { Meaning, SigningAct } from '../../shared/audit/signature';
import type { MeaningChoice, SigningState } from '../../shared/vault/signable';

export const MEANING_WORDS: Readonly<Record<Meaning, string>> = {
  authorship: 'Authorship: I made this record',
  review: 'Review: I have checked this record',
  approval: 'Approval: I approve this record',
  responsibility: 'Responsibility: I answer for this record',
  rejection: 'Rejection: I refuse this record',
};

/** What is typed into the dialog so far. */
export interface SigningDraft {
  readonly meaning: Meaning | null;
  readonly reason: string;
  readonly printedName: string;
  readonly passphrase: string;
  readonly isClockConfirmed: boolean;
}

/** The meaning to begin with: the proposed one if it may be stated, else the first that may; or null. */
export function firstMeaning(
  choices: readonly MeaningChoice[],
  proposed: Meaning | undefined,
): Meaning | null {
  const free = choices.filter(({ obstacle }) => obstacle === null).map(({ meaning }) => meaning);
  return free.find((meaning) => meaning === proposed) ?? free[0] ?? null;
}

/** Meanings as items of a list; those that this person may not state cannot be chosen. */
export function meaningItems(
  choices: readonly MeaningChoice[],
): { value: Meaning; label: string; disabled: boolean }[] {
  return choices.map(({ meaning, obstacle }) => ({
    value: meaning,
    label: MEANING_WORDS[meaning],
    disabled: obstacle !== null,
  }));
}

/** Why meanings cannot be chosen, one line for each reason: `Review, approval: This is your own work.` */
export function obstacleLines(choices: readonly MeaningChoice[]): readonly string[] {
  const meaningsByObstacle = new Map<string, Meaning[]>();
  for (const { meaning, obstacle } of choices) {
    if (obstacle === null) continue;
    meaningsByObstacle.set(obstacle, [...(meaningsByObstacle.get(obstacle) ?? []), meaning]);
  }
  return [...meaningsByObstacle].map(([obstacle, meanings]) => {
    const names = meanings.join(', ');
    return `${names.charAt(0).toUpperCase()}${names.slice(1)}: ${obstacle}`;
  });
}

/**
 * What is sent when the dialog is complete.
 *
 * @param needed what this signature needs; null until core has answered
 * @returns null while anything is missing or stands in the way
 */
export function actOf(draft: SigningDraft, needed: SigningState | null): SigningAct | null {
  const { meaning, passphrase, isClockConfirmed } = draft;
  const reason = draft.reason.trim();
  const name = draft.printedName.trim();
  if (needed === null || needed.obstacle !== null) return null;
  if (meaning === null || reason === '' || passphrase === '') return null;
  if (needed.needsName && name === '') return null;
  if (needed.isClockBehind && !isClockConfirmed) return null;
  return {
    meaning,
    reason,
    passphrase,
    printedName: needed.needsName ? name : null,
    isClockConfirmed: needed.isClockBehind && isClockConfirmed,
  };
}
