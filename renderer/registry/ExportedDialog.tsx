import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ExportedFile } from '../../shared/registry/exportChannels';
import { CopyButton } from '../ui/CopyButton';
import { formatBytes } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import type { FormatWords } from './exportWords';

interface ExportedDialogProps {
  readonly exported: Omit<ExportedFile, 'format'> | null;
  /** What kind of file it is. */
  readonly words: FormatWords | null;
  readonly onClose: () => void;
}

/** Where the file is, and how whoever gets it can tell that it is this one. */
export function ExportedDialog({ exported, words, onClose }: ExportedDialogProps) {
  return (
    <Modal opened={exported !== null} onClose={onClose} title="The file is written" size="lg">
      {exported !== null && (
        <Stack gap="md">
          <Text>
            The log says that you exported it, with its SHA-256. It holds no rows of any data.
          </Text>
          <KeyValue
            items={[
              { label: 'Format', value: words?.label },
              {
                label: 'File',
                value: (
                  <Group gap="xs" wrap="nowrap" align="flex-start">
                    <Text style={{ overflowWrap: 'anywhere' }}>{exported.path}</Text>
                    <CopyButton text={exported.path} size="compact-xs" style={{ flexShrink: 0 }} />
                  </Group>
                ),
              },
              { label: 'Size', value: formatBytes(exported.sizeBytes) },
              {
                label: 'SHA-256',
                value: <HashText hash={exported.sha256} of="exported file" digits={32} />,
              },
            ]}
          />
          <Group justify="flex-end">
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
