import type { ArmRows, CanaryLook } from '../../shared/canary/canaryEvidence';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import { UtcInstant } from '../../shared/base/time';
import { badData } from '../io/badData';
import { openTable, type OpenTable } from '../io/tableReader';
import type { JobScope } from '../workers/jobRunner';
import {
  commonWindow,
  maskExposures,
  splitByAssignment,
  type Arm,
  type ArmMask,
} from './canaryArms';
import {
  measureGuardrail,
  measurePaired,
  measurePrimary,
  type MeasuredMetric,
} from './canaryMetrics';
import { isSummary, readSummaries } from './canarySummary';

/** A file as it was looked at; null: whatever it holds now. */
interface ExpectedFile {
  readonly path: string;
  readonly expectedSha256: string | null;
}

/** How the rows of both arms are found. */
export type ArmSource =
  | { readonly kind: 'twoFiles'; readonly control: ExpectedFile; readonly candidate: ExpectedFile }
  | {
      readonly kind: 'oneFile';
      readonly file: ExpectedFile;
      readonly assignmentColumn: string;
      readonly controlLabel: string;
      readonly candidateLabel: string;
    }
  | { readonly kind: 'paired'; readonly file: ExpectedFile; readonly candidateColumn: string };

export interface LookRequest {
  /** The file that is named when the process dies over it. */
  readonly path: string;
  readonly source: ArmSource;
  readonly plan: Pick<CanaryPlan, 'primary' | 'guardrails' | 'winsorisedShare'>;
  /** Who or what was exposed; null: every row stands for itself. */
  readonly idColumn: string | null;
  readonly timeColumn: string | null;
}

/**
 * Reduces the rows of both arms to what the tests of a plan need (job `canary.readLook`).
 *
 * Late outcomes: a row without one counts for the split and not for the metric. Somebody seen in both arms is left
 * out of both; of somebody seen twice in one arm the first row in the file counts.
 *
 * @returns aggregates, distinct values at most 1,024 per arm and metric, otherwise a grid of 512 cells
 * @throws AppFailure BAD_DATA (unreadable or changed file, wrong column, an arm without rows, no overlap in time),
 *   CANCELLED
 */
export async function readCanaryLook(request: LookRequest, scope: JobScope): Promise<CanaryLook> {
  const { arms, tables } = await openArms(request.source, scope);
  try {
    const files = tables.map(({ file }) => file);
    if (arms.every(({ table }) => isSummary(table)))
      return { ...(await readSummaries(arms, request.plan)), ...NO_WINDOW, files };
    scope.progress({ fraction: null, activity: 'Comparing the arms' });
    const masks = await maskArms(arms, request);
    const window =
      request.timeColumn === null ? null : await commonWindow(arms, request.timeColumn);
    const primary = await measureBoth(arms, masks, request);
    const guardrails = [];
    for (const guardrail of request.plan.guardrails)
      guardrails.push(await measureGuardrail(arms, masks, guardrail, request.plan.winsorisedShare));
    return {
      control: armRows(masks[0], primary, 0),
      candidate: armRows(masks[1], primary, 1),
      ...(window === null ? NO_WINDOW : windowOf(window)),
      files,
      primary: primary.evidence,
      guardrails,
    };
  } finally {
    for (const table of tables) table.close();
  }
}

const NO_WINDOW = { windowStartUtc: null, windowEndUtc: null } as const;

function windowOf({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }) {
  const instant = (ms: number) => UtcInstant.parse(new Date(ms).toISOString());
  return { windowStartUtc: instant(startMs), windowEndUtc: instant(endMs) };
}

function armRows({ counts }: ArmMask, measured: MeasuredMetric, arm: 0 | 1): ArmRows {
  return {
    ...counts,
    notMatured: measured.notMatured[arm],
    infinite: measured.infinite[arm],
    winsorised: measured.winsorised[arm],
  };
}

async function openArms(
  source: ArmSource,
  scope: JobScope,
): Promise<{ readonly arms: readonly [Arm, Arm]; readonly tables: readonly OpenTable[] }> {
  const tables: OpenTable[] = [];
  try {
    const open = async (file: ExpectedFile): Promise<OpenTable> => {
      const table = await openTable(file.path, scope);
      tables.push(table);
      requireRows(table, file.expectedSha256);
      return table;
    };
    if (source.kind === 'twoFiles') {
      const control = await open(source.control);
      const candidate = await open(source.candidate);
      return { arms: [armOf('control', control), armOf('candidate', candidate)], tables };
    }
    const table = await open(source.file);
    if (source.kind === 'paired')
      return { arms: [armOf('control', table), armOf('candidate', table)], tables };
    const { assignmentColumn, controlLabel, candidateLabel } = source;
    const labels = { control: controlLabel, candidate: candidateLabel };
    return { arms: await splitByAssignment(table, assignmentColumn, labels), tables };
  } catch (error) {
    for (const table of tables) table.close();
    throw error;
  }
}

function armOf(name: Arm['name'], table: OpenTable): Arm {
  return { name, table, rows: null };
}

function requireRows({ file, nRows }: OpenTable, expectedSha256: string | null): void {
  if (expectedSha256 !== null && file.sha256 !== expectedSha256)
    throw badData(file.fileName, 'it has changed since it was looked at. Choose the file again.');
  if (nRows === 0) throw badData(file.fileName, 'the file has no data rows, so the arm is empty.');
}

/** Of a paired file both arms are the same rows: nobody saw only one version. */
function maskArms(arms: readonly [Arm, Arm], { source, idColumn }: LookRequest) {
  return maskExposures(arms, source.kind === 'paired' ? null : idColumn);
}

function measureBoth(
  arms: readonly [Arm, Arm],
  masks: readonly [ArmMask, ArmMask],
  { source, plan }: LookRequest,
): Promise<MeasuredMetric> {
  if (source.kind !== 'paired') return measurePrimary(arms, masks, plan);
  const { column, kind, labelColumn } = plan.primary;
  if (kind !== 'ranked' || labelColumn === null)
    throw badData(
      arms[0].table.file.fileName,
      'only a ranked metric can be compared on the same rows.',
    );
  const columns = { label: labelColumn, control: column, candidate: source.candidateColumn };
  return measurePaired(arms[0], masks[0], columns);
}
