import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DriftHistory } from '../../shared/drift/channels';
import type { VersionSummary } from '../../shared/registry/listChannels';
import { DriftRelationSection } from '../ui/DriftRelationSection';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Sentence } from '../ui/Sentence';
import { Waiting } from '../ui/Waiting';
import { BatchTable } from './BatchTable';
import { useDriftStore } from './driftStore';
import { FeatureHistoryChart } from './FeatureHistoryChart';
import { HeatStrip } from './HeatStrip';
import { rankHeatRows } from './heatRows';
import { historySentence } from './historySentence';
import { ImportBatch } from './ImportBatch';
import { PolicyPanel } from './PolicyPanel';
import { ReferenceWizard } from './ReferenceWizard';
import { Section } from '../ui/Section';
import { StructureHistoryChart } from './StructureHistoryChart';

/** Drift monitoring of one model: the next batch, the history, the policy. */
export function ModelMonitoring({ modelId }: { readonly modelId: string }) {
  const found = useDriftStore((state) => state.modelById[modelId]);
  const history = useDriftStore((state) => state.historyByModel[modelId]);
  const errors = useDriftStore((state) => state.errors);
  const getModel = useDriftStore((state) => state.getModel);
  const loadHistory = useDriftStore((state) => state.history);
  useEffect(() => {
    void getModel(modelId);
    void loadHistory(modelId);
  }, [getModel, loadHistory, modelId]);

  const error = errors[`model:${modelId}`] ?? errors[`history:${modelId}`];
  if (error !== undefined) {
    const retry = (): void => {
      void getModel(modelId);
      void loadHistory(modelId);
    };
    return <ErrorPanel error={error} onRetry={retry} />;
  }
  if (found === undefined || history === undefined) return <Waiting />;
  if (found.referenced.length === 0) return <NoReference version={found.live ?? found.newest} />;
  return (
    <Stack gap="lg">
      <Text size="md" maw="86ch" className="assay-figures">
        <Sentence text={historySentence(history)} />
      </Text>
      <BatchImport versions={found.referenced} />
      {history.batches.length > 0 && <History history={history} />}
      {history.batches.length > 0 && (
        <DriftRelationSection modelId={modelId} refreshKey={history.batches.at(-1)?.id ?? ''} />
      )}
      <PolicyPanel modelId={modelId} featureNames={history.features.map(({ name }) => name)} />
    </Stack>
  );
}

/** In production if there is one, otherwise the newest. */
function defaultVersion(newestFirst: readonly VersionSummary[]): VersionSummary | undefined {
  return newestFirst.find(({ stage }) => stage === 'Production') ?? newestFirst[0];
}

function BatchImport({ versions }: { readonly versions: readonly VersionSummary[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const versionId = chosen ?? defaultVersion(versions)?.id;
  if (versionId === undefined) return null;
  return (
    <Section title="Import a live batch">
      <Stack gap="sm">
        {versions.length > 1 && (
          <Select
            label="Compared with the reference of"
            w={260}
            allowDeselect={false}
            value={versionId}
            data={versions.map(({ id, version }) => ({ value: id, label: `version ${version}` }))}
            onChange={setChosen}
          />
        )}
        <ImportBatch key={versionId} versionId={versionId} />
      </Stack>
    </Section>
  );
}

function History({ history }: { readonly history: DriftHistory }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = chosen ?? rankHeatRows(history.features)[0]?.name ?? null;
  return (
    <>
      <Section title="History">
        <Stack gap="md">
          <HeatStrip history={history} selected={chosen} onSelect={setChosen} />
          {shown !== null && (
            <>
              <Group>
                <Select
                  label="Feature over the batches"
                  w={320}
                  searchable
                  limit={100}
                  allowDeselect={false}
                  value={shown}
                  data={history.features.map(({ name }) => name)}
                  onChange={setChosen}
                />
              </Group>
              <FeatureHistoryChart history={history} name={shown} />
            </>
          )}
          <StructureHistoryChart batches={history.batches} />
        </Stack>
      </Section>
      <Section title="Batches">
        <BatchTable batches={history.batches} />
      </Section>
    </>
  );
}

function NoReference({ version }: { readonly version: VersionSummary | null }) {
  const [isFreezing, setIsFreezing] = useState(false);
  if (version === null) {
    return (
      <EmptyState title="Register a version first">
        Drift is measured against the reference profile of a version. Register one under Versions,
        then freeze its reference here.
      </EmptyState>
    );
  }
  return (
    <>
      <EmptyState
        title="Freeze a reference profile"
        action={<Button onClick={() => setIsFreezing(true)}>Freeze reference…</Button>}
      >
        Drift is measured against the reference of version {version.version}: the data that it was
        trained on, or a window in which it worked well (CSV, Parquet or Arrow, one column per
        feature). After that, import live batches here and see what moved.
      </EmptyState>
      <ReferenceWizard
        opened={isFreezing}
        versionId={version.id}
        onClose={() => setIsFreezing(false)}
      />
    </>
  );
}
