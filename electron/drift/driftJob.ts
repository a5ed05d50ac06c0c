import { basename } from 'node:path';
import type { FileFingerprint } from '../../shared/base/files';
import { isLookedAtTogether, type ColumnSpec } from '../../shared/drift/column';
import { isCompared } from '../../shared/drift/columnMatch';
import type { ColumnMatch, FeatureDetail } from '../../shared/drift/driftReport';
import type { MeasuredFeature } from '../../shared/drift/driftVerdict';
import { type ColumnProfile, type ReferenceProfile } from '../../shared/drift/referenceProfile';
import {
  BATCH_ROWS,
  STRUCTURE_ROWS,
  type MultivariateDrift,
  type ReconstructionDrift,
} from '../../shared/drift/multivariate';
import { defaultChunkChoice, type ChunkChoice } from '../../shared/drift/variability';
import { AppFailure } from '../../shared/ipc/errors';
import { EXACT_DISTINCT_LIMIT } from '../../shared/stats/quantileGrid';
import { inspectTable } from '../io/inspectTable';
import { openTable, type OpenTable } from '../io/tableReader';
import type { JobScope } from '../workers/jobRunner';
import { poolWidth, runTask } from '../workers/pool';
import { planChunks } from './chunkPlan';
import { compareDomains } from './domainJob';
import { reconstruct, structureOf } from './structureJob';
import { RowSampler } from './rowSample';
import { requireUnchanged } from './unchangedFile';
import { unreadableFeature, type ComparedColumn } from './comparedColumn';

/** What a drift job brings back: aggregates and the file's fingerprint, never rows. */
export interface DriftComputation {
  readonly file: FileFingerprint;
  readonly nRows: number;
  readonly features: readonly MeasuredFeature[];
  readonly details: ReadonlyMap<string, FeatureDetail>;
  readonly changedType: ColumnMatch['changedType'];
  readonly reconstruction: ReconstructionDrift;
  readonly durationMs: number;
}

/**
 * Reads a reference file once and keeps the distribution of every compared column.
 *
 * @param input.columns kind and role of every column
 * @param input.expectedSha256 the file as it was looked at; another content is refused
 * @param input.maxDistinct distinct values kept exactly per column; a grid beyond (default 65,536)
 * @param input.chunks how to cut the rows to measure how much each column differs within itself; null: not
 * @returns the profile; shape (columns), numeric values ascending
 * @throws AppFailure BAD_DATA (unreadable, changed, or a value does not fit its kind), CANCELLED
 */
export async function profileReference(
  input: {
    readonly path: string;
    readonly columns: readonly ColumnSpec[];
    readonly expectedSha256: string | null;
    readonly maxDistinct?: number;
    readonly chunks: ChunkChoice | null;
  },
  scope: JobScope,
): Promise<{ readonly file: FileFingerprint; readonly profile: ReferenceProfile }> {
  const table = await openTable(input.path, scope);
  try {
    requireUnchanged(table, input.expectedSha256);
    const specs = input.columns.filter(isCompared);
    const maxDistinct = input.maxDistinct ?? EXACT_DISTINCT_LIMIT;
    const readColumn = readInTurn(table);
    const chunks = input.chunks && (await planChunks(table, input.chunks));
    const sampler = chunks && new RowSampler(table.nRows, STRUCTURE_ROWS);
    const columns = await mapColumns(specs, 'Profiling', scope, async (spec) => {
      const values = await readColumn(spec.name, spec.kind);
      if (isLookedAtTogether(spec)) sampler?.take(values);
      return runTask('column.profile', { column: values, role: spec.role, maxDistinct, chunks });
    });
    const structure = chunks && sampler && (await structureOf(columns, sampler, chunks));
    return { file: table.file, profile: { nRows: table.nRows, columns, structure } };
  } finally {
    table.close();
  }
}

/**
 * Compares a live file with a reference, column by column on worker threads.
 *
 * @param input.reference the frozen profile
 * @param input.alpha significance for which critical values are given, in (0, 1)
 * @returns statistics, pictures and details per reference column, in the reference's order; a column
 *   that is missing or cannot be read as its kind is there with the reason
 * @throws AppFailure BAD_DATA (unreadable or changed file), CANCELLED
 */
export async function computeDrift(
  input: {
    readonly path: string;
    readonly expectedSha256: string | null;
    readonly reference: ReferenceProfile;
    readonly alpha: number;
  },
  scope: JobScope,
): Promise<DriftComputation> {
  const startedAtMs = performance.now();
  const table = await openTable(input.path, scope);
  try {
    requireUnchanged(table, input.expectedSha256);
    const readColumn = readInTurn(table);
    const { structure } = input.reference;
    const sampler =
      structure?.status === 'measured' ? new RowSampler(table.nRows, BATCH_ROWS) : null;
    const source = { columns: table.columns, readColumn, sampler };
    const compared = await mapColumns(input.reference.columns, 'Comparing', scope, (reference) =>
      compareOne(source, reference, input.alpha),
    );
    return {
      reconstruction: await reconstruct(input.reference, sampler),
      file: table.file,
      nRows: table.nRows,
      features: compared.map(({ statistics, picture }) => ({ statistics, picture })),
      details: new Map(compared.map(({ statistics, detail }) => [statistics.name, detail])),
      changedType: compared.flatMap(({ changedType }) =>
        changedType === null ? [] : [changedType],
      ),
      durationMs: performance.now() - startedAtMs,
    };
  } finally {
    table.close();
  }
}

