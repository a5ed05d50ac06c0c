import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { formatDuration, type IncidentHead } from '../../shared/incident/incident';
import { DataTable, type Column } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { NO_VALUE } from '../ui/formatNumber';
import { LinkButton } from '../ui/LinkButton';
import { PageHeader } from '../ui/PageHeader';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { useIncidentPageStore } from './incidentPageStore';
import { ALL_MODELS } from './incidentStore';
import { incidentLook, incidentsSentence } from './incidentWords';

/** The incidents of every model, open ones first. */
export function IncidentsPage() {
  const incidents = useIncidentPageStore((state) => state.incidents);
  const error = useIncidentPageStore((state) => state.errors[ALL_MODELS]);
  const listIncidents = useIncidentPageStore((state) => state.listIncidents);
  const [nowUtc] = useState(() => new Date().toISOString());
  const [, navigate] = useLocation();
  useEffect(() => void listIncidents(), [listIncidents]);
  const sentence = incidents === null ? undefined : incidentsSentence(incidents, nowUtc);
  return (
    <>
      <PageHeader title="Incidents" sentence={sentence} />
      {error !== undefined && <ErrorPanel error={error} onRetry={() => void listIncidents()} />}
      {incidents === null && error === undefined && <Waiting />}
      {incidents?.length === 0 && <NoIncidents />}
      {incidents !== null && incidents.length > 0 && (
        <DataTable
          caption="Incidents"
          columns={COLUMNS}
          rows={incidents}
          rowKey={({ id }) => id}
          onActivate={({ id }) => navigate(`/incidents/${id}`)}
        />
      )}
    </>
  );
}

function NoIncidents() {
  return (
    <EmptyState
      title="Nothing has become an incident yet"
      action={<LinkButton to="/alerts">Go to Alerts</LinkButton>}
    >
      An incident takes one or several alerts of a model together: what was detected, what was
      decided, the rollback, the retraining and the restoration, each with the record that shows it.
      Open one from an alert, under More. It closes on evidence that the figures are back within
      policy.
    </EmptyState>
  );
}

const COLUMNS: readonly Column<IncidentHead>[] = [
  {
    key: 'title',
    header: 'Incident',
    render: ({ title }) => (
      <Text fw={600} lineClamp={1} title={title}>
        {title}
      </Text>
    ),
    sortValue: ({ title }) => title,
  },
  {
    key: 'state',
    header: 'State',
    width: '160px',
    render: (incident) => <StateBadge {...incidentLook(incident)} />,
    sortValue: ({ state }) => state,
  },
  {
    key: 'model',
    header: 'Model',
    width: '22%',
    render: ({ modelName }) => <Text lineClamp={1}>{modelName}</Text>,
    sortValue: ({ modelName }) => modelName,
  },
  {
    key: 'detected',
    header: 'Detected (UTC)',
    width: '170px',
    render: ({ detectedAtUtc }) => <TimeText instant={detectedAtUtc} isZoneNamed />,
    sortValue: ({ detectedAtUtc }) => detectedAtUtc,
  },
  {
    key: 'detect',
    header: 'Time to detect',
    align: 'right',
    width: '120px',
    render: ({ timeToDetect }) => duration(timeToDetect.durationMs),
    sortValue: ({ timeToDetect }) => timeToDetect.durationMs,
  },
  {
    key: 'restore',
    header: 'Time to restore',
    align: 'right',
    width: '120px',
    render: ({ timeToRestore }) => duration(timeToRestore.durationMs),
    sortValue: ({ timeToRestore }) => timeToRestore.durationMs,
  },
];

function duration(durationMs: number | null): string {
  return durationMs === null ? NO_VALUE : formatDuration(durationMs);
}
