import type { MetricEvidence } from '../../shared/canary/canaryEvidence';
import { storeValues } from '../../shared/canary/canaryEvidence';
import type { CanaryPlan, Guardrail } from '../../shared/canary/canaryPlan';
import { fromFinite } from '../../shared/stats/empiricalDistribution';
import { pairedAuc } from '../../shared/stats/pairedAuc';
import { quantile } from '../../shared/stats/quantile';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { badData } from '../io/badData';
import { readBits, readNumbers, type Arm, type ArmMask } from './canaryArms';

type Arms = readonly [control: Arm, candidate: Arm];
type Masks = readonly [control: ArmMask, candidate: ArmMask];

/** What one metric gives, and what was left out of each arm for it. */
export interface MeasuredMetric {
  readonly evidence: MetricEvidence;
  readonly notMatured: readonly [control: number, candidate: number];
  readonly infinite: readonly [control: number, candidate: number];
  readonly winsorised: readonly [control: number, candidate: number];
}

/** Reads and reduces the primary metric. @throws AppFailure BAD_DATA naming file, row and column */
export function measurePrimary(
  arms: Arms,
  masks: Masks,
  plan: Pick<CanaryPlan, 'primary' | 'winsorisedShare'>,
): Promise<MeasuredMetric> {
  const { column, kind, labelColumn } = plan.primary;
  if (kind === 'binary') return measureRate(arms, masks, column);
  if (kind === 'continuous') return measureMean(arms, masks, column, plan.winsorisedShare);
  if (labelColumn === null)
    throw badData(arms[0].table.file.fileName, 'a ranked metric needs the column of the class.');
  return measureRanks(arms, masks, column, labelColumn);
}

/** The same for a guardrail. */
export async function measureGuardrail(
  arms: Arms,
  masks: Masks,
  { column, kind }: Guardrail,
  winsorisedShare: number,
): Promise<MetricEvidence> {
  const measured =
    kind === 'mean' || kind === 'quantile'
      ? await measureMean(arms, masks, column, kind === 'mean' ? winsorisedShare : 0)
      : await measureRate(arms, masks, column);
  return measured.evidence;
}

const NONE = [0, 0] as const;

async function measureRate(arms: Arms, masks: Masks, column: string): Promise<MeasuredMetric> {
  const [a, b] = [
    split(await readBits(arms[0], column), masks[0]),
    split(await readBits(arms[1], column), masks[1]),
  ];
  const rate = ({ finite }: SplitColumn) => ({
    count: finite.reduce((sum, bit) => sum + bit, 0),
    n: finite.length,
  });
  return {
    evidence: { kind: 'rate', control: rate(a), candidate: rate(b) },
    notMatured: [a.missing, b.missing],
    infinite: NONE,
    winsorised: NONE,
  };
}

async function measureMean(
  arms: Arms,
  masks: Masks,
  column: string,
  winsorisedShare: number,
): Promise<MeasuredMetric> {
  const [a, b] = [
    split(await readNumbers(arms[0], column), masks[0]),
    split(await readNumbers(arms[1], column), masks[1]),
  ];
  const winsorised = winsorise(a.finite, b.finite, winsorisedShare);
  const mean = ({ finite }: SplitColumn) => ({
    ...sampleMoments(finite),
    values: storeValues(fromFinite(finite.slice())),
  });
  return {
    evidence: { kind: 'mean', control: mean(a), candidate: mean(b) },
    notMatured: [a.missing, b.missing],
    infinite: [a.infinite, b.infinite],
    winsorised,
  };
}

async function measureRanks(
  arms: Arms,
  masks: Masks,
  column: string,
  labelColumn: string,
): Promise<MeasuredMetric> {
  const ranksOf = async (arm: Arm, mask: ArmMask) => {
    const labels = await readBits(arm, labelColumn);
    const rows = splitRows(labels, [await readNumbers(arm, column)], mask);
    const of = (bit: number) =>
      storeValues(fromFinite(rows.columns[0]!.filter((_, i) => rows.labels[i] === bit)));
    return { ...rows, ranks: { positive: of(1), negative: of(0) } };
  };
  const a = await ranksOf(arms[0], masks[0]);
  const b = await ranksOf(arms[1], masks[1]);
  return {
    evidence: { kind: 'ranked', control: a.ranks, candidate: b.ranks },
    notMatured: [a.missing, b.missing],
    infinite: [a.infinite, b.infinite],
    winsorised: NONE,
  };
}