type ComparedWithType = ComparedColumn & {
  readonly changedType: ColumnMatch['changedType'][number] | null;
};

async function compareOne(
  table: Pick<OpenTable, 'columns' | 'readColumn'> & { readonly sampler: RowSampler | null },
  reference: ColumnProfile,
  alpha: number,
): Promise<ComparedWithType> {
  const found = table.columns.find(({ name }) => name === reference.name);
  if (found === undefined) {
    return {
      ...unreadableFeature(reference, 'The live batch has no such column.'),
      changedType: null,
    };
  }
  try {
    const column = await table.readColumn(reference.name, reference.kind);
    table.sampler?.take(column);
    return {
      ...(await runTask('column.compare', { reference, column, alpha })),
      changedType: null,
    };
  } catch (error) {
    if (!(error instanceof AppFailure) || error.code !== 'BAD_DATA') throw error;
    const reason = `The type changed: ${reference.kind} in the reference, ${found.fileType} in the live batch.`;
    const changedType = { name: reference.name, reference: reference.kind, live: found.fileType };
    return { ...unreadableFeature(reference, reason), changedType };
  }
}

/** What two files are to each other when no workspace is open: the command line's `assay drift`. */
export interface FileComparison {
  readonly reference: {
    readonly file: FileFingerprint;
    readonly nRows: number;
    readonly nColumns: number;
  };
  readonly live: {
    readonly file: FileFingerprint;
    readonly nRows: number;
    readonly nColumns: number;
  };
  readonly computation: DriftComputation;
  readonly multivariate: MultivariateDrift | null;
  readonly ignored: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Compares two files exactly, with the columns as Assay detects them in the reference.
 *
 * @throws AppFailure BAD_DATA, CANCELLED, INSUFFICIENT_DATA (no column in common)
 */
export async function compareFiles(
  input: {
    readonly path: string;
    readonly livePath: string;
    readonly alpha: number;
    /** Whether the reference is cut into chunks to measure its own variability. */
    readonly isCut: boolean;
    readonly isMultivariate: boolean;
  },
  scope: JobScope,
): Promise<FileComparison> {
  const { path, livePath, alpha, isMultivariate } = input;
  const isCut = input.isCut || isMultivariate;
  const inspected = await inspectTable({ path }, scope);
  const { columns } = inspected;
  const { file, profile } = await profileReference(
    {
      path,
      columns,
      expectedSha256: inspected.file.sha256,
      maxDistinct: Infinity,
      chunks: isCut ? defaultChunkChoice(columns) : null,
    },
    scope,
  );
  const live = await openTable(livePath, scope);
  const liveNames = new Set(live.columns.map(({ name }) => name));
  live.close();
  requireCommonColumn(profile, liveNames, basename(path), basename(livePath));
  const computation = await computeDrift(
    { path: livePath, expectedSha256: null, reference: profile, alpha },
    scope,
  );
  const domain = isMultivariate
    ? await compareDomains(
        {
          path: livePath,
          expectedSha256: computation.file.sha256,
          reference: { path, expectedSha256: file.sha256 },
          columns,
        },
        scope,
      )
    : null;
  return {
    multivariate: domain && { reconstruction: computation.reconstruction, domain },
    reference: { file, nRows: profile.nRows, nColumns: columns.length },
    live: { file: computation.file, nRows: computation.nRows, nColumns: liveNames.size },
    computation,
    ignored: columns
      .filter((column) => !isCompared(column))
      .map(({ name, reason }) => ({ name, reason })),
  };
}

function requireCommonColumn(
  { columns }: ReferenceProfile,
  liveNames: ReadonlySet<string>,
  reference: string,
  live: string,
): void {
  if (columns.some(({ name }) => liveNames.has(name))) return;
  throw new AppFailure('INSUFFICIENT_DATA', `${live} has no column in common with ${reference}.`, {
    n: 0,
    required: 1,
    file: live,
  });
}

/** One column at a time: the engines read a file on several threads of their own already. */
function readInTurn(table: OpenTable): OpenTable['readColumn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (name, kind) => {
    const reading = last.then(() => table.readColumn(name, kind));
    last = reading.catch(() => undefined);
    return reading;
  };
}

/** Keeps the threads busy: the next columns are read while earlier ones are computed. */
async function mapColumns<C extends { readonly name: string }, R>(
  columns: readonly C[],
  activity: string,
  scope: JobScope,
  work: (column: C) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let nDone = 0;
  async function lane(): Promise<void> {
    for (let i = next++; i < columns.length; i = next++) {
      scope.signal.throwIfAborted();
      const column = columns[i];
      if (column === undefined) return;
      results[i] = await work(column);
      nDone += 1;
      scope.progress({ fraction: nDone / columns.length, activity: `${activity} ${column.name}` });
    }
  }
  await Promise.all(Array.from({ length: poolWidth() + 1 }, lane));
  return results;
}
