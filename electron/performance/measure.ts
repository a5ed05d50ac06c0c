import type {
  Estimate,
  LabelDelay,
  LabelSelection,
  Measurement,
  SegmentFigures,
} from '../../shared/performance/performanceReport';
import type { PredictionTask } from '../../shared/performance/predictionLog';
import { expectedPerformance } from '../../shared/stats/expectedPerformance';
import { quantileSorted } from '../../shared/stats/quantile';
import { sampleMoments } from '../../shared/stats/sampleMoments';
import { sortFloat64 } from '../../shared/stats/sortFloat64';
import { welchTest } from '../../shared/stats/welchTest';
import { gather, groupByCode, recode, splitByFlag } from './gather';
import { joinOutcomes, type JoinedOutcomes } from './joinOutcomes';
import { isBinary, measureRows, type LabelledRows, type RowFigures } from './measureRows';
import type { OutcomeTable, PredictionTable } from './predictionTable';

/** What a measurement is asked for. */
export interface MeasureOptions {
  readonly task: PredictionTask;
  readonly lateAfterDays: number;
}

/** A segment needs this many labelled predictions before it is judged. */
const MIN_SEGMENT = 30;
const ALPHA = 0.05;

/**
 * Joins predictions with outcomes and measures everything, overall and per segment.
 *
 * @returns the measurement, and per outcome file which of its rows met a prediction
 * Cost: O(predictions x segment columns + outcomes).
 */
export function measure(
  predictions: PredictionTable,
  outcomes: readonly OutcomeTable[],
  { task, lateAfterDays }: MeasureOptions,
): { readonly measurement: Measurement; readonly matched: readonly Uint8Array[] } {
  const joined = joinOutcomes(predictions, outcomes, lateAfterDays);
  const coded = codeClasses(predictions, joined, task);
  const all = measureRows(labelledOf(coded, everyRow(coded.n)));
  const measurement: Measurement = {
    join: joined.counts,
    delay: delayOf(joined.delays),
    selection: selectionOf(predictions, joined),
    ...all,
    segments: segmentsOf(predictions, coded, all),
    estimates: estimatesOf(predictions, task),
    warnings: warningsOf(joined, coded, task),
  };
  return { measurement, matched: joined.matched };
}

/** Every prediction with true and predicted class in one coding. */
interface CodedRows extends LabelledRows {
  readonly n: number;
}

function codeClasses(
  { n, scores, classes, labels }: PredictionTable,
  joined: JoinedOutcomes,
  task: PredictionTask,
): CodedRows {
  if (task.kind === 'regression') {
    return { n, task, truth: joined.truth, scores, predicted: null, classes: [] };
  }
  const { positiveLabel } = task;
  if (positiveLabel !== null) {
    const toBit = (list: readonly string[]) =>
      Float64Array.from(list, (label) => Number(label === positiveLabel));
    return {
      n,
      task,
      truth: recode(joined.truth.slice(), toBit(joined.labels ?? [])),
      scores,
      predicted:
        classes === null ? thresholded(scores!, task.threshold) : asCodes(classes, toBit(labels)),
      classes: [`not ${positiveLabel}`, positiveLabel],
    };
  }
  const union = [...new Set([...labels, ...(joined.labels ?? [])])].sort();
  const inUnion = (list: readonly string[]) =>
    Float64Array.from(list, (label) => union.indexOf(label));
  return {
    n,
    task,
    truth: recode(joined.truth.slice(), inUnion(joined.labels ?? [])),
    scores: null,
    predicted: asCodes(classes!, inUnion(labels)),
    classes: union,
  };
}

function asCodes(codes: Int32Array, meanings: Float64Array): Int32Array {
  const meant = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) meant[i] = meanings[codes[i]!]!;
  return meant;
}

/** 1 from the threshold on, else 0. */
function thresholded(scores: Float64Array, threshold: number): Int32Array {
  const bits = new Int32Array(scores.length);
  for (let i = 0; i < bits.length; i++) bits[i] = scores[i]! >= threshold ? 1 : 0;
  return bits;
}

function everyRow(n: number): Uint32Array {
  const rows = new Uint32Array(n);
  for (let row = 0; row < n; row++) rows[row] = row;
  return rows;
}

/** The labelled ones among the given rows. */
function labelledOf(rows: CodedRows, among: Uint32Array): LabelledRows {
  const { truth, scores, predicted } = rows;
  const kept = new Uint32Array(among.length);
  let n = 0;
  for (let i = 0; i < among.length; i++)
    if (!Number.isNaN(truth[among[i]!]!)) kept[n++] = among[i]!;
  const order = kept.subarray(0, n);
  return {
    task: rows.task,
    classes: rows.classes,
    truth: gather(truth, order, new Float64Array(n)),
    scores: scores && gather(scores, order, new Float64Array(n)),
    predicted: predicted && gather(predicted, order, new Int32Array(n)),
  };
}

