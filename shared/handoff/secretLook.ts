/** Forms that tokens and keys of known systems have. */
const KNOWN_FORMS = [
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\bhf_[A-Za-z0-9]{20,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A name and a password in an address.
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i,
  /\b(?:password|passwd|secret|token|api[_-]?key|access[_-]?key)\s*[=:]\s*[^\s$<{]{4,}/i,
];
const LONG_WORD = /[A-Za-z0-9+_-]{32,}/g;
/** Bits per character above which a long word is hardly written by a person. */
const RANDOM_BITS = 4.2;

/**
 * Whether a text looks as if it held a password or token: a known form, or a long word that only chance
 * writes. Digests and UUIDs are hexadecimal, below that entropy, and no secrets.
 */
export function looksSecret(text: string): boolean {
  if (KNOWN_FORMS.some((form) => form.test(text))) return true;
  return (text.match(LONG_WORD) ?? []).some((word) => bitsPerCharacter(word) > RANDOM_BITS);
}

function bitsPerCharacter(word: string): number {
  const counts = new Map<string, number>();
  for (const sign of word) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => {
    const share = n / word.length;
    return sum - share * Math.log2(share);
  }, 0);
}
