import type { FileFingerprint } from '../../shared/base/files';
import type {
  LogCounts,
  Measurement,
  MetricValue,
} from '../../shared/performance/performanceReport';
import type {
  LogColumns,
  OutcomeColumns,
  PredictionTask,
} from '../../shared/performance/predictionLog';
import { badData } from '../io/badData';
import { scaleProgress } from '../io/scaleProgress';
import { openSource } from '../io/tableReader';
import type { TableSource } from '../io/tableSource';
import type { JobScope } from '../workers/jobRunner';
import { IdHasher } from './idHash';
import { measure } from './measure';
import type { OutcomeTable } from './predictionTable';
import { readOperations } from './readOperations';
import { readOutcomes } from './readOutcomes';
import { readPredictions } from './readPredictions';
import { packTable, unpackOutcomes, unpackPredictions } from './sealTables';

/** More predictions than this are joined when both files come together; nothing is kept of them. */
export const MAX_KEPT = 500_000;

interface ChosenFile<Columns> {
  readonly path: string;
  readonly expectedSha256: string;
  readonly columns: Columns;
}

interface JoinRules {
  /** 16 bytes; identifiers are hashed with it. */
  readonly key: Uint8Array;
  readonly lateAfterDays: number;
  /** Whether what is needed to join later outcomes comes back. */
  readonly isKept: boolean;
}

/** What an outcome file brought. */
export interface OutcomesRead {
  readonly file: FileFingerprint;
  readonly nRows: number;
  readonly nMissing: number;
  /** Per kept row, 1 where it met a prediction. */
  readonly matched: Uint8Array;
  /** To be kept in the encrypted database; null when nothing is kept. */
  readonly sealed: Uint8Array | null;
}

export interface LogRead {
  readonly file: FileFingerprint;
  readonly counts: LogCounts;
  readonly operations: readonly MetricValue[];
  readonly measurement: Measurement;
  readonly sealed: Uint8Array | null;
  /** Which rows of the outcomes kept before met a prediction of this log. */
  readonly matchedBefore: readonly Uint8Array[];
  /** The log's own label column first, then the file that came with it. */
  readonly outcomes: readonly OutcomesRead[];
  readonly durationMs: number;
}

/**
 * Reads a prediction log, joins it with every outcome at hand and measures it.
 *
 * @param input.kept outcomes of earlier files, as they were sealed
 * @param input.outcomes a file with outcomes that comes together with the log
 * @returns aggregates, and where asked what is needed to join later outcomes: hashes, never rows
 * @throws AppFailure BAD_DATA (unreadable, changed, a value does not fit), CANCELLED
 */
export async function readLog(
  input: ChosenFile<LogColumns> & {
    readonly task: PredictionTask;
    readonly rules: JoinRules;
    readonly kept: readonly Uint8Array[];
    readonly outcomes: ChosenFile<OutcomeColumns> | null;
  },
  scope: JobScope,
): Promise<LogRead> {
  const startedAtMs = performance.now();
  const { columns, task, rules } = input;
  const hasher = new IdHasher(rules.key);
  const fromLog = await withSource(input, part(scope, 0, 0.5), async (source) => ({
    file: source.file,
    ...(await readPredictions(source, columns, task, hasher)),
    operations: await readOperations(source, columns),
    own: await ownOutcomes(source, columns, task, hasher),
  }));
  const separate =
    input.outcomes && (await readFile(input.outcomes, task, hasher, part(scope, 0.5, 0.8)));
  scope.progress({ fraction: 0.8, activity: 'Joining outcomes and measuring' });
  await nextTurn();
  const fresh = [fromLog.own, separate].filter((one) => one !== null);
  const before = input.kept.map(unpackOutcomes);
  const tables = [...before, ...fresh.map(({ table }) => table)];
  const { measurement, matched } = measure(fromLog.table, tables, { task, ...rules });
  const isKept = rules.isKept && fromLog.table.n <= MAX_KEPT;
  return {
    file: fromLog.file,
    counts: fromLog.counts,
    operations: fromLog.operations,
    measurement,
    sealed: isKept ? packTable(fromLog.table) : null,
    matchedBefore: matched.slice(0, before.length),
    outcomes: fresh.map((one, i) => sealOutcomes(one, matched[before.length + i]!, isKept)),
    durationMs: performance.now() - startedAtMs,
  };
}

