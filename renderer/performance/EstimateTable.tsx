import { Group, Stack, Text } from '@mantine/core';
import {
  calibrationGate,
  TOLERATED_ERROR,
  trustIn,
  type CalibrationGate,
  type EstimateTrust,
} from '../../shared/performance/calibrationGate';
import type { PerformanceWindow } from '../../shared/performance/channels';
import { formatMetric, METRIC_FACTS } from '../../shared/performance/metric';
import {
  MATURE_SHARE,
  scoreEstimates,
  trustSentence,
  type ScoredEstimate,
} from '../../shared/performance/performanceSummary';
import { DataTable, type Column } from '../ui/DataTable';
import { formatShare } from '../ui/formatNumber';
import { Sentence } from '../ui/Sentence';
import { StateBadge } from '../ui/StateBadge';

const write = ({ metric }: ScoredEstimate, value: number): string =>
  formatMetric(metric, value, null);

const GATE_LOOK = {
  holds: { state: 'ok', label: 'Calibrated' },
  fails: { state: 'alert', label: 'Not calibrated' },
  unknown: { state: 'unknown', label: 'Not checked' },
} as const satisfies Record<CalibrationGate['verdict'], object>;

const TRUST_LOOK = {
  trusted: { state: 'ok', label: 'Trusted' },
  notCalibrated: { state: 'alert', label: 'Not trusted: not calibrated' },
  hasMissed: { state: 'alert', label: 'Not trusted: has missed' },
  notChecked: { state: 'unknown', label: 'Not checked' },
} as const satisfies Record<EstimateTrust, object>;

interface GatedEstimate extends ScoredEstimate {
  readonly trust: EstimateTrust;
}

const COLUMNS: readonly Column<GatedEstimate>[] = [
  { key: 'label', header: 'Window', render: ({ label }) => label },
  { key: 'metric', header: 'Metric', render: ({ metric }) => METRIC_FACTS[metric].label },
  {
    key: 'estimate',
    header: 'Estimate',
    align: 'right',
    render: (row) => write(row, row.estimate),
  },
  {
    key: 'interval',
    header: '95 % interval',
    align: 'right',
    render: (row) => `${write(row, row.interval[0])} to ${write(row, row.interval[1])}`,
  },
  {
    key: 'trust',
    header: 'Trust',
    width: '230px',
    hint: 'By the calibration of the reference, and by whether most estimates of this version held',
    render: ({ trust }) => <StateBadge {...TRUST_LOOK[trust]} />,
  },
  {
    key: 'realised',
    header: 'Came true',
    align: 'right',
    render: (row) => (row.realised === null ? 'not yet' : write(row, row.realised)),
  },
  {
    key: 'held',
    header: 'Record',
    width: '140px',
    render: ({ isInside }) => <StateBadge {...recordOf(isInside)} />,
  },
];

function recordOf(isInside: boolean | null) {
  if (isInside === null) return { state: 'unknown', label: 'Open' } as const;
  return isInside
    ? ({ state: 'ok', label: 'Held' } as const)
    : ({ state: 'alert', label: 'Missed' } as const);
}

/** What the scores alone foretell, with the record of what they foretold before. */
export function EstimateTable({ windows }: { readonly windows: readonly PerformanceWindow[] }) {
  const scored = (['accuracy', 'auc'] as const).map((metric) => scoreEstimates(windows, metric));
  const all = scored.flat();
  const versions = new Map(all.map(({ versionId, version }) => [versionId, version]));
  const gates = new Map(
    [...versions.keys()].map((versionId) => [versionId, calibrationGate(windows, versionId)]),
  );
  const rows = all.map((row): GatedEstimate => {
    const gate = gates.get(row.versionId) ?? calibrationGate(windows, row.versionId);
    return { ...row, trust: trustIn(row, all, gate) };
  });
  if (rows.length === 0) return null;
  return (
    <Stack gap="xs">
      {[...gates].map(([versionId, { verdict, sentence }]) => (
        <Group key={versionId} gap="xs" wrap="nowrap" align="flex-start">
          <StateBadge {...GATE_LOOK[verdict]} />
          <Text maw="76ch" className="assay-figures">
            Version {versions.get(versionId)}: <Sentence text={sentence} />
          </Text>
        </Group>
      ))}
      {scored
        .filter(({ length }) => length > 0)
        .map((list, i) => (
          <Text key={list[0]?.metric ?? i} maw="86ch">
            {METRIC_FACTS[list[0]?.metric ?? 'accuracy'].label}: {trustSentence(list)}
          </Text>
        ))}
      <DataTable
        caption="Estimates without outcomes, and what came true"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ label, metric }) => `${metric} ${label}`}
      />
      <Text c="dimmed" maw="86ch">
        Confidence-based estimate: it takes the score for the true probability, so it is trusted
        only where the calibration error of the version&apos;s reference is no larger than chance
        gives or than {TOLERATED_ERROR}, by which an estimate of accuracy may then be off, and where
        most estimates of the version have held so far; an AUC can be off by more. An estimate is
        compared once {formatShare(MATURE_SHARE)} of the outcomes are known.
      </Text>
    </Stack>
  );
}
