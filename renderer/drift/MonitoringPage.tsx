import { Group, Tabs } from '@mantine/core';
import { useEffect, type ComponentType } from 'react';
import type { ModelPage } from '../../shared/registry/listChannels';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { LinkButton } from '../ui/LinkButton';
import { ModelSelect } from '../ui/ModelSelect';
import { PageHeader } from '../ui/PageHeader';
import { TextLink } from '../ui/TextLink';
import { Waiting } from '../ui/Waiting';
import { useDriftStore } from './driftStore';
import { ModelMonitoring } from './ModelMonitoring';

interface MonitoringPageProps {
  /** What a model is worth on live data. */
  readonly PerformancePart: ComponentType<{ readonly modelId: string }>;
}

/** Monitoring, model by model: what moved, and what the model is worth. */
export function MonitoringPage({ PerformancePart }: MonitoringPageProps) {
  const page = useDriftStore((state) => state.monitored);
  const error = useDriftStore((state) => state.errors['monitored']);
  const searchMonitored = useDriftStore((state) => state.searchMonitored);
  const chosen = useDriftStore((state) => state.chosenModel);
  const chooseModel = useDriftStore((state) => state.chooseModel);
  useEffect(() => void searchMonitored(), [searchMonitored]);
  if (page === null) {
    return (
      <>
        <PageHeader title="Monitoring" />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void searchMonitored()} />
        )}
      </>
    );
  }
  const shown = chosen ?? page.models[0];
  return (
    <>
      <PageHeader title="Monitoring" sentence={sentenceOf(page)} />
      {shown === undefined ? (
        <NoModels />
      ) : (
        <>
          <Group gap="md" align="flex-end" mb="md">
            <ModelSelect w={360} chosen={shown} onChoose={chooseModel} />
            <TextLink to={`/models/${shown.id}`}>Open this model</TextLink>
          </Group>
          <Tabs key={shown.id} defaultValue="drift" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="drift">Drift</Tabs.Tab>
              <Tabs.Tab value="performance">Performance</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="drift">
              <ModelMonitoring modelId={shown.id} />
            </Tabs.Panel>
            <Tabs.Panel value="performance">
              <PerformancePart modelId={shown.id} />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </>
  );
}

function sentenceOf({ nTotal, nMonitored, nBatches }: ModelPage): string {
  if (nTotal === 0) return 'Nothing is monitored yet.';
  const references = nBatches === 1 ? 'its reference' : 'their references';
  return (
    `${formatNoun(nBatches, 'live batch', 'live batches')} compared with ${references}, for ` +
    `${formatCount(nMonitored)} of ${formatNoun(nTotal, 'model')}.`
  );
}

function NoModels() {
  return (
    <EmptyState
      title="Monitoring begins with a model"
      action={<LinkButton to="/models">Go to Models</LinkButton>}
    >
      Here you import live batches (CSV, Parquet or Arrow) and see which features moved away from
      the reference of a model version, how far, and how sure that is. Register a model and a
      version first, then freeze its reference profile.
    </EmptyState>
  );
}
