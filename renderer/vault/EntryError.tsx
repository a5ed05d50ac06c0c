import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PassphraseProblem } from '../ui/PassphraseProblem';

interface EntryErrorProps {
  readonly error: AppError | null;
  readonly secondsLeft: number;
}

/** Why a person was not let in. */
export function EntryError({ error, secondsLeft }: EntryErrorProps) {
  const isRefused = error?.code === 'FORBIDDEN';
  return (
    <>
      <PassphraseProblem message={isRefused ? error.message : null} secondsLeft={secondsLeft} />
      {error !== null && !isRefused && <ErrorPanel error={error} />}
    </>
  );
}
