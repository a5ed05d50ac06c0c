import type { DriftHistory } from '../../shared/drift/channels';
import { formatCount, formatNoun } from '../ui/formatNumber';

/** The monitoring of a model in one sentence: how much was compared, and what the last batch says. */
export function historySentence({ batches }: DriftHistory): string {
  const last = batches.at(-1);
  if (last === undefined) {
    return 'No live batch was imported yet. The reference is frozen: bring the first batch.';
  }
  const nAlarming = batches.filter(({ summary }) => summary.nDrifted > 0).length;
  const count =
    nAlarming === 0
      ? `${formatNoun(batches.length, 'batch', 'batches')} compared, none with drifted features.`
      : `${formatCount(nAlarming)} of ${formatNoun(batches.length, 'batch', 'batches')} had drifted features.`;
  return `${count} The last, ${last.label}: ${last.summary.sentence}`;
}
