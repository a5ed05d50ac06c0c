import { Button, Group, Menu, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import {
  CARD_FORMATS,
  type CardFormat,
  type ExportedCard,
} from '../../shared/card/exchangeChannels';
import type { Card } from '../../shared/card/channels';
import { CopyButton } from '../ui/CopyButton';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatBytes } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { useCall } from '../ui/useCall';
import { useMay } from './cardRights';
import { useCardStore } from './cardStore';
import { FORMAT_WORDS } from './formatWords';

/** Writes the card into a file, as the person wants it. */
export function ExportCardMenu({ card }: { readonly card: Card }) {
  const { versionId, approved, head } = card;
  const { run, isRunning, error, clearError } = useCall('card.export');
  const saveNow = useCardStore((state) => state.saveNow);
  const [which, setWhich] = useState<'approved' | 'newest'>('approved');
  const [exported, setExported] = useState<ExportedCard | null>(null);
  const mayExport = useMay('card.export');
  const hasBoth = approved !== null && approved.id !== head?.id;
  async function start(format: CardFormat): Promise<void> {
    await saveNow(versionId);
    const result = await run({ versionId, format, which });
    if (result.ok) setExported(result.value);
  }
  if (!mayExport || head === null) return null;
  return (
    <>
      <Menu position="bottom-end" width={340}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconFileExport size={16} aria-hidden />}
            loading={isRunning}
          >
            Export…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {hasBoth && (
            <SegmentedControl
              fullWidth
              mb={4}
              aria-label="Which revision"
              data={[
                { value: 'approved', label: `Approved, revision ${approved.revision}` },
                { value: 'newest', label: `Draft, revision ${head.revision}` },
              ]}
              value={which}
              onChange={(value) => setWhich(value === 'newest' ? 'newest' : 'approved')}
            />
          )}
          {CARD_FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => void start(format)}>
              <Text fw={600}>{FORMAT_WORDS[format].label}</Text>
              <Text c="dimmed">{FORMAT_WORDS[format].use}</Text>
            </Menu.Item>
          ))}
          <Menu.Label>CycloneDX: export the version, the ML-BOM carries the card.</Menu.Label>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={error !== null} onClose={clearError} title="Not exported" size="lg">
        {error !== null && <ErrorPanel error={error} />}
      </Modal>
      <ExportedDialog exported={exported} onClose={() => setExported(null)} />
    </>
  );
}

interface ExportedDialogProps {
  readonly exported: ExportedCard | null;
  readonly onClose: () => void;
}

function ExportedDialog({ exported, onClose }: ExportedDialogProps) {
  return (
    <Modal opened={exported !== null} onClose={onClose} title="The card is written" size="lg">
      {exported !== null && (
        <Stack gap="md">
          <Text>The log says that you exported it, with its SHA-256.</Text>
          <KeyValue
            items={[
              { label: 'Format', value: FORMAT_WORDS[exported.format].label },
              { label: 'Revision', value: exported.revision },
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
