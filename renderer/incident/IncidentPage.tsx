import { Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { closingIds } from '../../shared/incident/closing';
import {
  formatDuration,
  incidentSentence,
  type Duration,
  type Incident,
} from '../../shared/incident/incident';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { useMaySignRecords } from '../ui/personStore';
import { Sentence } from '../ui/Sentence';
import { SignaturePanel } from '../ui/SignaturePanel';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { AlertActions } from './AlertActions';
import { SeverityBadge } from './AlertCard';
import { useIncidentStore } from './incidentStore';
import { IncidentActs } from './IncidentActs';
import { IncidentEntries } from './IncidentEntries';
import { useIncidentPageStore } from './incidentPageStore';
import { IncidentTimeline } from './IncidentTimeline';
import { durationLook, incidentLook } from './incidentWords';
import { PostMortem } from './PostMortem';

/** One incident: how it stands, what happened with its evidence, and what was learnt. */
export function IncidentPage({ incidentId }: { readonly incidentId: string }) {
  const incident = useIncidentPageStore((state) => state.incidentById[incidentId]);
  const error = useIncidentPageStore((state) => state.errors[incidentId]);
  const getIncident = useIncidentPageStore((state) => state.getIncident);
  const [nowUtc] = useState(() => new Date().toISOString());
  useEffect(() => void getIncident(incidentId), [getIncident, incidentId]);
  if (incident === undefined) {
    if (error === undefined) return <Waiting />;
    return (
      <>
        <PageHeader title="Incident" />
        <ErrorPanel error={error} onRetry={() => void getIncident(incidentId)} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={incident.title}
        context={
          <Trail
            steps={[
              { to: '/incidents', label: 'Incidents' },
              { to: `/models/${incident.modelId}`, label: incident.modelName },
            ]}
          />
        }
        sentence={incidentSentence(incident, nowUtc)}
        actions={<IncidentActs incident={incident} />}
      />
      <Stack gap="lg">
        <Figures incident={incident} />
        <IncidentTimeline incident={incident} nowUtc={nowUtc} />
        <IncidentEntries incident={incident} />
        <IncidentAlerts incident={incident} />
        <TextLink to={`/models/${incident.modelId}/handoff/retrain/${incident.id}`}>
          Write a hand-off packet on this incident
        </TextLink>
        <Closing incident={incident} />
        <PostMortem key={incident.id} incident={incident} />
      </Stack>
    </>
  );
}

/** Who answers for the closing, and who judged it; nothing while it is open. */
function Closing({ incident }: { readonly incident: Incident }) {
  const canSign = useMaySignRecords();
  const recordId = closingIds(incident).at(-1);
  if (incident.state === 'open' || recordId === undefined) return null;
  return <SignaturePanel recordType="incident.closing" recordId={recordId} canSign={canSign} />;
}

function Figures({ incident }: { readonly incident: Incident }) {
  const { beganAtUtc, detectedAtUtc, restoredAtUtc, timeToDetect, timeToRestore } = incident;
  return (
    <SimpleGrid cols={3}>
      <Figure title="State" value={incident.state === 'open' ? 'Open' : 'Closed'}>
        <StateBadge {...incidentLook(incident)} />
        <Text c="dimmed">
          Opened by {incident.openedBy} on <TimeText instant={incident.openedAtUtc} />
        </Text>
      </Figure>
      <Figure title="Time to detect" value={durationText(timeToDetect)}>
        <StateBadge {...durationLook(timeToDetect)} />
        <Text c="dimmed">
          Began <TimeText instant={beganAtUtc} />, detected <TimeText instant={detectedAtUtc} />
        </Text>
      </Figure>
      <Figure title="Time to restore" value={durationText(timeToRestore)}>
        <StateBadge {...durationLook(timeToRestore)} />
        <Text c="dimmed">
          Restored <TimeText instant={restoredAtUtc} />
        </Text>
      </Figure>
    </SimpleGrid>
  );
}

function durationText({ durationMs }: Duration): string {
  return durationMs === null ? 'Not known yet' : formatDuration(durationMs);
}

interface FigureProps {
  readonly title: string;
  readonly value: string;
  readonly children: ReactNode;
}

function Figure({ title, value, children }: FigureProps) {
  return (
    <Paper component="section" aria-label={title} p="md" bg="var(--assay-surface)">
      <Stack gap={4} align="flex-start">
        <Text c="dimmed">{title}</Text>
        <Text size="lg" fw={600} className="assay-figures">
          {value}
        </Text>
        {children}
      </Stack>
    </Paper>
  );
}

function IncidentAlerts({ incident }: { readonly incident: Incident }) {
  const listActions = useIncidentStore((state) => state.listActions);
  useEffect(() => void listActions(), [listActions]);
  return (
    <Paper component="section" aria-labelledby="incident-alerts" p="md" bg="var(--assay-surface)">
      <Title order={2} id="incident-alerts" mb="sm">
        Alerts
      </Title>
      <Stack gap="xs">
        {incident.alerts.map(({ alertId, severity, message, lastAtUtc }) => (
          <Group key={alertId} gap="xs" wrap="nowrap" align="flex-start">
            <SeverityBadge severity={severity} />
            <Text className="assay-wrap assay-figures">
              <Sentence text={message} /> Last found <TimeText instant={lastAtUtc} />.
            </Text>
          </Group>
        ))}
        {incident.alerts.map(({ alertId }) => (
          <AlertActions key={alertId} alertId={alertId} />
        ))}
        <TextLink to="/alerts">All alerts</TextLink>
      </Stack>
    </Paper>
  );
}
