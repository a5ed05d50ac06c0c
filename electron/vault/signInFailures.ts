import { AppFailure } from '../../shared/ipc/errors';

/** What somebody typed to be let in, or to sign. */
export type TypedSecret =
  'The passphrase' | 'The one-time passphrase' | 'The code' | 'The name or the passphrase';

/** The answer to what does not open the slot: how long to wait before the next try. */
export function wrongPassphrase(retryAfterMs: number, what: TypedSecret): AppFailure {
  return new AppFailure(
    'FORBIDDEN',
    `${what} is not right. You can try again in ${inSeconds(retryAfterMs)}.`,
    { retryAfterMs },
  );
}

/** The answer to a try that comes too soon; the passphrase is not even looked at. */
export function tooSoon(retryAfterMs: number): AppFailure {
  return new AppFailure(
    'FORBIDDEN',
    `The last attempt was not right. You can try again in ${inSeconds(retryAfterMs)}.`,
    { retryAfterMs },
  );
}

function inSeconds(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000);
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

export function mustChoose(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'This is a one-time passphrase. Choose a passphrase of your own to sign in for the first time.',
    { needs: 'newPassphrase' },
  );
}

export function notOneTime(): AppFailure {
  return new AppFailure(
    'CONFLICT',
    'This person has chosen a passphrase already. Sign in with it, or ask an administrator for a reset.',
  );
}

export function noSlot(): AppFailure {
  return new AppFailure('NOT_FOUND', 'This person has no key to this workspace. Choose another.');
}

export function noKit(): AppFailure {
  return new AppFailure(
    'NOT_FOUND',
    'This workspace has no recovery kit, or the last one was used. Ask an administrator for a reset.',
  );
}

export function missingDatabase(): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    'assay.db is missing from this folder, so there are no records to open. Put it back from the latest backup of this workspace.',
    { file: 'assay.db' },
  );
}
