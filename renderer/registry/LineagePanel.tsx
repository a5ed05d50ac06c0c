import { Paper, Text, Title } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import type { VersionLineage } from '../../shared/registry/lineageChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { ErrorPanel } from '../ui/ErrorPanel';
import { useCall } from '../ui/useCall';
import { Waiting } from '../ui/Waiting';
import { LineageGraph } from './LineageGraph';

/** Where a version comes from and where it went. */
export function LineagePanel({ version }: { readonly version: ModelVersion }) {
  const titleId = useId();
  const { run, error } = useCall('registry.lineage');
  const [lineage, setLineage] = useState<VersionLineage | null>(null);
  const { id: versionId, stage, referenceId } = version;
  useEffect(() => {
    void run({ versionId }).then((result) => {
      if (result.ok) setLineage(result.value);
    });
    // A step or a frozen reference adds to the graph.
  }, [run, versionId, stage, referenceId]);
  return (
    <Paper component="section" aria-labelledby={titleId} bg="var(--assay-surface)">
      <Title order={2} id={titleId} mb={4}>
        Lineage
      </Title>
      <Text mb="sm">From data to evidence; each part leads to its page.</Text>
      {error !== null && <ErrorPanel error={error} />}
      {lineage === null && error === null && <Waiting />}
      {lineage !== null && <LineageGraph version={version} lineage={lineage} />}
    </Paper>
  );
}