function delayOf(delays: Int32Array): LabelDelay | null {
  if (delays.length === 0) return null;
  const sorted = Int32Array.from(delays).sort();
  return {
    n: sorted.length,
    medianDays: quantileSorted(sorted, 0.5)!,
    p95Days: quantileSorted(sorted, 0.95)!,
    maxDays: sorted.at(-1)!,
  };
}

/** Whether the predictions whose outcome has come are like those whose outcome has not. */
function selectionOf(
  { scores }: PredictionTable,
  { truth, counts }: JoinedOutcomes,
): LabelSelection | null {
  if (scores === null) return null;
  if (counts.nLabelled < MIN_SEGMENT || truth.length - counts.nLabelled < MIN_SEGMENT) return null;
  const isLabelled = new Uint8Array(truth.length);
  for (let row = 0; row < truth.length; row++) isLabelled[row] = Number.isNaN(truth[row]!) ? 0 : 1;
  const { ones: labelled, zeros: unlabelled } = splitByFlag(scores, isLabelled);
  const [known, unknown] = [sampleMoments(labelled), sampleMoments(unlabelled)];
  const test = welchTest(known, unknown);
  return test.status === 'ok'
    ? { meanScoreLabelled: known.mean, meanScoreUnlabelled: unknown.mean, pValue: test.pValue }
    : null;
}

function estimatesOf({ scores, n }: PredictionTable, task: PredictionTask): Estimate[] {
  if (scores === null || n === 0 || !isBinary({ task })) return [];
  const expected = expectedPerformance(sortFloat64(scores.slice()), task.threshold);
  const { accuracy, auc } = expected;
  return [
    { metric: 'accuracy', n, ...accuracy },
    ...(auc === null ? [] : [{ metric: 'auc' as const, n, ...auc }]),
  ];
}

function segmentsOf(
  predictions: PredictionTable,
  rows: CodedRows,
  all: RowFigures,
): SegmentFigures[] {
  const nSegments = predictions.segments.reduce((sum, { labels }) => sum + labels.length, 0);
  // Bonferroni over the segments: one look at each must not make a weak one by chance.
  const confidence = 1 - ALPHA / Math.max(1, nSegments);
  return predictions.segments.flatMap(({ name, labels, codes }) => {
    const { order, starts } = groupByCode(codes);
    return labels.map((value, code) => {
      const members = order.subarray(starts[code], starts[code + 1]);
      const inSegment = labelledOf(rows, members);
      const strict = measureRows(inSegment, confidence).metrics;
      return {
        column: name,
        value,
        nPredictions: members.length,
        nLabelled: inSegment.truth.length,
        metrics: measureRows(inSegment).metrics,
        weakIn: inSegment.truth.length < MIN_SEGMENT ? [] : weakIn(strict, all.metrics),
      };
    });
  });
}

function weakIn(
  segment: RowFigures['metrics'],
  all: RowFigures['metrics'],
): SegmentFigures['weakIn'] {
  return segment.flatMap(({ metric, interval }) => {
    const overall = all.find((other) => other.metric === metric)?.value ?? null;
    if (interval === null || overall === null) return [];
    const isWeak =
      metric === 'mae'
        ? interval[0] > overall
        : (metric === 'accuracy' || metric === 'auc') && interval[1] < overall;
    return isWeak ? [metric] : [];
  });
}

function warningsOf(
  { labels, counts }: JoinedOutcomes,
  { classes }: CodedRows,
  { positiveLabel }: PredictionTask,
): string[] {
  const warnings: string[] = [];
  const found = labels ?? [];
  if (positiveLabel !== null && counts.nLabelled > 0 && !found.includes(positiveLabel)) {
    warnings.push(
      `No outcome is the positive class \`${positiveLabel}\`. The outcomes are ${found.map((label) => `\`${label}\``).join(', ')}.`,
    );
  }
  if (positiveLabel !== null && found.length > 2)
    warnings.push(
      `${found.length} different outcomes: all but \`${classes[1] ?? ''}\` count as one class.`,
    );
  if (counts.nBeforePrediction !== null && counts.nBeforePrediction > 0)
    warnings.push(`${counts.nBeforePrediction} outcomes are dated before their prediction.`);
  return warnings;
}
