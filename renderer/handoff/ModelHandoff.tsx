import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Section } from '../ui/Section';
import { Waiting } from '../ui/Waiting';
import { useMay } from './handoffRights';
import { useHandoffStore } from './handoffStore';
import { OutboxPanel } from './OutboxPanel';
import { PacketTable } from './PacketTable';
import { packetsSentence } from './packetWords';
import { PipelinesPanel } from './PipelinesPanel';
import { RetrainingPanel } from './RetrainingPanel';

/** How a decision about this model gets to the pipelines: packets, and where the pipelines are. */
export function ModelHandoff({ modelId }: { readonly modelId: string }) {
  return (
    <Stack gap="lg">
      <Packets modelId={modelId} />
      <Section title="Retraining rules">
        <RetrainingPanel modelId={modelId} />
      </Section>
      <Section title="Outbox of the workspace">
        <OutboxPanel />
      </Section>
      <Section title="Pipelines">
        <PipelinesPanel modelId={modelId} />
      </Section>
    </Stack>
  );
}

function Packets({ modelId }: { readonly modelId: string }) {
  const heads = useHandoffStore((state) => state.headsByModel[modelId]);
  const error = useHandoffStore((state) => state.errors[`list:${modelId}`]);
  const list = useHandoffStore((state) => state.list);
  const canWrite = useMay('handoff.draftPacket');
  const [, navigate] = useLocation();
  useEffect(() => void list(modelId), [list, modelId]);
  if (error !== undefined) return <ErrorPanel error={error} onRetry={() => void list(modelId)} />;
  if (heads === undefined) return <Waiting />;
  const write = (
    <Button disabled={!canWrite} onClick={() => navigate(`/models/${modelId}/handoff/retrain`)}>
      Write a packet…
    </Button>
  );
  if (heads.length === 0)
    return (
      <EmptyState title="Hand a decision to the pipeline" action={write}>
        A packet says what shall be done (train anew, roll out, roll back) and on what evidence. A
        second person approves it by signature; then it is exported as signed files that GitHub
        Actions, Kubeflow, Argo or Seldon take as they are.
      </EmptyState>
    );
  return (
    <Section title="Hand-off packets">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text>{packetsSentence(heads)}</Text>
          {write}
        </Group>
        <PacketTable heads={heads} />
      </Stack>
    </Section>
  );
}