/**
 * Reads an outcome file and measures every log anew with it.
 *
 * @param input.logs what was kept of the model's logs
 * @param input.kept outcomes of earlier files
 * @throws AppFailure BAD_DATA (unreadable, changed, a value does not fit), CANCELLED
 */
export async function joinOutcomeFile(
  input: ChosenFile<OutcomeColumns> & {
    readonly rules: JoinRules;
    readonly kept: readonly Uint8Array[];
    readonly logs: readonly {
      readonly id: string;
      readonly task: PredictionTask;
      readonly sealed: Uint8Array;
    }[];
    readonly task: PredictionTask;
  },
  scope: JobScope,
): Promise<{
  readonly outcomes: OutcomesRead;
  readonly measured: readonly { readonly logId: string; readonly measurement: Measurement }[];
  readonly durationMs: number;
}> {
  const startedAtMs = performance.now();
  const hasher = new IdHasher(input.rules.key);
  const read = await readFile(input, input.task, hasher, part(scope, 0, 0.5));
  const tables = [...input.kept.map(unpackOutcomes), read.table];
  const matched = new Uint8Array(read.table.n);
  const measured = [];
  for (const [i, { id, task, sealed }] of input.logs.entries()) {
    scope.signal.throwIfAborted();
    const activity = `Joining log ${i + 1} of ${input.logs.length}`;
    scope.progress({ fraction: 0.5 + (i / input.logs.length) * 0.5, activity });
    const result = measure(unpackPredictions(sealed), tables, { task, ...input.rules });
    for (const [row, met] of result.matched.at(-1)!.entries()) matched[row]! |= met;
    measured.push({ logId: id, measurement: result.measurement });
    await nextTurn();
  }
  const isKept = input.rules.isKept && read.table.n <= MAX_KEPT;
  return {
    outcomes: sealOutcomes(read, matched, isKept),
    measured,
    durationMs: performance.now() - startedAtMs,
  };
}

interface FileOutcomes {
  readonly file: FileFingerprint;
  readonly table: OutcomeTable;
  readonly nRows: number;
  readonly nMissing: number;
}

function readFile(
  chosen: ChosenFile<OutcomeColumns>,
  task: PredictionTask,
  hasher: IdHasher,
  scope: JobScope,
): Promise<FileOutcomes> {
  return withSource(chosen, scope, async (source) => ({
    file: source.file,
    ...(await readOutcomes(source, chosen.columns, task.kind, hasher)),
  }));
}

async function ownOutcomes(
  source: TableSource,
  { id, label }: LogColumns,
  { kind }: PredictionTask,
  hasher: IdHasher,
): Promise<FileOutcomes | null> {
  if (label === null) return null;
  const read = await readOutcomes(source, { id, label, time: null }, kind, hasher);
  return { file: source.file, ...read };
}

function sealOutcomes(
  { file, nRows, nMissing, table }: FileOutcomes,
  matched: Uint8Array,
  isKept: boolean,
): OutcomesRead {
  return { file, nRows, nMissing, matched, sealed: isKept ? packTable(table) : null };
}

async function withSource<T>(
  { path, expectedSha256 }: { readonly path: string; readonly expectedSha256: string },
  scope: JobScope,
  read: (source: TableSource) => Promise<T>,
): Promise<T> {
  const source = await openSource(path, scope);
  try {
    if (source.file.sha256 !== expectedSha256)
      throw badData(
        source.file.fileName,
        'the file has changed since it was looked at. Choose it again.',
      );
    return await read(source);
  } finally {
    source.close();
  }
}

function part(scope: JobScope, from: number, to: number): JobScope {
  return { signal: scope.signal, progress: scaleProgress(scope.progress, from, to) };
}

/** Lets progress and the sign of life out between two long steps. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
