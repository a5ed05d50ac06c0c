import { randomBytes } from 'node:crypto';

/** Digits and letters that nobody mixes up in print: no I, L, O or U (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5;
const GROUP = 4;

/** Enough for the code of a recovery kit, which lies in a drawer for years. */
export const RECOVERY_CODE_BITS = 160;
/** Enough for a passphrase that is handed over once and then replaced. */
export const ONE_TIME_BITS = 100;

/**
 * A random code to print or read aloud, e.g. `7K3M-Q2ZD-...`.
 *
 * @param nBits a multiple of 5; each character carries 5 of them
 */
export function randomCode(nBits: number): string {
  const characters = Array.from(randomBytes(nBits / BITS), (byte) => ALPHABET[byte & 31] ?? '');
  return inGroups(characters.join(''));
}

/** A typed code in the form in which it was printed: case, spaces, dashes, I, L and O do not count. */
export function normaliseCode(typed: string): string {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '');
  return inGroups(plain.replace(/O/g, '0').replace(/[IL]/g, '1'));
}

function inGroups(characters: string): string {
  return characters.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? '';
}
