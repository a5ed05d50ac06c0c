import { setImmediate } from 'node:timers/promises';
import { AppFailure } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';
import type { Db } from '../db/openDatabase';
import {
  firstBindingEvent,
  hasDigestTable,
  sweepDigestedRows,
  sweepDigests,
  sweepEvents,
  sweepRows,
  type RecordProblem,
  type RecordSweep,
} from './recordSweep';
import { touchRow } from './touchedRows';

/** What a sweep over the records found. */
export interface RecordFindings {
  /** False for a file of an older Assay, whose records the log does not vouch for yet. */
  readonly isBound: boolean;
  readonly nRecords: number;
  /** Events that carry the digests of records. */
  readonly nBindingEvents: number;
  /** The first problems in words, with table and key and never with values. */
  readonly problems: readonly string[];
  readonly nProblems: number;
}

export interface RecordCheck {
  progress?(progress: Progress): void;
  readonly signal?: AbortSignal;
}

const MOST_PROBLEMS_TOLD = 5;
const MOST_KEY_LETTERS = 120;

/**
 * Checks that every row of every table is as the log recorded it.
 *
 * Every row must equal its newest digest, no row may lack a digest and no digest its row, and the digests
 * under each event must be those the signed event names. The events themselves are for `verifyChain`.
 * Other calls run in between, and may write.
 *
 * @returns how much was looked at, and the first differences with their number in all
 * @throws DOMException AbortError when the signal fires
 * Cost: O(bytes of all records) and O(digests + events), in steps of about 10 ms
 */
export async function checkRecords(
  db: Db,
  { progress, signal }: RecordCheck = {},
): Promise<RecordFindings> {
  const found = problemList();
  const sweep = sweepAll({ db, report: found.add });
  for (;;) {
    signal?.throwIfAborted();
    const step = sweep.next();
    if (step.done === true) return { ...step.value, ...found.told() };
    progress?.(step.value);
    await setImmediate();
  }
}

/**
 * Requires that the records are as recorded before a migration may rewrite them. Blocks till it is done.
 *
 * @throws AppFailure INTEGRITY naming the first difference
 */
export function requireRecordedRows(db: Db): void {
  const found = problemList();
  runThrough(sweepAll({ db, report: found.add }));
  const { nProblems, problems } = found.told();
  if (nProblems === 0) return;
  throw new AppFailure(
    'INTEGRITY',
    `Records of this workspace were changed outside Assay (${problems[0]}), so it is not brought to the newer version. Nothing was changed now. Keep this folder as it is, restore the latest backup into a new folder, and run "assay workspace check" on this one for the details.`,
    { step: 'records', nProblems, problems },
  );
}

/**
 * Notes every row that has no digest or another one, so that the next event binds it. For the write that
 * records a migration, after {@link requireRecordedRows}. Blocks till it is done.
 *
 * @returns the number of rows
 * @throws Error when a row that the log knows is gone: a migration never removes records
 */
export function touchUnboundRows(db: Db): number {
  const unbound: { readonly table: string; readonly key: string }[] = [];
  const report = (problem: RecordProblem): void => {
    if ('seq' in problem || problem.problem === 'removed') throw new Error(inWords(problem));
    unbound.push(problem);
  };
  runThrough(sweepAll({ db, report }));
  for (const { table, key } of unbound) touchRow(db, table, key);
  return unbound.length;
}

type Counts = Pick<RecordFindings, 'isBound' | 'nRecords' | 'nBindingEvents'>;

function* sweepAll(sweep: RecordSweep): Generator<Progress, Counts, void> {
  const { db, report } = sweep;
  if (!hasDigestTable(db)) {
    const seq = firstBindingEvent(db);
    if (seq !== null) report({ seq, problem: 'the digests of its records are missing' });
    return { isBound: false, nRecords: 0, nBindingEvents: 0 };
  }
  const nDigests = Number(db.prepare('SELECT count(*) FROM record_digest').pluck().get());
  const nEvents = Number(db.prepare('SELECT count(*) FROM audit_event').pluck().get());
  // Close enough for a bar: most rows have one digest.
  const nSteps = 3 * nDigests + nEvents;
  let nDone = 0;
  function* within(part: Generator<number, number, void>): Generator<Progress, number, void> {
    for (;;) {
      const step = part.next();
      if (step.done === true) return step.value;
      nDone += step.value;
      const fraction = nSteps === 0 ? null : Math.min(1, nDone / nSteps);
      yield { fraction, activity: `${nDone} rows and digests checked` };
    }
  }
  const nRecords = yield* within(sweepRows(sweep));
  yield* within(sweepDigestedRows(sweep));
  const nBindingEvents = yield* within(sweepDigests(sweep));
  yield* within(sweepEvents(sweep));
  return { isBound: true, nRecords, nBindingEvents };
}

function runThrough(sweep: Generator<unknown, unknown, void>): void {
  while (sweep.next().done !== true);
}

function problemList() {
  const problems: string[] = [];
  let nProblems = 0;
  return {
    add(problem: RecordProblem): void {
      nProblems += 1;
      if (problems.length < MOST_PROBLEMS_TOLD) problems.push(inWords(problem));
    },
    told: () => ({ problems, nProblems }),
  };
}

function inWords(problem: RecordProblem): string {
  if ('seq' in problem) return `event ${problem.seq}: ${problem.problem}`;
  const { table, key } = problem;
  const shown = key.length > MOST_KEY_LETTERS ? `${key.slice(0, MOST_KEY_LETTERS)}...` : key;
  return `${table} ${shown}: ${problem.problem} outside Assay`;
}
