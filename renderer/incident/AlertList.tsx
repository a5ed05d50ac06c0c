import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Alert } from '../../shared/incident/channels';
import { formatCount } from '../ui/formatNumber';
import { AcknowledgeDialog } from './AcknowledgeDialog';
import { AlertCard } from './AlertCard';

export interface AlertListProps {
  readonly alerts: readonly Alert[];
  readonly isModelShown: boolean;
}

const PAGE_ALERTS = 50;
type Filter = 'new' | 'acknowledged' | 'all';

/** Alerts by state, each with the way to acknowledge it. */
export function AlertList({ alerts, isModelShown }: AlertListProps) {
  const nOpen = alerts.filter(({ state }) => state === 'new').length;
  const [filter, setFilter] = useState<Filter>(nOpen > 0 ? 'new' : 'all');
  const [nShown, setNShown] = useState(PAGE_ALERTS);
  const [acknowledging, setAcknowledging] = useState<Alert | null>(null);
  const matching = alerts.filter(({ state }) => filter === 'all' || state === filter);
  return (
    <Stack gap="sm">
      <Group>
        <SegmentedControl
          aria-label="Which alerts"
          value={filter}
          onChange={setFilter}
          data={[
            { value: 'new', label: `Open (${formatCount(nOpen)})` },
            {
              value: 'acknowledged',
              label: `Acknowledged (${formatCount(alerts.length - nOpen)})`,
            },
            { value: 'all', label: `All (${formatCount(alerts.length)})` },
          ]}
        />
      </Group>
      {matching.length === 0 && (
        <Text role="status">
          {filter === 'new' ? 'No open alert: each was acknowledged.' : 'No alert in this state.'}
        </Text>
      )}
      {matching.slice(0, nShown).map((alert) => (
        <AlertCard
          key={alert.id}
          alert={alert}
          isModelShown={isModelShown}
          onAcknowledge={setAcknowledging}
        />
      ))}
      {matching.length > nShown && (
        <Button variant="default" onClick={() => setNShown(nShown + PAGE_ALERTS)}>
          Show {formatCount(Math.min(PAGE_ALERTS, matching.length - nShown))} more of{' '}
          {formatCount(matching.length)}
        </Button>
      )}
      <AcknowledgeDialog alert={acknowledging} onClose={() => setAcknowledging(null)} />
    </Stack>
  );
}
