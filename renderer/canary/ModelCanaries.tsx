import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Waiting } from '../ui/Waiting';
import { useCanaryStore } from './canaryStore';
import { CanaryTable } from './CanaryTable';
import { PlanDialog } from './PlanDialog';
import { canariesSentence } from './verdictWords';

/** Canaries of one model, and the way to plan the next one. */
export function ModelCanaries({ modelId }: { readonly modelId: string }) {
  const heads = useCanaryStore((state) => state.heads);
  const versions = useCanaryStore((state) => state.versionsByModel[modelId]);
  const errors = useCanaryStore((state) => state.errors);
  const list = useCanaryStore((state) => state.list);
  const loadVersions = useCanaryStore((state) => state.loadVersions);
  const [isPlanning, setIsPlanning] = useState(false);
  const [, navigate] = useLocation();
  useEffect(() => {
    void list();
    void loadVersions(modelId);
  }, [list, loadVersions, modelId]);
  const error = errors['list'] ?? errors[`versions:${modelId}`];
  if (error !== undefined) return <ErrorPanel error={error} onRetry={() => void list()} />;
  if (heads === null || versions === undefined) return <Waiting />;
  const own = heads.filter((head) => head.modelId === modelId);
  if (versions.length < 2)
    return (
      <EmptyState title="A canary needs two versions">
        Register the candidate as a second version, then plan here how it is compared with the one
        that is live.
      </EmptyState>
    );
  const planButton = <Button onClick={() => setIsPlanning(true)}>Plan a canary…</Button>;
  return (
    <Stack>
      {own.length === 0 ? (
        <EmptyState title="Plan the first canary" action={planButton}>
          Say before the data come what is measured, how much worse is acceptable and how sure you
          want to be. The planner tells how many labelled rows that takes, and until when.
        </EmptyState>
      ) : (
        <>
          <Text>{canariesSentence(own)}</Text>
          <div>{planButton}</div>
          <CanaryTable heads={own} showsModel={false} />
        </>
      )}
      <PlanDialog
        opened={isPlanning}
        versions={versions}
        onClose={() => setIsPlanning(false)}
        onPlanned={({ id }) => navigate(`/canaries/${id}`)}
      />
    </Stack>
  );
}