/**
 * Both versions scored the same rows: their areas under the curve and how these move together.
 *
 * @throws AppFailure BAD_DATA when all labels are of one class, or a class has one row only
 */
export async function measurePaired(
  arm: Arm,
  mask: ArmMask,
  columns: { readonly label: string; readonly control: string; readonly candidate: string },
): Promise<MeasuredMetric> {
  const labels = await readBits(arm, columns.label);
  const scores = [
    await readNumbers(arm, columns.control),
    await readNumbers(arm, columns.candidate),
  ];
  const rows = splitRows(labels, scores, mask);
  // The candidate first: the difference is candidate minus control.
  const test = pairedAuc(rows.labels, rows.columns[1]!, rows.columns[0]!);
  if (test.status !== 'ok' || test.covariance === null)
    throw badData(
      arm.table.file.fileName,
      'the rows with an outcome need at least two of each class to compare areas under the curve.',
      { column: columns.label },
    );
  return {
    evidence: {
      kind: 'pairedRanked',
      nPositive: test.first.nPositive,
      nNegative: test.first.nNegative,
      control: test.second.auc,
      candidate: test.first.auc,
      controlVariance: test.second.variance ?? 0,
      candidateVariance: test.first.variance ?? 0,
      covariance: test.covariance,
    },
    notMatured: [rows.missing, rows.missing],
    infinite: [rows.infinite, rows.infinite],
    winsorised: NONE,
  };
}

interface SplitColumn {
  readonly finite: Float64Array;
  readonly missing: number;
  readonly infinite: number;
}

function split(values: Float64Array, { isKept }: ArmMask): SplitColumn {
  let [missing, infinite] = [0, 0];
  const finite = values.filter((value, i) => {
    if (isKept[i] === 0) return false;
    if (Number.isNaN(value)) missing++;
    else if (!Number.isFinite(value)) infinite++;
    return Number.isFinite(value);
  });
  return { finite: Float64Array.from(finite), missing, infinite };
}

/** Rows with an outcome and finite scores. */
function splitRows(labels: Float64Array, columns: readonly Float64Array[], { isKept }: ArmMask) {
  let [missing, infinite] = [0, 0];
  const kept: number[] = [];
  labels.forEach((label, i) => {
    if (isKept[i] === 0) return;
    const values = [label, ...columns.map((column) => column[i]!)];
    if (values.some(Number.isNaN)) missing++;
    else if (values.every(Number.isFinite)) kept.push(i);
    else infinite++;
  });
  return {
    labels: Float64Array.from(kept, (i) => labels[i]!),
    columns: columns.map((column) => Float64Array.from(kept, (i) => column[i]!)),
    missing,
    infinite,
  };
}

/** Sets values beyond the quantiles of both arms together to these; the bounds are the same for both. */
function winsorise(
  control: Float64Array,
  candidate: Float64Array,
  share: number,
): readonly [control: number, candidate: number] {
  if (share === 0 || control.length + candidate.length === 0) return NONE;
  const pooled = new Float64Array(control.length + candidate.length);
  pooled.set(control);
  pooled.set(candidate, control.length);
  const both = fromFinite(pooled);
  const [low, high] = [quantile(both, share) ?? -Infinity, quantile(both, 1 - share) ?? Infinity];
  const clamp = (values: Float64Array): number => {
    let changed = 0;
    values.forEach((value, i) => {
      if (value >= low && value <= high) return;
      values[i] = value < low ? low : high;
      changed++;
    });
    return changed;
  };
  return [clamp(control), clamp(candidate)];
}
