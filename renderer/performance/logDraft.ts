import { proposedLabel } from '../../shared/performance/proposeColumns';
import type { StagedLog } from '../../shared/performance/channels';
import {
  logObstacle,
  type LogColumns,
  type PredictionTask,
} from '../../shared/performance/predictionLog';

/** What a person is filling in about a prediction log. */
export interface LogDraft {
  readonly label: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly isBaseline: boolean;
  readonly columns: LogColumns;
  readonly kind: PredictionTask['kind'];
  readonly positiveLabel: string;
  readonly threshold: number;
  readonly currency: string;
}

export function draftOf(staged: StagedLog): LogDraft {
  const { columns, task } = staged.proposal;
  return {
    label: proposedLabel(staged.file.fileName),
    periodStart: '',
    periodEnd: '',
    isBaseline: false,
    columns,
    kind: task.kind,
    positiveLabel: task.positiveLabel ?? '',
    threshold: task.threshold,
    currency: columns.cost === null ? '' : 'USD',
  };
}

export function taskOf({ kind, positiveLabel, threshold, columns }: LogDraft): PredictionTask {
  const isScored = kind === 'classification' && columns.score !== null;
  return {
    kind,
    positiveLabel: isScored && positiveLabel.trim() !== '' ? positiveLabel.trim() : null,
    threshold,
  };
}

/** Why the log cannot be imported like this yet, in a sentence; null when it can. */
export function draftObstacle(draft: LogDraft): string | null {
  if (draft.label.trim() === '') return 'Give the window a label.';
  if (draft.periodEnd !== '' && draft.periodStart === '')
    return 'Say from which day the window runs.';
  if (draft.periodEnd !== '' && draft.periodEnd < draft.periodStart)
    return 'The window ends before it begins.';
  if (draft.columns.cost !== null && !/^[A-Z]{3}$/.test(draft.currency))
    return 'Say in which currency the cost is, e.g. USD.';
  return logObstacle(draft.columns, taskOf(draft));
}
