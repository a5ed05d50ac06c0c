import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import {
  MAP_FORMATS,
  REGISTER_FORMATS,
  type MapFormat,
  type RegisterFormat,
  type WrittenFile,
} from '../../shared/dataflow/exportChannels';
import type { FlowView } from '../../shared/dataflow/flowView';
import { CopyButton } from '../ui/CopyButton';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatBytes } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { useCall } from '../ui/useCall';
import { drawPng } from './drawPng';

const REGISTER_USES: Readonly<Record<RegisterFormat, string>> = {
  html: 'HTML: one page for people, signatures included',
  pdf: 'PDF: the same on paper',
  csv: 'CSV: one activity a row',
  json: 'JSON: with the signed bytes',
};

const MAP_USES: Readonly<Record<MapFormat, string>> = {
  svg: 'SVG: the picture at any size',
  png: 'PNG: the picture as pixels',
  json: 'JSON: everything on the map',
};

interface ExportMenuProps {
  readonly view: FlowView;
  readonly isChanged: boolean;
}

/** Writes the register or the map, as they were saved, into a file. */
export function ExportMenu({ view, isChanged }: ExportMenuProps) {
  const register = useCall('dataflow.exportRegister');
  const map = useCall('dataflow.exportMap');
  const [written, setWritten] = useState<WrittenFile | null>(null);
  const error = register.error ?? map.error;
  async function writeRegister(format: RegisterFormat): Promise<void> {
    const result = await register.run({ format });
    if (result.ok) setWritten(result.value);
  }
  async function writeMap(format: MapFormat): Promise<void> {
    const pngBase64 = format === 'png' ? await drawPng(view) : null;
    const result = await map.run({ format, pngBase64 });
    if (result.ok) setWritten(result.value);
  }
  return (
    <>
      <Menu position="bottom-end" width={340}>
        <Menu.Target>
          <Button
            variant="default"
            disabled={isChanged}
            title={isChanged ? 'Save the map first: what is saved is exported.' : undefined}
            leftSection={<IconFileExport size={16} aria-hidden />}
            loading={register.isRunning || map.isRunning}
          >
            Export…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>The register</Menu.Label>
          {REGISTER_FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => void writeRegister(format)}>
              {REGISTER_USES[format]}
            </Menu.Item>
          ))}
          <Menu.Label>The map</Menu.Label>
          {MAP_FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => void writeMap(format)}>
              {MAP_USES[format]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={error !== null}
        onClose={() => {
          register.clearError();
          map.clearError();
        }}
        title="Not exported"
        size="lg"
      >
        {error !== null && <ErrorPanel error={error} />}
      </Modal>
      <WrittenDialog written={written} onClose={() => setWritten(null)} />
    </>
  );
}

interface WrittenDialogProps {
  readonly written: WrittenFile | null;
  readonly onClose: () => void;
}

function WrittenDialog({ written, onClose }: WrittenDialogProps) {
  return (
    <Modal opened={written !== null} onClose={onClose} title="The file is written" size="lg">
      {written !== null && (
        <Stack gap="md">
          <Text>The log says that you exported it, with its SHA-256.</Text>
          <KeyValue
            items={[
              { label: 'Revision', value: written.revision },
              {
                label: 'File',
                value: (
                  <Group gap="xs" align="flex-start">
                    <Text className="assay-wrap">{written.path}</Text>
                    <CopyButton text={written.path} size="compact-xs" />
                  </Group>
                ),
              },
              { label: 'Size', value: formatBytes(written.sizeBytes) },
              {
                label: 'SHA-256',
                value: <HashText hash={written.sha256} of="exported file" digits={32} />,
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
