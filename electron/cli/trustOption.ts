import { AppFailure } from '../../shared/ipc/errors';

/** What `--trust NAME=FINGERPRINT …` says. @throws AppFailure INVALID_INPUT */
export function parseTrust(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const cut = pair.lastIndexOf('=');
      const fingerprint = pair.slice(cut + 1).toLowerCase();
      if (cut < 1 || !/^[0-9a-f]{64}$/u.test(fingerprint)) {
        throw new AppFailure(
          'INVALID_INPUT',
          `--trust wants NAME=FINGERPRINT with 64 hexadecimal digits, not ${pair}.`,
        );
      }
      return [pair.slice(0, cut), fingerprint];
    }),
  );
}
