import type { AppError } from '../../shared/ipc/errors';

/** What the command line says to the shell that called it. */
export const EXIT = {
  /** Done, and nothing found. */
  done: 0,
  /** Done, and drift was found or a package is invalid. */
  found: 1,
  /** Could not be done; the reason is on stderr. */
  failed: 2,
} as const;

/** Says on stderr why something could not be done. */
export function reportFailure(error: Pick<AppError, 'code' | 'message'>): void {
  process.stderr.write(`assay: ${error.message} [${error.code}]\n`);
  process.exitCode = EXIT.failed;
}
