import { Stack } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { IncidentHappening } from '../../shared/incident/incident';
import { ErrorPanel } from '../ui/ErrorPanel';
import { useCall } from '../ui/useCall';
import { Waiting } from '../ui/Waiting';
import { GatesPanel } from './GatesPanel';
import { useLifecycleStore } from './lifecycleStore';
import { LiveAtPanel } from './LiveAtPanel';
import { ModelTimeline } from './ModelTimeline';

/** Which version is or was live, how it came to that, and the gates that versions pass. */
export function ModelLifecycle({ modelId }: { readonly modelId: string }) {
  const history = useLifecycleStore((state) => state.historyByModel[modelId]);
  const historyError = useLifecycleStore((state) => state.errors[`history:${modelId}`]);
  const verdicts = useLifecycleStore((state) => state.verdictsByModel[modelId]);
  const incidents = useCall('incident.listHappenings');
  const [happenings, setHappenings] = useState<readonly IncidentHappening[]>();
  const loadHistory = useLifecycleStore((state) => state.history);
  const listVerdicts = useLifecycleStore((state) => state.listVerdicts);
  const { run: listHappenings } = incidents;
  const error = historyError ?? incidents.error ?? undefined;
  const load = useCallback(
    (id: string) => {
      void Promise.all([loadHistory(id), listVerdicts(id)]);
      void listHappenings({ modelId: id }).then((result) => {
        if (result.ok) setHappenings(result.value);
      });
    },
    [loadHistory, listVerdicts, listHappenings],
  );
  const isThere = history !== undefined && verdicts !== undefined && happenings !== undefined;
  useEffect(() => load(modelId), [load, modelId]);
  return (
    <Stack gap="md">
      {error !== undefined && <ErrorPanel error={error} onRetry={() => load(modelId)} />}
      {!isThere && error === undefined && <Waiting />}
      {isThere && (
        <>
          <LiveAtPanel modelId={modelId} />
          <ModelTimeline {...{ modelId, history, verdicts, happenings }} />
        </>
      )}
      <GatesPanel modelId={modelId} />
    </Stack>
  );
}
