import { AppFailure } from '../../shared/ipc/errors';

/** The answer to a wrong passphrase: how long to wait before the next try. */
export function wrongPassphrase(retryAfterMs: number): AppFailure {
  return new AppFailure(
    'FORBIDDEN',
    `The passphrase is not right. You can try again in ${inSeconds(retryAfterMs)}.`,
    { retryAfterMs },
  );
}

/** The answer to a try that comes too soon; the passphrase is not even looked at. */
export function tooSoon(retryAfterMs: number): AppFailure {
  return new AppFailure(
    'FORBIDDEN',
    `The last passphrase was not right. You can try again in ${inSeconds(retryAfterMs)}.`,
    { retryAfterMs },
  );
}

function inSeconds(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000);
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
