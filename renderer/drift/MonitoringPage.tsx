import { Group, Select } from '@mantine/core';
import { useEffect } from 'react';
import type { DriftReportHead } from '../../shared/drift/driftReport';
import type { Model } from '../../shared/registry/model';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { LinkButton } from '../ui/LinkButton';
import { PageHeader } from '../ui/PageHeader';
import { TextLink } from '../ui/TextLink';
import { Waiting } from '../ui/Waiting';
import { useDriftStore } from './driftStore';
import { ModelMonitoring } from './ModelMonitoring';

/** Drift monitoring, model by model. */
export function MonitoringPage() {
  const models = useDriftStore((state) => state.models);
  const heads = useDriftStore((state) => state.reportHeads);
  const error = useDriftStore((state) => state.errors['models']);
  const listModels = useDriftStore((state) => state.listModels);
  const listReports = useDriftStore((state) => state.listReports);
  const chosen = useDriftStore((state) => state.monitoredModelId);
  const monitor = useDriftStore((state) => state.monitor);
  useEffect(() => {
    void listModels();
    void listReports();
  }, [listModels, listReports]);
  if (models === null) {
    return (
      <>
        <PageHeader title="Monitoring" />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void listModels()} />
        )}
      </>
    );
  }
  const shown = models.find(({ id }) => id === chosen) ?? mostRecent(models);
  return (
    <>
      <PageHeader title="Monitoring" sentence={sentenceOf(models, heads)} />
      {shown === undefined ? (
        <NoModels />
      ) : (
        <>
          <Group gap="md" align="flex-end" mb="md">
            <Select
              label="Model"
              w={360}
              searchable
              limit={100}
              allowDeselect={false}
              value={shown.id}
              data={models.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(modelId) => modelId !== null && monitor(modelId)}
            />
            <TextLink to={`/models/${shown.id}`}>Open this model</TextLink>
          </Group>
          <ModelMonitoring key={shown.id} modelId={shown.id} />
        </>
      )}
    </>
  );
}

/** The model with the latest batch; the first one while there is none. */
function mostRecent(models: readonly Model[]): Model | undefined {
  return models.toSorted((a, b) =>
    (b.lastBatchAtUtc ?? '').localeCompare(a.lastBatchAtUtc ?? ''),
  )[0];
}

function sentenceOf(models: readonly Model[], heads: readonly DriftReportHead[] | null): string {
  if (models.length === 0) return 'Nothing is monitored yet.';
  const nMonitored = models.filter(({ nBatches }) => nBatches > 0).length;
  const nBatches = heads?.length ?? models.reduce((sum, model) => sum + model.nBatches, 0);
  const references = nBatches === 1 ? 'its reference' : 'their references';
  return (
    `${formatNoun(nBatches, 'live batch', 'live batches')} compared with ${references}, for ` +
    `${formatCount(nMonitored)} of ${formatNoun(models.length, 'model')}.`
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
