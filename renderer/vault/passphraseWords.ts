import type { PassphraseStrength } from '../../shared/vault/passphraseStrength';
import type { State } from '../ui/theme';

const SCORES: Readonly<Record<number, { readonly label: string; readonly state: State }>> = {
  0: { label: 'Guessed at once', state: 'alert' },
  1: { label: 'Weak', state: 'alert' },
  2: { label: 'Fair', state: 'watch' },
  3: { label: 'Strong', state: 'ok' },
  4: { label: 'Very strong', state: 'ok' },
};

/** A measured strength in a word; what is refused never reads as good. */
export function strengthWords(strength: PassphraseStrength): {
  readonly label: string;
  readonly state: State;
} {
  const words = SCORES[strength.score] ?? { label: 'Not measured', state: 'unknown' };
  return !strength.isAccepted && words.state === 'ok'
    ? { label: 'Too short', state: 'watch' }
    : words;
}

/** How many guesses it would take, as a power of ten that people can read. */
export function guessesSentence(guessesLog10: number): string {
  return `About 10^${Math.floor(guessesLog10)} guesses to find it.`;
}
