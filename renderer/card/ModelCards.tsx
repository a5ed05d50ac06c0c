import { Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { CardStanding } from '../../shared/card/channels';
import { DataTable, type Column } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatNoun } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { useCall } from '../ui/useCall';
import { Waiting } from '../ui/Waiting';
import { cardLook } from './cardWords';

const COLUMNS: readonly Column<CardStanding>[] = [
  {
    key: 'version',
    header: 'Version',
    width: '110px',
    render: ({ version }) => <b>v{version}</b>,
    sortValue: ({ version }) => version,
  },
  {
    key: 'state',
    header: 'Card',
    width: '140px',
    render: ({ state }) => <StateBadge {...cardLook(state)} />,
  },
  {
    key: 'approved',
    header: 'Approved',
    render: ({ approved }) =>
      approved === null
        ? 'not yet'
        : `revision ${approved.revision} by ${approved.approval?.approvedBy ?? 'somebody'}`,
  },
  {
    key: 'stale',
    header: 'Stale figures',
    width: '140px',
    align: 'right',
    render: ({ nStale }) => nStale,
  },
];

/** The cards of a model's versions. */
export function ModelCards({ modelId }: { readonly modelId: string }) {
  const { run, error } = useCall('card.standings');
  const [found, setFound] = useState<readonly CardStanding[] | null>(null);
  const [, navigate] = useLocation();
  useEffect(() => {
    void run({ modelId }).then((result) => {
      if (result.ok) setFound(result.value);
    });
  }, [run, modelId]);
  if (error !== null) return <ErrorPanel error={error} />;
  if (found === null) return <Waiting />;
  if (found.length === 0)
    return (
      <EmptyState title="No version has a card yet">
        Open a version and write its model card there: what it is for, what it was trained on, how
        good it is, and for whom it works less well.
      </EmptyState>
    );
  const nStale = found.filter(({ state }) => state === 'stale').length;
  return (
    <Stack gap="sm">
      <Text fw={600}>
        {formatNoun(found.length, 'version')} with a card, {nStale} of them stale.
      </Text>
      <DataTable
        caption="Model cards"
        columns={COLUMNS}
        rows={found}
        rowKey={({ versionId }) => versionId}
        initialSort={{ key: 'version', direction: 'descending' }}
        onActivate={({ versionId }) => navigate(`/models/${modelId}/versions/${versionId}/card`)}
      />
    </Stack>
  );
}
