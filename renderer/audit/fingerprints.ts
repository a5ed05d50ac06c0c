export interface Fingerprints {
  /** Fingerprint (64 lowercase hex digits) by the name of its key. */
  readonly trusted: Readonly<Record<string, string>>;
  /** What is wrong with the text; null when nothing is. */
  readonly problem: string | null;
}

const PAIR = /([a-z0-9][a-z0-9-]{0,63})\s*[=:]\s*([0-9a-f]{2}(?::?[0-9a-f]{2}){31})(?![0-9a-f])/gi;

/**
 * Reads the fingerprints from what the signer sent by another way: lines of `name=fingerprint`, or
 * the whole cover letter.
 */
export function parseFingerprints(text: string): Fingerprints {
  const trusted: Record<string, string> = {};
  for (const [, name = '', digits = ''] of text.matchAll(PAIR)) {
    const fingerprint = digits.replaceAll(':', '').toLowerCase();
    const known = trusted[name.toLowerCase()];
    if (known !== undefined && known !== fingerprint) {
      return { trusted: {}, problem: `Two different fingerprints are given for ${name}.` };
    }
    trusted[name.toLowerCase()] = fingerprint;
  }
  const isUnread = text.trim() !== '' && Object.keys(trusted).length === 0;
  return {
    trusted,
    problem: isUnread
      ? 'No fingerprint was found in this text. Each is a line name=fingerprint with 64 hex digits.'
      : null,
  };
}
