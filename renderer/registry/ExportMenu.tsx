import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import {
  EXPORT_FORMATS,
  type ExportedFile,
  type ExportFormat,
} from '../../shared/registry/exportChannels';
import { CopyButton } from '../ui/CopyButton';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatBytes } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { usePersonStore } from '../ui/personStore';
import { useCall, type Call } from '../ui/useCall';
import { FORMAT_WORDS } from './exportWords';

/** Exports one version into a file. */
export function ExportVersionMenu({ versionId }: { readonly versionId: string }) {
  const call = useCall('registry.exportVersion');
  return <ExportMenu call={call} onExport={(format) => call.run({ versionId, format })} />;
}

/** Exports a model with all its versions into a file. */
export function ExportModelMenu({ modelId }: { readonly modelId: string }) {
  const call = useCall('registry.exportModel');
  return <ExportMenu call={call} onExport={(format) => call.run({ modelId, format })} />;
}

interface ExportMenuProps {
  readonly call: Pick<Call<'registry.exportModel'>, 'isRunning' | 'error' | 'clearError'>;
  readonly onExport: (
    format: ExportFormat,
  ) => Promise<{ readonly ok: true; readonly value: ExportedFile } | { readonly ok: false }>;
}

function ExportMenu({ call, onExport }: ExportMenuProps) {
  const [exported, setExported] = useState<ExportedFile | null>(null);
  const mayExport = usePersonStore(({ person }) =>
    (person?.roles ?? []).some((role) => role !== 'administrator'),
  );
  async function start(format: ExportFormat): Promise<void> {
    const result = await onExport(format);
    if (result.ok) setExported(result.value);
  }
  if (!mayExport) return null;
  return (
    <>
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconFileExport size={16} aria-hidden />}
            loading={call.isRunning}
          >
            Export…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {EXPORT_FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => void start(format)}>
              <Text fw={600}>{FORMAT_WORDS[format].label}</Text>
              <Text c="dimmed">{FORMAT_WORDS[format].use}</Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={call.error !== null} onClose={call.clearError} title="Not exported" size="lg">
        {call.error !== null && <ErrorPanel error={call.error} />}
      </Modal>
      <ExportedDialog exported={exported} onClose={() => setExported(null)} />
    </>
  );
}

interface ExportedDialogProps {
  readonly exported: ExportedFile | null;
  readonly onClose: () => void;
}

/** Where the file is, and how whoever gets it can tell that it is this one. */
function ExportedDialog({ exported, onClose }: ExportedDialogProps) {
  return (
    <Modal opened={exported !== null} onClose={onClose} title="The file is written" size="lg">
      {exported !== null && (
        <Stack gap="md">
          <Text>
            The log says that you exported it, with its SHA-256. It holds no rows of any data.
          </Text>
          <KeyValue
            items={[
              { label: 'Format', value: FORMAT_WORDS[exported.format].label },
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
