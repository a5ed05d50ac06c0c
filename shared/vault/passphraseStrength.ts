import { z } from 'zod';

/** Long enough for any sentence, short enough to refuse a file pasted by mistake. */
export const Passphrase = z.string().min(1).max(1024);

/** A passphrase shorter than this is refused unless it has {@link MIN_PASSPHRASE_WORDS} words. */
export const MIN_PASSPHRASE_CHARACTERS = 14;
export const MIN_PASSPHRASE_WORDS = 5;

export const PassphraseStrength = z.strictObject({
  /** 0 (guessed at once) to 4 (beyond reach), zxcvbn's scale. */
  score: z.number().int().min(0).max(4),
  guessesLog10: z.number().nonnegative(),
  isAccepted: z.boolean(),
  /** What is wrong or what would help, in words; empty when nothing is. */
  advice: z.array(z.string()).readonly(),
});
export type PassphraseStrength = z.infer<typeof PassphraseStrength>;

/** The rule of length: 14 characters, or 5 words. */
export function isLongEnough(passphrase: string): boolean {
  const nWords = passphrase.trim().split(/\s+/u).filter(Boolean).length;
  return [...passphrase].length >= MIN_PASSPHRASE_CHARACTERS || nWords >= MIN_PASSPHRASE_WORDS;
}
