import { Group, Stack, Text } from '@mantine/core';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import type { Canary } from '../../shared/canary/channels';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount, formatShare, NO_VALUE } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { sharesByLook, type LookShare } from './sharesByLook';

const COLUMNS: readonly Column<LookShare>[] = [
  { key: 'look', header: 'Look', align: 'right', render: ({ ordinal }) => formatCount(ordinal) },
  {
    key: 'window',
    header: 'Window (UTC)',
    width: '34%',
    render: ({ windowStartUtc, windowEndUtc }) =>
      windowStartUtc === null || windowEndUtc === null
        ? NO_VALUE
        : `${windowStartUtc.slice(0, 10)} to ${windowEndUtc.slice(0, 10)}`,
  },
  {
    key: 'control',
    header: 'Control rows',
    align: 'right',
    render: ({ controlRows }) => formatCount(controlRows),
  },
  {
    key: 'candidate',
    header: 'Candidate rows',
    align: 'right',
    render: ({ candidateRows }) => formatCount(candidateRows),
  },
  {
    key: 'planned',
    header: 'Planned share',
    align: 'right',
    render: ({ planned }) => formatShare(planned),
  },
  {
    key: 'measured',
    header: 'Measured share',
    align: 'right',
    render: ({ measured }) => (measured === null ? NO_VALUE : formatShare(measured)),
  },
];

interface TrafficProps {
  readonly plan: CanaryPlan;
  readonly canary: Pick<Canary, 'plans' | 'looks'>;
}

/** The shares of traffic that were planned, and those that were measured. */
export function Traffic({ plan, canary }: TrafficProps) {
  return (
    <Stack gap="sm">
      <RampTimeline plan={plan} />
      {canary.looks.length > 0 && (
        <DataTable
          caption="Planned and measured share by look"
          columns={COLUMNS}
          rows={sharesByLook(canary)}
          rowKey={({ ordinal }) => String(ordinal)}
        />
      )}
    </Stack>
  );
}

/** The shares of traffic to go through, and which one this trial runs at. */
function RampTimeline({ plan }: { readonly plan: CanaryPlan }) {
  const steps = [...new Set([...plan.ramp, plan.candidateShare])].toSorted((a, b) => a - b);
  return (
    <Group component="ol" gap="xs" m={0} p={0} className="assay-figures">
      {steps.map((share) => (
        <Group component="li" key={share} gap={6} wrap="nowrap" display="inline-flex">
          <StateBadge
            state={
              share < plan.candidateShare
                ? 'ok'
                : share === plan.candidateShare
                  ? 'watch'
                  : 'unknown'
            }
            label={formatShare(share)}
          />
          <Text size="xs" c="dimmed">
            {share < plan.candidateShare
              ? 'before'
              : share === plan.candidateShare
                ? 'this trial'
                : 'later'}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
