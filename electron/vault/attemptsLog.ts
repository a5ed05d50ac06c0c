import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { PersonId } from '../../shared/base/ids';
import { UtcInstant } from '../../shared/base/time';
import { writeFileAtomically } from '../io/atomicWrite';

const FailedAttempt = z.strictObject({
  atUtc: UtcInstant,
  personId: PersonId,
  /** Failures to sign, and `recorded` ones, are in the audit log already; they only count for the delay. */
  act: z.enum(['unlock', 'sign', 'recorded']),
});
export type FailedAttempt = z.infer<typeof FailedAttempt>;

const LONGEST_DELAY_MS = 60_000;

/**
 * Counts wrong passphrases beside the database, because nobody is signed in to write into it.
 *
 * The delay doubles from 1 s to 60 s and survives a restart. It keeps a person at the keyboard from
 * guessing; whoever can copy the folder is kept out by the cost of the key derivation alone.
 */
export interface AttemptsLog {
  /** Attempts since the last right passphrase, oldest first. */
  failed(): readonly FailedAttempt[];
  retryAfterMs(nowMs: number): number;
  record(attempt: FailedAttempt): void;
  /** After a right passphrase, once the failures are in the audit log. */
  clear(): void;
  /** The failures are in the audit log, but no right passphrase came: they go on counting for the delay. */
  markRecorded(): void;
}

export function createAttemptsLog(path: string): AttemptsLog {
  let attempts = readAttempts(path);
  return {
    failed: () => attempts,
    retryAfterMs: (nowMs) => retryAfterMs(attempts, nowMs),
    record(attempt) {
      attempts = [...attempts, attempt];
      try {
        appendFileSync(path, lineOf(attempt), { mode: 0o600 });
      } catch {
        // Full or read-only disk: the count goes on in memory.
      }
    },
    clear() {
      attempts = [];
      try {
        rmSync(path, { force: true });
      } catch {
        // Read-only disk: then nothing was written either.
      }
    },
    markRecorded() {
      if (attempts.length === 0) return;
      attempts = attempts.map((attempt) => ({ ...attempt, act: 'recorded' }));
      try {
        writeFileAtomically(path, attempts.map(lineOf).join(''));
      } catch {
        // Full disk: they are recorded once more at the next sign-in.
      }
    },
  };
}

function retryAfterMs(attempts: readonly FailedAttempt[], nowMs: number): number {
  const last = attempts.at(-1);
  if (last === undefined) return 0;
  const delayMs = Math.min(LONGEST_DELAY_MS, 1000 * 2 ** Math.min(attempts.length - 1, 6));
  // A clock that was set back must not lock people out for longer than the delay itself.
  const elapsedMs = Math.max(0, nowMs - Date.parse(last.atUtc));
  return Math.max(0, delayMs - elapsedMs);
}

function readAttempts(path: string): readonly FailedAttempt[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').flatMap(parseAttempt);
}

function lineOf(attempt: FailedAttempt): string {
  return `${JSON.stringify(attempt)}\n`;
}

function parseAttempt(line: string): FailedAttempt[] {
  try {
    return [FailedAttempt.parse(JSON.parse(line))];
  } catch {
    return []; // torn by a crash
  }
}
