import { Anchor, Grid, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { AlertActDialog, type AlertDoing } from '../incident/AlertActDialog';
import { AlertCard } from '../incident/AlertCard';
import { ALL_MODELS, useIncidentStore } from '../incident/incidentStore';
import { useRegistryStore } from '../registry/registryStore';
import { waitingOf, type Alert } from '../../shared/incident/alert';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatNoun } from '../ui/formatNumber';
import { PageHeader } from '../ui/PageHeader';
import { Sentence } from '../ui/Sentence';
import { TextLink } from '../ui/TextLink';
import { Waiting } from '../ui/Waiting';
import { OverviewFirstSteps } from './OverviewFirstSteps';
import { OverviewModels } from './OverviewModels';
import { useOverviewStore } from './overviewStore';
import { nextSteps, overviewSentence, type NextStep } from './overviewWords';

/** How the workspace stands, what is open, and what to do next. */
export function OverviewPage() {
  const { overview, alerts, error, load } = useOverview();
  useEffect(() => load(), [load]);
  if (error !== null) {
    return (
      <>
        <PageHeader title="Overview" />
        <ErrorPanel error={error} onRetry={load} />
      </>
    );
  }
  if (overview === null || alerts === undefined) {
    return (
      <>
        <PageHeader title="Overview" />
        <Waiting />
      </>
    );
  }
  if (overview.nModels === 0) return <OverviewFirstSteps />;
  return (
    <>
      <PageHeader
        title="Overview"
        sentence={<Sentence text={overviewSentence(overview, alerts)} />}
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <OpenAlerts alerts={alerts} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <NextSteps steps={nextSteps(overview, alerts)} />
        </Grid.Col>
        <Grid.Col span={12}>
          <OverviewModels overview={overview} />
        </Grid.Col>
      </Grid>
    </>
  );
}

/** What the overview is made of, and one way to read it all. */
function useOverview() {
  const overview = useOverviewStore((state) => state.overview);
  const overviewError = useOverviewStore((state) => state.error);
  const alerts = useIncidentStore((state) => state.alertsByModel[ALL_MODELS]);
  const alertsError = useIncidentStore((state) => state.errors[ALL_MODELS]);
  return { overview, alerts, error: overviewError ?? alertsError ?? null, load: loadOverview };
}

function loadOverview(): void {
  void useOverviewStore.getState().load();
  void useIncidentStore.getState().listAlerts(null);
}

const SHOWN_ALERTS = 3;

function OpenAlerts({ alerts }: { readonly alerts: readonly Alert[] }) {
  const [doing, setDoing] = useState<AlertDoing | null>(null);
  const open = waitingOf(alerts);
  return (
    <section aria-labelledby="open-alerts">
      <Title order={2} id="open-alerts" mb="xs">
        Open alerts
      </Title>
      <Stack gap="sm">
        {open.length === 0 && <Text>None. Somebody has looked at every alert.</Text>}
        {open.slice(0, SHOWN_ALERTS).map((alert) => (
          <AlertCard key={alert.id} alert={alert} isModelShown onAct={setDoing} />
        ))}
        {open.length > SHOWN_ALERTS && (
          <TextLink to="/alerts">All {formatNoun(open.length, 'open alert')}</TextLink>
        )}
      </Stack>
      <AlertActDialog doing={doing} onClose={() => setDoing(null)} />
    </section>
  );
}

function NextSteps({ steps }: { readonly steps: readonly NextStep[] }) {
  const openTab = useRegistryStore((state) => state.openTab);
  return (
    <section aria-labelledby="next-steps">
      <Title order={2} id="next-steps" mb="xs">
        What to do next
      </Title>
      <Paper bg="var(--assay-surface)">
        <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {steps.map(({ title, why, path, monitoringOf }) => (
            <li key={title}>
              <Anchor
                component={Link}
                href={path}
                size="sm"
                fw={600}
                style={{ overflowWrap: 'anywhere' }}
                onClick={() => monitoringOf !== null && openTab(monitoringOf, 'monitoring')}
              >
                {title}
              </Anchor>
              <Text c="dimmed">{why}</Text>
            </li>
          ))}
        </Stack>
      </Paper>
    </section>
  );
}
