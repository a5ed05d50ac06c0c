import { Button, Group, Tabs } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useWindowEvent } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { FLOW_MAP_ID, type SavedFlowMap } from '../../shared/dataflow/channels';
import { findingsOf } from '../../shared/dataflow/findings';
import { viewOf } from '../../shared/dataflow/flowView';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { useMaySignRecords } from '../ui/personStore';
import { SignaturePanel } from '../ui/SignaturePanel';
import { Waiting } from '../ui/Waiting';
import { FindingsTab } from './FindingsTab';
import { mapSentence } from './flowWords';
import { useFlowMapStore, useIsChanged, useMay } from './flowMapStore';
import { MapTab } from './MapTab';
import { NoMap } from './NoMap';
import { RegisterTab } from './RegisterTab';
import { RevisionsTab } from './RevisionsTab';
import { SaveMapDialog } from './SaveMapDialog';
import { TableTab } from './TableTab';
import { useToday } from './useToday';

/** Where data about people come from, where they go, why and under which rules. */
export function DataFlowsPage() {
  const saved = useFlowMapStore((state) => state.saved);
  const error = useFlowMapStore((state) => state.error);
  const { load } = useFlowMapStore.getState();
  useEffect(() => void load(), [load]);
  if (saved !== null) return <LoadedMap saved={saved} />;
  return (
    <>
      <PageHeader title="Data flows" />
      {error === null ? <Waiting /> : <ErrorPanel error={error} onRetry={() => void load()} />}
    </>
  );
}

function LoadedMap({ saved }: { readonly saved: SavedFlowMap }) {
  const draft = useFlowMapStore((state) => state.draft);
  const isChanged = useIsChanged();
  const canEdit = useMay('dataflow.save');
  const [isSaving, setIsSaving] = useState(false);
  const [isStarted, setIsStarted] = useState(false);
  const { facts, acceptances } = saved;
  const view = useMemo(() => viewOf(draft, facts), [draft, facts]);
  const today = useToday();
  const findings = useMemo(() => findingsOf(view, acceptances, today), [view, acceptances, today]);
  const isEmpty = draft.nodes.length === 0 && saved.head === null && !isStarted;
  const canSave = canEdit && isChanged;

  useMapKeys(canEdit, canSave ? () => setIsSaving(true) : null);
  return (
    <>
      <PageHeader
        title="Data flows"
        sentence={mapSentence(draft, findings, saved.head)}
        actions={
          canEdit &&
          !isEmpty && <SaveButtons isChanged={isChanged} onSave={() => setIsSaving(true)} />
        }
      />
      {isEmpty ? (
        <NoMap canEdit={canEdit} onStart={() => setIsStarted(true)} />
      ) : (
        <MapTabs {...{ saved, view, findings, canEdit }} />
      )}
      <SaveMapDialog
        opened={isSaving}
        onClose={() => setIsSaving(false)}
        before={saved.content}
        after={draft}
      />
    </>
  );
}

/** Saving, undo and redo by keyboard. */
function useMapKeys(canEdit: boolean, save: (() => void) | null): void {
  useWindowEvent('keydown', (event) => {
    if (!canEdit || (!event.ctrlKey && !event.metaKey)) return;
    const { undo, redo } = useFlowMapStore.getState();
    const key = event.key.toLowerCase();
    if (key === 's') save?.();
    // In a field, undo is about what is typed there.
    else if (isField(event.target)) return;
    else if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
    else if (key === 'z') undo();
    else return;
    event.preventDefault();
  });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

interface SaveButtonsProps {
  readonly isChanged: boolean;
  readonly onSave: () => void;
}

function SaveButtons({ isChanged, onSave }: SaveButtonsProps) {
  const { discard } = useFlowMapStore.getState();
  return (
    <Group gap="xs" wrap="nowrap">
      {isChanged && (
        <Button variant="default" onClick={() => void discard()}>
          Discard
        </Button>
      )}
      <Button
        leftSection={<IconDeviceFloppy size={16} aria-hidden />}
        disabled={!isChanged}
        title="Ctrl S"
        onClick={onSave}
      >
        {isChanged ? 'Save…' : 'Saved'}
      </Button>
    </Group>
  );
}

interface MapTabsProps {
  readonly saved: SavedFlowMap;
  readonly view: ReturnType<typeof viewOf>;
  readonly findings: ReturnType<typeof findingsOf>;
  readonly canEdit: boolean;
}

function MapTabs({ saved, view, findings, canEdit }: MapTabsProps) {
  const [tab, setTab] = useState<string | null>('map');
  const isChanged = useIsChanged();
  const canSign = useMaySignRecords();
  const nOpen = findings.filter(({ acceptance }) => acceptance === null).length;
  const revision = saved.head?.revision ?? 0;
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="map">Map</Tabs.Tab>
        <Tabs.Tab value="table">Table</Tabs.Tab>
        <Tabs.Tab value="findings">Findings ({nOpen} open)</Tabs.Tab>
        <Tabs.Tab value="register">Register</Tabs.Tab>
        <Tabs.Tab value="revisions">Revisions ({revision})</Tabs.Tab>
        <Tabs.Tab value="signatures">Signatures</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="map">
        <MapTab view={view} findings={findings} canEdit={canEdit} />
      </Tabs.Panel>
      <Tabs.Panel value="table">
        <TableTab view={view} findings={findings} canEdit={canEdit} />
      </Tabs.Panel>
      <Tabs.Panel value="findings">
        <FindingsTab findings={findings} onShow={() => setTab('map')} />
      </Tabs.Panel>
      <Tabs.Panel value="register">
        <RegisterTab view={view} canEdit={canEdit} isChanged={isChanged} />
      </Tabs.Panel>
      <Tabs.Panel value="revisions">
        <RevisionsTab revision={revision} />
      </Tabs.Panel>
      <Tabs.Panel value="signatures">
        {revision === 0 || isChanged ? (
          'Only a saved map is signed. Save it first.'
        ) : (
          <SignaturePanel
            recordType="dataflow.map"
            recordId={FLOW_MAP_ID}
            canSign={canSign}
            refreshKey={revision}
            onSigned={() => void useFlowMapStore.getState().load()}
          />
        )}
      </Tabs.Panel>
    </Tabs>
  );
}
