import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconFolderCheck } from '@tabler/icons-react';
import type { StagedArtefacts } from '../../shared/registry/artefactChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatBytes, formatCount, formatNoun } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { ArtefactTable } from './ArtefactTable';
import { refusalWords, visiblePath } from './artefactWords';

export interface ArtefactsFieldProps {
  readonly staged: StagedArtefacts | null;
  readonly onStaged: (staged: StagedArtefacts | null) => void;
}

/** Takes the folder (or file) of the trained model and hashes every file; the files stay where they are. */
export function ArtefactsField({ staged, onStaged }: ArtefactsFieldProps) {
  const { run, progress, isRunning, error, cancel } = useCall('registry.stageArtefacts');
  async function stage(token: string | null, pick: 'folder' | 'file' = 'folder'): Promise<void> {
    const result = await run({ source: { token }, pick });
    if (result.ok) onStaged(result.value);
  }
  return (
    <Stack gap="xs">
      {staged === null ? (
        <>
          <FileDrop
            label="Choose the folder of the model, or drop its one file here"
            accept="Any files: every one is hashed. They stay where they are; links are not followed."
            browseLabel="Choose a folder…"
            onToken={(token) => void stage(token)}
            onBrowse={() => void stage(null)}
            isBusy={isRunning}
          />
          <Group justify="flex-end">
            <Button
              variant="subtle"
              size="compact-sm"
              disabled={isRunning}
              onClick={() => void stage(null, 'file')}
            >
              The model is a single file…
            </Button>
          </Group>
        </>
      ) : (
        <Staged staged={staged} onAgain={() => onStaged(null)} />
      )}
      {error !== null && <ErrorPanel error={error} />}
      <ProgressDialog
        opened={isRunning}
        title="Hashing the artefacts"
        progress={progress}
        onCancel={cancel}
      />
    </Stack>
  );
}

interface StagedProps {
  readonly staged: StagedArtefacts;
  readonly onAgain: () => void;
}

function Staged({ staged, onAgain }: StagedProps) {
  const { name, files, nFiles, sizeBytes, rootSha256, refused, nRefused } = staged;
  return (
    <Paper p="sm" bg="var(--assay-surface)">
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <IconFolderCheck size={22} stroke={1.5} aria-hidden style={{ flexShrink: 0 }} />
          <div style={{ minWidth: 0 }}>
            <Text fw={600} truncate title={visiblePath(name)}>
              {visiblePath(name)}
            </Text>
            <Group gap="xs">
              <Text c="dimmed" className="assay-figures">
                {formatNoun(nFiles, 'file')} · {formatBytes(sizeBytes)} · SHA-256 of the list
              </Text>
              <HashText hash={rootSha256} of="list of artefacts" />
            </Group>
          </div>
        </Group>
        <Button variant="default" size="xs" onClick={onAgain}>
          Choose another
        </Button>
      </Group>
      <ArtefactTable files={files} nFiles={nFiles} />
      {nRefused > 0 && (
        <Stack gap={2} mt="xs" role="status">
          <Text fw={600}>Left out of the manifest: {formatNoun(nRefused, 'entry', 'entries')}</Text>
          {refused.slice(0, SHOWN_REFUSED).map((entry) => (
            <Text key={entry.path} style={{ overflowWrap: 'anywhere' }}>
              {refusalWords(entry)}
            </Text>
          ))}
          {nRefused > SHOWN_REFUSED && (
            <Text c="dimmed">and {formatCount(nRefused - SHOWN_REFUSED)} more.</Text>
          )}
        </Stack>
      )}
    </Paper>
  );
}

const SHOWN_REFUSED = 10;
