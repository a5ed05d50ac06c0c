import type { PerformanceWindow } from '../../shared/performance/channels';
import type { LabelSelection } from '../../shared/performance/performanceReport';
import { formatCount, formatPValue, formatShare, formatStatistic } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { TimeText } from '../ui/TimeText';

const KEPT_WORDS = {
  kept: 'Kept: outcomes that come later are joined.',
  notKept: 'Not kept: measure it anew with both files.',
  dropped: 'Dropped: measure it anew with both files.',
} as const;

/** Where the rows went, how much is known, and what that says about the rest. */
export function WindowFacts({ window: { log, report } }: { readonly window: PerformanceWindow }) {
  const { counts } = log;
  const { join, delay, selection } = report.measurement;
  const count = (value: number | null): string =>
    value === null ? 'not known: no time column on both sides' : formatCount(value);
  return (
    <KeyValue
      items={[
        {
          label: 'File',
          value: (
            <>
              {log.file.fileName} <HashText hash={log.file.sha256} of={log.file.fileName} />
            </>
          ),
        },
        {
          label: 'Rows',
          value: `${formatCount(counts.nRows)}: ${formatCount(counts.nPredictions)} predictions, ${formatCount(counts.nRepeated)} repeated, ${formatCount(counts.nContradictory)} contradictory, ${formatCount(counts.nMissingId)} without identifier, ${formatCount(counts.nWithoutPrediction)} without prediction`,
        },
        {
          label: 'Outcomes',
          value: `${formatCount(join.nLabelled)} known (${formatShare(join.nPredictions === 0 ? 0 : join.nLabelled / join.nPredictions)}), ${formatCount(join.nRepeated)} repeated, ${formatCount(join.nContradictory)} contradictory`,
        },
        { label: 'Late outcomes', value: count(join.nLate) },
        {
          label: 'Delay',
          value:
            delay === null
              ? 'not known: no time column on both sides'
              : `median ${formatCount(delay.medianDays)} days, 95 % within ${formatCount(delay.p95Days)} days, longest ${formatCount(delay.maxDays)} days`,
        },
        { label: 'Known and unknown', value: selectionWords(selection) },
        { label: 'For later outcomes', value: KEPT_WORDS[log.joinState] },
        {
          label: 'Measured',
          value: (
            <>
              <TimeText instant={report.computedAtUtc} />, imported by {log.importedBy}
            </>
          ),
        },
      ]}
    />
  );
}

function selectionWords(selection: LabelSelection | null): string {
  if (selection === null) return 'nothing to compare: all outcomes, or hardly any, are known';
  const { meanScoreLabelled, meanScoreUnlabelled, pValue } = selection;
  const differs =
    pValue < 0.05
      ? 'they differ, so the figures do not speak for all predictions'
      : 'no difference beyond chance';
  return `mean score ${formatStatistic(meanScoreLabelled)} with and ${formatStatistic(meanScoreUnlabelled)} without an outcome (p ${formatPValue(pValue)}): ${differs}`;
}
