import type { AppError, ErrorCode } from '../../shared/ipc/errors';

export interface ErrorExplanation {
  readonly title: string;
  /** File, row, column or step, when they are known. */
  readonly where: string | null;
  readonly unchanged: string;
  readonly next: string;
  /** Stable text to search the documentation for. */
  readonly code: string;
}

type Words = Pick<ErrorExplanation, 'title' | 'unchanged' | 'next'>;

const NOTHING_RECORDED = 'Nothing was recorded.';

const WORDS: Readonly<Record<ErrorCode, Words>> = {
  INVALID_INPUT: {
    title: 'Something that was entered cannot be used',
    unchanged: NOTHING_RECORDED,
    next: 'Correct the fields named above and try again.',
  },
  NOT_FOUND: {
    title: 'This record or file is not there',
    unchanged: 'Nothing was changed.',
    next: 'Go back to the list and choose again. A file may have been moved since it was chosen.',
  },
  CONFLICT: {
    title: 'This does not fit what is already there',
    unchanged: 'Nothing was changed; the record is as it was saved before.',
    next: 'Read the current record, then decide again.',
  },
  FORBIDDEN: {
    title: 'This was refused',
    unchanged: 'Nothing was changed.',
    next: 'Check the passphrase, or ask a person who holds the role that is named.',
  },
  LOCKED: {
    title: 'The workspace is locked',
    unchanged: NOTHING_RECORDED,
    next: 'Unlock the workspace and try again.',
  },
  BAD_DATA: {
    title: 'The file cannot be read as it is',
    unchanged: 'Nothing was recorded, and the file was not changed.',
    next: 'Correct the file at the place named above, or export it again from its source.',
  },
  INSUFFICIENT_DATA: {
    title: 'There is too little data for this',
    unchanged: NOTHING_RECORDED,
    next: 'Bring a larger file, or collect more data first.',
  },
  INTEGRITY: {
    title: 'A check of integrity failed',
    unchanged: 'Nothing was written. The data in question were left exactly as they were found.',
    next: 'Keep a copy of the workspace folder as it is now, then verify the chain on the Audit page.',
  },
  CANCELLED: {
    title: 'Cancelled',
    unchanged: NOTHING_RECORDED,
    next: 'Start again whenever you want.',
  },
  STORAGE: {
    title: 'The disk refused',
    unchanged: 'The last action was undone; everything recorded before is safe.',
    next: 'Free some space or check that the folder can be written to, then try again.',
  },
  INTERNAL: {
    title: 'Assay met a failure that it did not expect',
    unchanged: 'Nothing was recorded by this action; everything recorded before is safe.',
    next: 'Try again. If it happens again, report the code below: the log on this machine holds the details.',
  },
};

/** What happened, where, what was not changed and what to do next. */
export function explainError(error: AppError): ErrorExplanation {
  const { incidentId } = error.details;
  return {
    ...WORDS[error.code],
    where: whereOf(error.details),
    code: `ASSAY-${error.code}${typeof incidentId === 'string' ? `-${incidentId.slice(0, 8)}` : ''}`,
  };
}

function whereOf(details: Readonly<Record<string, unknown>>): string | null {
  const parts = [
    named('file', details['file'] ?? details['fileName']),
    named('row', details['row']),
    named('column', details['column']),
    named('step', details['step']),
    named('usable values', details['n']),
    named('required', details['required']),
    ...issuesOf(details['issues']),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

function named(name: string, value: unknown): string | null {
  if (typeof value === 'number') return `${name} ${value.toLocaleString('en-US')}`;
  return typeof value === 'string' && value !== '' ? `${name} ${value}` : null;
}

function issuesOf(issues: unknown): readonly string[] {
  if (!Array.isArray(issues)) return [];
  return issues.flatMap((issue: unknown) => {
    if (typeof issue !== 'object' || issue === null) return [];
    const path = 'path' in issue && typeof issue.path === 'string' ? issue.path : '';
    const message = 'message' in issue && typeof issue.message === 'string' ? issue.message : '';
    return [path === '' ? message : `${path}: ${message}`];
  });
}

/** The time to wait before the next attempt, when an error carries one. */
export function retryAfterMsOf(error: Pick<AppError, 'details'>): number {
  const { retryAfterMs } = error.details;
  return typeof retryAfterMs === 'number' ? Math.max(0, retryAfterMs) : 0;
}
