import { Button, Group, List, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { PROMOTION_STAGES } from '../../shared/registry/lifecycle';
import type { LifecyclePolicyRevision } from '../../shared/registry/lifecycleChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { GatesDialog } from './GatesDialog';
import { useMay } from './lifecycleRights';
import { useLifecycleStore } from './lifecycleStore';
import { gateWords } from './lifecycleWords';

/** What a version of this model needs before each stage, and the way to change it. */
export function GatesPanel({ modelId }: { readonly modelId: string }) {
  const titleId = useId();
  const current = useLifecycleStore((state) => state.gatesByModel[modelId]);
  const error = useLifecycleStore((state) => state.errors[`gates:${modelId}`]);
  const load = useLifecycleStore((state) => state.getLifecyclePolicy);
  const canChange = useMay('registry.setLifecyclePolicy');
  const [isChanging, setIsChanging] = useState(false);
  useEffect(() => void load(modelId), [load, modelId]);
  return (
    <Paper component="section" aria-labelledby={titleId} bg="var(--assay-surface)">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} id={titleId}>
            Gates
          </Title>
          {current !== undefined && canChange && (
            <Button variant="default" size="xs" onClick={() => setIsChanging(true)}>
              Change gates…
            </Button>
          )}
        </Group>
        {error !== undefined && <ErrorPanel error={error} onRetry={() => void load(modelId)} />}
        {current === undefined && error === undefined && <Waiting />}
        {current !== undefined && <Gates current={current} />}
        {current !== undefined && !canChange && (
          <Text c="dimmed">Only a manager can change the gates.</Text>
        )}
      </Stack>
      {current !== undefined && (
        <GatesDialog
          opened={isChanging}
          modelId={modelId}
          current={current}
          onClose={() => setIsChanging(false)}
        />
      )}
    </Paper>
  );
}

function Gates({ current }: { readonly current: LifecyclePolicyRevision }) {
  const { policy, revision, setBy, setAtUtc, reason } = current;
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {PROMOTION_STAGES.map((stage) => (
          <div key={stage}>
            <Text fw={600}>Before {stage}</Text>
            {policy[stage].length === 0 && <Text>No gate.</Text>}
            <List size="sm" spacing={2}>
              {policy[stage].map((gate, i) => (
                <List.Item key={`${i} ${gate.kind}`}>{gateWords(gate)}.</List.Item>
              ))}
            </List>
          </div>
        ))}
      </SimpleGrid>
      <Text c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {setBy === null ? (
          'Revision 0: the default gates.'
        ) : (
          <>
            Revision {revision}, set by {setBy} on <TimeText instant={setAtUtc} />: “{reason}”
          </>
        )}
      </Text>
    </>
  );
}
