import { Text } from '@mantine/core';
import type { FlowMap } from '../../shared/dataflow/flowMap';
import { changeSentence, mapChanges } from '../../shared/dataflow/mapChanges';
import { ReasonDialog } from '../ui/ReasonDialog';
import { useFlowMapStore } from './flowMapStore';

interface SaveMapDialogProps {
  readonly opened: boolean;
  readonly before: FlowMap;
  readonly after: FlowMap;
  readonly onClose: () => void;
}

/** Says what will be saved and why. */
export function SaveMapDialog({ opened, before, after, onClose }: SaveMapDialogProps) {
  const save = useFlowMapStore((state) => state.save);
  const changes = opened ? changeSentence(mapChanges(before, after)) : '';
  const isNamed = [...after.nodes, ...after.boundaries].every(({ name }) => name.trim() !== '');
  return (
    <ReasonDialog
      opened={opened}
      title="Save the map as a new revision"
      submitLabel="Save"
      initialReason={changes}
      isReady={isNamed}
      onSubmit={save}
      onClose={onClose}
    >
      <>
        <Text>{changes === '' ? 'Nothing is different.' : changes}</Text>
        {!isNamed && <Text c="error">Something on the map has no name. Give it one first.</Text>}
      </>
    </ReasonDialog>
  );
}
