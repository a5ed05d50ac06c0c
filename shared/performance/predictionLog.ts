import { z } from 'zod';

const ColumnName = z.string().min(1).max(1024);
/** Columns by which predictions are told apart. */
export const MAX_SEGMENT_COLUMNS = 6;

export const TASK_KINDS = ['classification', 'regression'] as const;
export const TaskKind = z.enum(TASK_KINDS);
export type TaskKind = z.infer<typeof TaskKind>;

/** What the model of a log predicts. */
export const PredictionTask = z.strictObject({
  kind: TaskKind,
  /** The class that the score is the probability of; null where there is no score. */
  positiveLabel: z.string().trim().min(1).max(200).nullable(),
  /** From this score on a row counts as predicted positive, where no predicted class is given. */
  threshold: z.number().min(0).max(1),
});
export type PredictionTask = z.infer<typeof PredictionTask>;

/** Which column of a prediction log is what. */
export const LogColumns = z.strictObject({
  id: ColumnName,
  time: ColumnName.nullable(),
  /** Predicted class, or the predicted number. */
  prediction: ColumnName.nullable(),
  /** Probability of the positive class. */
  score: ColumnName.nullable(),
  /** The outcome, where the log has it already. */
  label: ColumnName.nullable(),
  latencyMs: ColumnName.nullable(),
  isSuccess: ColumnName.nullable(),
  cost: ColumnName.nullable(),
  segments: z.array(ColumnName).max(MAX_SEGMENT_COLUMNS).readonly(),
});
export type LogColumns = z.infer<typeof LogColumns>;

/** Which column of an outcome file is what. */
export const OutcomeColumns = z.strictObject({
  id: ColumnName,
  label: ColumnName,
  time: ColumnName.nullable(),
});
export type OutcomeColumns = z.infer<typeof OutcomeColumns>;

/** What a cost is counted in, as ISO 4217 writes it. */
export const Currency = z.string().regex(/^[A-Z]{3}$/);
export type Currency = z.infer<typeof Currency>;

/**
 * Why a log cannot be read with these columns, in a sentence; null when it can.
 *
 * @param columns what the person chose
 */
export function logObstacle(columns: LogColumns, task: PredictionTask): string | null {
  if (task.kind === 'regression') {
    if (columns.prediction === null) return 'Choose the column with the predicted number.';
    return columns.score === null ? null : 'A regression has no score: leave it out.';
  }
  if (columns.prediction === null && columns.score === null)
    return 'Choose the column with the predicted class, or the one with the score, or both.';
  if (columns.score !== null && task.positiveLabel === null)
    return 'Say which class the score is the probability of.';
  return null;
}
