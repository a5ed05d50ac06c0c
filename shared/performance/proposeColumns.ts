import type { InspectedColumn } from '../drift/column';
import type { LogColumns, OutcomeColumns, PredictionTask } from './predictionLog';

interface Proposal {
  readonly columns: LogColumns;
  readonly task: PredictionTask;
}

/** What the columns of a prediction log seem to be, by name, kind and role. */
export function proposeLogColumns(columns: readonly InspectedColumn[]): Proposal {
  const numbers = columns.filter(({ kind }) => kind === 'numeric');
  const id = idColumn(columns);
  const time = columns.find(({ kind }) => kind === 'datetime')?.name ?? null;
  const label = columns.find(({ role }) => role === 'label')?.name ?? null;
  const score =
    named(numbers, /score|prob|proba/i) ??
    numbers.find(({ role }) => role === 'prediction')?.name ??
    null;
  const classes = columns.filter(({ kind }) => kind === 'categorical' || kind === 'boolean');
  const prediction = classes.find(({ role }) => role === 'prediction')?.name ?? null;
  return {
    columns: {
      id,
      time,
      prediction,
      score,
      label,
      latencyMs: named(numbers, /latency|duration_?ms|elapsed|response_?time/i),
      isSuccess: named(columns, /^(is_?)?(success|ok|succeeded)$/i),
      cost: named(numbers, /cost|price/i),
      segments: [],
    },
    task: {
      kind: 'classification',
      positiveLabel: score === null ? null : 'yes',
      threshold: 0.5,
    },
  };
}

/** What the columns of an outcome file seem to be. */
export function proposeOutcomeColumns(columns: readonly InspectedColumn[]): OutcomeColumns {
  const id = idColumn(columns);
  const others = columns.filter(({ name }) => name !== id);
  const label =
    others.find(({ role }) => role === 'label') ??
    others.find(({ kind }) => kind === 'boolean') ??
    others.find(({ kind }) => kind !== 'datetime') ??
    columns[0];
  return {
    id,
    label: label?.name ?? '',
    time:
      others.find(({ kind, name }) => kind === 'datetime' && name !== label?.name)?.name ?? null,
  };
}

function idColumn(columns: readonly InspectedColumn[]): string {
  return (columns.find(({ role }) => role === 'id') ?? columns[0])?.name ?? '';
}

function named(among: readonly InspectedColumn[], pattern: RegExp): string | null {
  return among.find(({ name }) => pattern.test(name))?.name ?? null;
}

/** A label for a window, from the name of its file. */
export function proposedLabel(fileName: string): string {
  const words = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 200);
}
