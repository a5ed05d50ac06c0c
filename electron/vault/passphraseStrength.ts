import { ZxcvbnFactory, type ZxcvbnResult } from '@zxcvbn-ts/core';
import * as commonWords from '@zxcvbn-ts/language-common';
import * as englishWords from '@zxcvbn-ts/language-en';
import {
  MIN_PASSPHRASE_CHARACTERS,
  MIN_PASSPHRASE_WORDS,
  isLongEnough,
  type PassphraseStrength,
} from '../../shared/vault/passphraseStrength';

/** Scores below this are guessed too soon by someone who has copied the folder. */
const LOWEST_ACCEPTED_SCORE = 3;
/** What comes after adds strength only; estimating it takes longer than anyone waits. */
const MEASURED_CHARACTERS = 64;

let estimator: ZxcvbnFactory | null = null;

/**
 * Estimates how long a passphrase would resist guessing; nothing is kept.
 *
 * @param context words the person is known by (own name, workspace), which a guesser tries first
 * Cost: about 0.2 s the first time, when the word lists are read; 10 to 60 ms after.
 */
export function measurePassphrase(
  passphrase: string,
  context: readonly string[],
): PassphraseStrength {
  const { score, guessesLog10, feedback } = estimate(passphrase, context);
  const isLong = isLongEnough(passphrase);
  const isAccepted = isLong && score >= LOWEST_ACCEPTED_SCORE;
  const advice = [feedback.warning ?? '', ...feedback.suggestions].filter((text) => text !== '');
  if (!isLong) {
    advice.unshift(
      `Use at least ${MIN_PASSPHRASE_CHARACTERS} characters or ${MIN_PASSPHRASE_WORDS} words.`,
    );
  }
  if (!isAccepted && advice.length === 0) {
    advice.push('Add a word or two that have nothing to do with you or this workspace.');
  }
  return { score, guessesLog10: Math.max(0, guessesLog10), isAccepted, advice };
}

/** The lower of two estimates: of the whole, and of what is left without the words known of the person. */
function estimate(passphrase: string, context: readonly string[]): ZxcvbnResult {
  const words = context.flatMap((text) => text.toLowerCase().split(/\s+/u));
  const known = words.filter((word) => word.length > 2).sort((a, b) => b.length - a.length);
  const whole = loadEstimator().check(passphrase, known);
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), passphrase.toLowerCase());
  if (rest.length === passphrase.length) return whole;
  const unknown = loadEstimator().check(rest.trim());
  return unknown.guessesLog10 < whole.guessesLog10 ? unknown : whole;
}

function loadEstimator(): ZxcvbnFactory {
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...commonWords.dictionary, ...englishWords.dictionary },
    graphs: commonWords.adjacencyGraphs,
    translations: englishWords.translations,
    maxLength: MEASURED_CHARACTERS,
  });
  return estimator;
}
