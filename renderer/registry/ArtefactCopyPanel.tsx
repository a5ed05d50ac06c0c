import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconFolderPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ArtefactCopy, ArtefactCopyFile } from '../../shared/registry/artefactChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { ErrorPanel } from '../ui/ErrorPanel';
import { usePersonStore } from '../ui/personStore';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { copySentence } from './artefactWords';
import { ExportedDialog } from './ExportedDialog';
import { COPY_WORDS } from './exportWords';

/** Whether a copy of a version's files lies in the workspace, and how to make or save one. */
export function ArtefactCopyPanel({ version }: { readonly version: ModelVersion }) {
  const versionId = version.id;
  const read = useCall('registry.artefactCopy');
  const keep = useCall('registry.keepArtefacts');
  const save = useCall('registry.saveArtefacts');
  const [copy, setCopy] = useState<ArtefactCopy | null>(null);
  const [saved, setSaved] = useState<ArtefactCopyFile | null>(null);
  const roles = usePersonStore(({ person }) => person?.roles ?? NO_ROLES);
  const { run } = read;
  useEffect(() => {
    void run({ versionId }).then((result) => {
      if (result.ok) setCopy(result.value);
    });
  }, [run, versionId]);
  const { artefacts } = version.snapshot;
  if (artefacts === undefined || copy === null) return null;
  const isSingleFile = artefacts.length === 1 && artefacts[0]?.path.includes('/') === false;

  async function startKeeping(): Promise<void> {
    const pick = isSingleFile ? 'file' : 'folder';
    const result = await keep.run({ versionId, source: { token: null }, pick });
    // A cancelled copy keeps what it has, so what is there is asked for again.
    const now = result.ok ? result : await run({ versionId });
    if (now.ok) setCopy(now.value);
  }
  async function startSaving(): Promise<void> {
    const result = await save.run({ versionId });
    if (result.ok) setSaved(result.value);
  }

  const error = keep.error ?? save.error ?? read.error;
  const mayKeep = roles.includes('analyst') && !copy.isWhole && !copy.isTooLarge;
  const maySave = roles.some((role) => role !== 'administrator') && copy.isWhole;
  return (
    <Paper p="md" mt="md" bg="var(--assay-surface)">
      <Title order={2} mb="sm">
        Copy of the files
      </Title>
      <Stack gap="sm">
        <Text>{copySentence(copy)}</Text>
        {error !== null && <ErrorPanel error={error} />}
        <Group gap="sm">
          {mayKeep && (
            <Button
              variant="default"
              leftSection={<IconFolderPlus size={16} aria-hidden />}
              onClick={() => void startKeeping()}
            >
              Keep a copy…
            </Button>
          )}
          {maySave && (
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              loading={save.isRunning}
              onClick={() => void startSaving()}
            >
              Save the copy…
            </Button>
          )}
        </Group>
      </Stack>
      <ProgressDialog
        opened={keep.isRunning}
        title="Keeping a copy"
        progress={keep.progress}
        onCancel={keep.cancel}
      />
      <ExportedDialog exported={saved} words={COPY_WORDS} onClose={() => setSaved(null)} />
    </Paper>
  );
}

const NO_ROLES: readonly string[] = [];
