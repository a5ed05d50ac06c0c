import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ExportedPacket } from '../../shared/handoff/channels';
import type { HandoffPacket } from '../../shared/handoff/packet';
import { formatBytes } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { SignDialog } from '../ui/SignDialog';
import { useCall } from '../ui/useCall';

type Format = ExportedPacket['format'];

/** Signs an approved packet and writes it; says what stands in the way before that. */
export function ExportPacket({ packet }: { readonly packet: HandoffPacket }) {
  const call = useCall('handoff.exportPacket');
  const [isOpen, setIsOpen] = useState(false);
  const [format, setFormat] = useState<Format>('zip');
  const [written, setWritten] = useState<ExportedPacket | null>(null);
  const { id: packetId, revision, state, manifests } = packet;
  const isValid = manifests.every(({ problems }) => problems.length === 0);
  return (
    <>
      <Button
        disabled={state !== 'approved' || !isValid}
        title={
          state === 'approved'
            ? isValid
              ? undefined
              : 'One of its files is not valid'
            : 'Only an approved packet is exported'
        }
        onClick={() => setIsOpen(true)}
      >
        Sign and export…
      </Button>
      <SignDialog
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={`Hand over packet ${packet.number} of ${packet.modelName}`}
        recordSha256={null}
        choices={[{ meaning: 'responsibility', obstacle: null }]}
        signLabel="Sign and save"
        onSign={async (signing) => {
          const result = await call.run({ packetId, revision, format, signing });
          if (!result.ok) return result.error;
          setIsOpen(false);
          setWritten(result.value);
          return null;
        }}
      >
        <Stack gap="sm">
          <KeyValue
            items={[
              { label: 'Request', value: packet.content.request },
              { label: 'Files for pipelines', value: manifests.map(({ path }) => path).join(', ') },
            ]}
          />
          <SegmentedControl
            aria-label="Written as"
            value={format}
            data={[
              { value: 'zip', label: 'ZIP file' },
              { value: 'folder', label: 'Folder' },
            ]}
            onChange={(value) => setFormat(value === 'folder' ? 'folder' : 'zip')}
          />
        </Stack>
      </SignDialog>
      <WrittenDialog written={written} onClose={() => setWritten(null)} />
    </>
  );
}

interface WrittenDialogProps {
  readonly written: ExportedPacket | null;
  readonly onClose: () => void;
}

function WrittenDialog({ written, onClose }: WrittenDialogProps) {
  return (
    <Modal opened={written !== null} onClose={onClose} title="The packet is written" size="lg">
      {written !== null && (
        <Stack gap="md">
          <Text>
            The log says that you handed it over, with its SHA-256. Its README says what to run and
            how to check it.
          </Text>
          <KeyValue
            items={[
              { label: 'Place', value: <Text className="assay-wrap">{written.path}</Text> },
              { label: 'Size', value: formatBytes(written.sizeBytes) },
              {
                label: written.format === 'zip' ? 'SHA-256' : 'SHA-256 of the list of digests',
                value: <HashText hash={written.sha256} of="packet" digits={32} />,
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
