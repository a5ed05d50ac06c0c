import { Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PerformanceOverview } from '../../shared/performance/channels';
import { METRIC_FACTS, METRICS, type Metric } from '../../shared/performance/metric';
import { leadingMetric, performanceSentence } from '../../shared/performance/performanceSummary';
import { DriftRelationSection } from '../ui/DriftRelationSection';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Section } from '../ui/Section';
import { Sentence } from '../ui/Sentence';
import { Waiting } from '../ui/Waiting';
import { EstimateTable } from './EstimateTable';
import { ImportLog } from './ImportLog';
import { ImportOutcomes } from './ImportOutcomes';
import { KeptPanel } from './KeptPanel';
import { MetricChart } from './MetricChart';
import { OutcomeFileTable } from './OutcomeFileTable';
import { usePerformanceStore } from './performanceStore';
import { RulesPanel } from './RulesPanel';
import { WindowPanel } from './WindowPanel';
import { WindowTable } from './WindowTable';

/** What a model is worth on live data: windows, outcomes, metrics, rules. */
export function ModelPerformance({ modelId }: { readonly modelId: string }) {
  const found = usePerformanceStore((state) => state.overviewByModel[modelId]);
  const error = usePerformanceStore((state) => state.errors[`overview:${modelId}`]);
  const overview = usePerformanceStore((state) => state.overview);
  useEffect(() => void overview(modelId), [overview, modelId]);
  if (found === undefined) {
    return error === undefined ? (
      <Waiting />
    ) : (
      <ErrorPanel error={error} onRetry={() => void overview(modelId)} />
    );
  }
  if (found.versions.length === 0) {
    return (
      <EmptyState title="Register a version first">
        Performance is measured per version. Register one under Versions, then import what it
        predicted here, and the outcomes when they are known.
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      <Text size="md" maw="86ch" className="assay-figures">
        <Sentence text={performanceSentence(found)} />
      </Text>
      <Imports overview={found} />
      {found.windows.length > 0 && <Measured overview={found} />}
      <RulesPanel overview={found} />
      <KeptPanel overview={found} />
    </Stack>
  );
}

function Imports({ overview }: { readonly overview: PerformanceOverview }) {
  const { modelId, versions, windows } = overview;
  const [chosen, setChosen] = useState<string | null>(null);
  const versionId = chosen ?? windows.at(-1)?.log.versionId ?? versions[0]?.id;
  if (versionId === undefined) return null;
  return (
    <Section title="Import">
      <Stack gap="sm">
        {versions.length > 1 && (
          <Select
            label="Predictions of"
            w={260}
            allowDeselect={false}
            value={versionId}
            data={versions.map(({ id, version }) => ({ value: id, label: `version ${version}` }))}
            onChange={setChosen}
          />
        )}
        <ImportLog key={versionId} modelId={modelId} versionId={versionId} />
        {windows.some(({ log }) => log.joinState === 'kept') && (
          <ImportOutcomes modelId={modelId} />
        )}
      </Stack>
    </Section>
  );
}

function Measured({ overview }: { readonly overview: PerformanceOverview }) {
  const { windows, outcomeFiles } = overview;
  const newest = windows.at(-1);
  const [logId, setLogId] = useState<string | null>(null);
  const shown = windows.find(({ log }) => log.id === logId) ?? newest;
  return (
    <>
      <Section title="Over time">
        <OverTime overview={overview} />
      </Section>
      <Section title="Windows">
        <WindowTable windows={windows} selected={shown?.log.id ?? null} onSelect={setLogId} />
      </Section>
      {shown !== undefined && (
        <WindowPanel key={`${shown.log.id} ${shown.report.id}`} window={shown} />
      )}
      <DriftRelationSection
        modelId={overview.modelId}
        refreshKey={windows.map(({ report }) => report.id).join(' ')}
      />
      <Section title="Estimates without outcomes">
        <EstimateTable windows={windows} />
      </Section>
      {outcomeFiles.length > 0 && (
        <Section title="Outcome files">
          <OutcomeFileTable files={outcomeFiles} />
        </Section>
      )}
    </>
  );
}

function OverTime({ overview: { windows } }: { readonly overview: PerformanceOverview }) {
  const [chosen, setChosen] = useState<Metric | null>(null);
  const known = METRICS.filter((name) =>
    windows.some(({ log, report }) =>
      [...report.measurement.metrics, ...log.operations].some(
        ({ metric, value }) => metric === name && value !== null,
      ),
    ),
  );
  const leading = windows
    .toReversed()
    .map(leadingMetric)
    .find((name) => name !== null);
  const metric = chosen ?? leading ?? known[0];
  if (metric === undefined) {
    return (
      <Text>
        Nothing is measured yet: no outcome is known, and the logs hold no latency, failures or
        cost.
      </Text>
    );
  }
  return (
    <SimpleGrid cols={1} spacing="sm">
      <Select
        label="Metric"
        w={260}
        allowDeselect={false}
        value={metric}
        data={known.map((name) => ({ value: name, label: METRIC_FACTS[name].label }))}
        onChange={(name) => setChosen(METRICS.find((one) => one === name) ?? null)}
      />
      <MetricChart windows={windows.filter(({ log }) => !log.isBaseline)} metric={metric} />
    </SimpleGrid>
  );
}
