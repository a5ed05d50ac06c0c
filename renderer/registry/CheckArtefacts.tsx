import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { ArtefactCheck } from '../../shared/registry/artefactChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { ProgressDialog } from '../ui/ProgressDialog';
import { StateBadge } from '../ui/StateBadge';
import { useCall } from '../ui/useCall';
import { checkSentence } from './artefactWords';
import { DifferingFiles } from './DifferingFiles';

/** Compares a folder with what a version froze, in a dialog. */
export function CheckArtefacts({ version }: { readonly version: ModelVersion }) {
  const [isOpen, setIsOpen] = useState(false);
  const { artefacts, modelName, version: number } = version.snapshot;
  if (artefacts === undefined) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFolderSearch size={16} aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        Check artefacts…
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        size="lg"
        title={`Check the artefacts of ${modelName}, version ${number}`}
      >
        <Comparison
          versionId={version.id}
          isSingleFile={artefacts.length === 1 && artefacts[0]?.path.includes('/') === false}
          onClose={() => setIsOpen(false)}
        />
      </Modal>
    </>
  );
}

interface ComparisonProps {
  readonly versionId: string;
  readonly isSingleFile: boolean;
  readonly onClose: () => void;
}

function Comparison({ versionId, isSingleFile, onClose }: ComparisonProps) {
  const { run, progress, isRunning, error, cancel } = useCall('registry.checkArtefacts');
  const [found, setFound] = useState<ArtefactCheck | null>(null);
  async function compare(token: string | null, pick: 'folder' | 'file' = 'folder'): Promise<void> {
    setFound(null);
    const result = await run({ versionId, source: { token }, pick });
    if (result.ok) setFound(result.value);
  }
  return (
    <Stack gap="md">
      <FileDrop
        label="Choose the folder to compare, or drop one file here"
        accept="Every file is hashed and compared with the signed manifest. Nothing is changed."
        browseLabel="Choose a folder…"
        onToken={(token) => void compare(token)}
        onBrowse={() => void compare(null)}
        isBusy={isRunning}
      />
      {isSingleFile && (
        <Group justify="flex-end">
          <Button variant="subtle" size="compact-sm" onClick={() => void compare(null, 'file')}>
            Compare a single file…
          </Button>
        </Group>
      )}
      {error !== null && <ErrorPanel error={error} />}
      {found !== null && <Findings found={found} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
      <ProgressDialog
        opened={isRunning}
        title="Comparing with the manifest"
        progress={progress}
        onCancel={cancel}
      />
    </Stack>
  );
}

function Findings({ found }: { readonly found: ArtefactCheck }) {
  return (
    <Stack gap="sm" role="status">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <StateBadge
          state={found.isSame ? 'ok' : 'alert'}
          label={found.isSame ? 'Same' : 'Different'}
        />
        <Text style={{ overflowWrap: 'anywhere' }}>{checkSentence(found)}</Text>
      </Group>
      <DifferingFiles found={found} />
    </Stack>
  );
}
