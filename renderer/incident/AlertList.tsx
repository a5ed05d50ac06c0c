import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { waitingOf, type Alert } from '../../shared/incident/alert';
import { formatCount } from '../ui/formatNumber';
import { AlertActDialog, type AlertDoing } from './AlertActDialog';
import { AlertCard } from './AlertCard';

export interface AlertListProps {
  readonly alerts: readonly Alert[];
  readonly isModelShown: boolean;
}

const PAGE_ALERTS = 50;
type Filter = 'waiting' | 'inWork' | 'closed' | 'all';

/** Alerts by where they stand, each with what can be done about it. */
export function AlertList({ alerts, isModelShown }: AlertListProps) {
  const groups = groupAlerts(alerts);
  const [filter, setFilter] = useState<Filter>(groups.waiting.length > 0 ? 'waiting' : 'all');
  const [nShown, setNShown] = useState(PAGE_ALERTS);
  const [doing, setDoing] = useState<AlertDoing | null>(null);
  const matching = groups[filter];
  const option = (value: Filter, label: string) => ({
    value,
    label: `${label} (${formatCount(groups[value].length)})`,
  });
  return (
    <Stack gap="sm">
      <Group>
        <SegmentedControl
          aria-label="Which alerts"
          value={filter}
          onChange={setFilter}
          data={[
            option('waiting', 'Open'),
            option('inWork', 'In work'),
            option('closed', 'Closed'),
            option('all', 'All'),
          ]}
        />
      </Group>
      {matching.length === 0 && (
        <Text role="status">
          {filter === 'waiting'
            ? 'No open alert: somebody has looked at each.'
            : 'No alert in this state.'}
        </Text>
      )}
      {matching.slice(0, nShown).map((alert) => (
        <AlertCard key={alert.id} alert={alert} isModelShown={isModelShown} onAct={setDoing} />
      ))}
      {matching.length > nShown && (
        <Button variant="default" onClick={() => setNShown(nShown + PAGE_ALERTS)}>
          Show {formatCount(Math.min(PAGE_ALERTS, matching.length - nShown))} more of{' '}
          {formatCount(matching.length)}
        </Button>
      )}
      <AlertActDialog doing={doing} onClose={() => setDoing(null)} />
    </Stack>
  );
}

function groupAlerts(alerts: readonly Alert[]): Readonly<Record<Filter, readonly Alert[]>> {
  const waiting = waitingOf(alerts);
  const isWaiting = new Set(waiting.map(({ id }) => id));
  return {
    waiting,
    inWork: alerts.filter(({ id, state }) => state !== 'closed' && !isWaiting.has(id)),
    closed: alerts.filter(({ state }) => state === 'closed'),
    all: alerts,
  };
}
