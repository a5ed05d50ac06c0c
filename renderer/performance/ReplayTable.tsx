import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import {
  ruleWords,
  type MetricRule,
  type PerformancePolicy,
} from '../../shared/performance/performancePolicy';
import type { RuleReplay } from '../../shared/performance/policyReplay';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount, formatShare, NO_VALUE } from '../ui/formatNumber';
import { useCall } from '../ui/useCall';

interface ReplayRow {
  readonly rule: MetricRule;
  readonly replay: RuleReplay | undefined;
}

const ACTION_WORDS = {
  alert: 'alert',
  openIncident: 'alert and incident',
  recommendRollback: 'alert, recommends a rollback',
  rollBack: 'alert, rolls back if signed',
  retrain: 'alert and packet to retrain',
} as const;

const COLUMNS: readonly Column<ReplayRow>[] = [
  {
    key: 'rule',
    header: 'Rule',
    width: '32%',
    render: ({ rule }) => (
      <Text c={rule.isEnabled ? undefined : 'dimmed'}>
        {ruleWords(rule, null)}
        {rule.consecutive > 1 ? `, ${rule.consecutive} windows in a row` : ''}
        {rule.isEnabled ? '' : ' (off)'}
      </Text>
    ),
  },
  {
    key: 'certainty',
    header: 'Asks for',
    render: ({ rule }) =>
      `${formatCount(rule.minN)} rows${rule.certainty === 'significance' ? ', certainty' : ''}`,
  },
  {
    key: 'action',
    header: 'Leads to',
    render: ({ rule }) => `${rule.severity} ${ACTION_WORDS[rule.action]}`,
  },
  {
    key: 'assessed',
    header: 'Assessed',
    align: 'right',
    hint: 'Windows of the history that it can be applied to.',
    render: ({ replay }) =>
      replay === undefined ? NO_VALUE : `${replay.nAssessed} of ${replay.nWindows}`,
  },
  {
    key: 'fired',
    header: 'Would have fired',
    align: 'right',
    render: ({ replay }) =>
      replay === undefined ? (
        NO_VALUE
      ) : (
        <span title={replay.firedIn.join(', ')}>
          {formatCount(replay.nAlerts)}
          {replay.alertsPerMonth === null ? '' : ` (${replay.alertsPerMonth.toFixed(2)} a month)`}
        </span>
      ),
  },
  {
    key: 'missed',
    header: 'Missed',
    align: 'right',
    hint: 'Windows that lie beyond the limit with their whole interval, in which it would have kept silent.',
    render: ({ replay }) =>
      replay === undefined ? (
        NO_VALUE
      ) : (
        <span title={replay.missed.join(', ')}>{formatCount(replay.missed.length)}</span>
      ),
  },
  {
    key: 'chance',
    header: 'By chance',
    align: 'right',
    hint: 'How often one window of the usual size sets it off though nothing has changed.',
    render: ({ replay }) =>
      replay === undefined || replay.falseAlarmShare === null
        ? NO_VALUE
        : chanceWords(replay.falseAlarmShare, replay.typicalN),
  },
];

function chanceWords(share: number, n: number | null): string {
  const often = share < 0.0005 ? '< 0.1 %' : formatShare(share);
  return n === null ? often : `${often} at n = ${formatCount(n)}`;
}

interface ReplayTableProps {
  readonly modelId: string;
  readonly policy: PerformancePolicy;
  /** Another one: replay anew. */
  readonly refreshKey: string;
}

/** Rules with what they would have done over the model's own history, and how often by chance. */
export function ReplayTable({ modelId, policy, refreshKey }: ReplayTableProps) {
  const replay = useCall('performance.replayPolicy');
  const [replays, setReplays] = useState<readonly RuleReplay[]>([]);
  const { run } = replay;
  useEffect(() => {
    void run({ modelId, policy }).then((result) => {
      if (result.ok) setReplays(result.value);
    });
  }, [run, modelId, policy, refreshKey]);
  return (
    <>
      {replay.error !== null && <ErrorPanel error={replay.error} />}
      <DataTable
        caption="Rules and their replay over the history"
        columns={COLUMNS}
        rows={policy.rules.map((rule) => ({
          rule,
          replay: replays.find(({ ruleId }) => ruleId === rule.id),
        }))}
        rowKey={({ rule }) => rule.id}
      />
    </>
  );
}
