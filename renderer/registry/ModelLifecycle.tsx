import { Stack } from '@mantine/core';
import { useEffect } from 'react';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Waiting } from '../ui/Waiting';
import { GatesPanel } from './GatesPanel';
import { useLifecycleStore } from './lifecycleStore';
import { LiveAtPanel } from './LiveAtPanel';
import { ModelTimeline } from './ModelTimeline';

/** Which version is or was live, how it came to that, and the gates that versions pass. */
export function ModelLifecycle({ modelId }: { readonly modelId: string }) {
  const history = useLifecycleStore((state) => state.historyByModel[modelId]);
  const error = useLifecycleStore((state) => state.errors[`history:${modelId}`]);
  const load = useLifecycleStore((state) => state.history);
  useEffect(() => void load(modelId), [load, modelId]);
  return (
    <Stack gap="md">
      {error !== undefined && <ErrorPanel error={error} onRetry={() => void load(modelId)} />}
      {history === undefined && error === undefined && <Waiting />}
      {history !== undefined && (
        <>
          <LiveAtPanel modelId={modelId} />
          <ModelTimeline modelId={modelId} history={history} />
        </>
      )}
      <GatesPanel modelId={modelId} />
    </Stack>
  );
}
