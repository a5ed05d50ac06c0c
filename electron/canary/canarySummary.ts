import type { ArmRows, MetricEvidence } from '../../shared/canary/canaryEvidence';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import { badData } from '../io/badData';
import type { OpenTable } from '../io/tableReader';
import { readNumbers, rowCount, type Arm } from './canaryArms';

/** Beyond, a table is rows of requests and not a summary. */
const MOST_ROWS = 1000;

/** A table with one row per metric: `metric`, `n`, and `count` of a rate or `mean` and `variance`. */
export function isSummary(table: OpenTable): boolean {
  const names = new Set(table.columns.map(({ name }) => name));
  const hasFigures = names.has('count') || (names.has('mean') && names.has('variance'));
  return table.nRows <= MOST_ROWS && names.has('metric') && names.has('n') && hasFigures;
}

interface SummaryRow {
  readonly n: number;
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
  /** Rows that were sent there, with or without an outcome; NaN when not said. */
  readonly rows: number;
}

/**
 * The evidence of a plan from two summaries.
 *
 * @throws AppFailure BAD_DATA when a metric has no row or lacks a figure, or is one that a summary cannot carry
 */
export async function readSummaries(
  arms: readonly [control: Arm, candidate: Arm],
  plan: Pick<CanaryPlan, 'primary' | 'guardrails'>,
) {
  const sides = [await summaryOf(arms[0]), await summaryOf(arms[1])] as const;
  const evidence = (column: string, kind: 'rate' | 'mean'): MetricEvidence => {
    const [control, candidate] = arms.map((arm, i) => figuresOf(arm, sides[i]!, column, kind));
    // Both sides were asked for the same kind.
    return { kind, control, candidate } as MetricEvidence;
  };
  const { primary, guardrails } = plan;
  if (primary.kind === 'ranked')
    throw badData(
      arms[0].table.file.fileName,
      'a summary cannot carry the ranks of scores: bring a row per request.',
    );
  return {
    primary: evidence(primary.column, primary.kind === 'binary' ? 'rate' : 'mean'),
    guardrails: guardrails.map(({ column, kind }) =>
      evidence(column, kind === 'rate' || kind === 'rateLimit' ? 'rate' : 'mean'),
    ),
    control: rowsOf(sides[0].get(primary.column)!),
    candidate: rowsOf(sides[1].get(primary.column)!),
  };
}

function rowsOf({ n, rows }: SummaryRow): ArmRows {
  const all = Number.isNaN(rows) ? n : rows;
  return {
    rows: all,
    notMatured: Math.max(0, all - n),
    infinite: 0,
    repeated: 0,
    inBothArms: 0,
    winsorised: 0,
  };
}

async function summaryOf(arm: Arm): Promise<ReadonlyMap<string, SummaryRow>> {
  const names = await arm.table.readColumn('metric', 'categorical');
  if (!('codes' in names)) throw new RangeError('summaryOf: not a column of codes');
  const has = new Set(arm.table.columns.map(({ name }) => name));
  const read = (column: string) =>
    has.has(column)
      ? readNumbers(arm, column)
      : Promise.resolve(new Float64Array(rowCount(arm)).fill(NaN));
  const n = await read('n');
  const count = await read('count');
  const mean = await read('mean');
  const variance = await read('variance');
  const rows = await read('rows');
  const entries = Array.from({ length: rowCount(arm) }, (_, i) => {
    const name = names.labels[names.codes[arm.rows?.[i] ?? i]!] ?? '';
    const figures = { n: n[i]!, count: count[i]!, mean: mean[i]!, variance: variance[i]! };
    return [name, { ...figures, rows: rows[i]! }] as const;
  });
  return new Map(entries);
}

function figuresOf(
  arm: Arm,
  side: ReadonlyMap<string, SummaryRow>,
  metric: string,
  kind: 'rate' | 'mean',
) {
  const row = side.get(metric);
  const file = arm.table.file.fileName;
  if (row === undefined)
    throw badData(file, `the summary has no row for the metric of the plan in the ${arm.name}.`, {
      column: 'metric',
    });
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
  if (!isCount(row.n)) throw badData(file, 'n is not a count of rows.', { column: 'n' });
  if (kind === 'rate') {
    if (!isCount(row.count) || row.count > row.n)
      throw badData(file, 'count is not a number of rows out of n.', { column: 'count' });
    return { count: row.count, n: row.n };
  }
  if (!Number.isFinite(row.mean) || !(row.variance >= 0 && row.variance < Infinity))
    throw badData(file, 'mean or variance is missing.', { column: 'mean' });
  return { n: row.n, mean: row.mean, variance: row.variance, values: null };
}
