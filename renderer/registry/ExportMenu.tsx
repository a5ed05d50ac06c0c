import { Button, Menu, Modal, Text } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { ChannelName } from '../../shared/ipc/contract';
import {
  EXPORT_FORMATS,
  type ExportedFile,
  type ExportFormat,
} from '../../shared/registry/exportChannels';
import type { ModelSignaturePreview } from '../../shared/registry/modelSigningChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { ErrorPanel } from '../ui/ErrorPanel';
import { usePersonStore } from '../ui/personStore';
import { useCall, type Call } from '../ui/useCall';
import { ExportedDialog } from './ExportedDialog';
import { FORMAT_WORDS, SIGNATURE_WORDS, type FormatWords } from './exportWords';
import { SignModel } from './SignModel';

/** Exports one version into a file, or the signature of its files. */
export function ExportVersionMenu({ version }: { readonly version: ModelVersion }) {
  const call = useCall('registry.exportVersion');
  const signing = useCall('registry.previewModelSignature');
  const [preview, setPreview] = useState<ModelSignaturePreview | null>(null);
  const { id: versionId, snapshot } = version;
  async function startSigning(): Promise<void> {
    const result = await signing.run({ versionId });
    if (result.ok) setPreview(result.value);
  }
  return (
    <>
      <ExportMenu call={call} onExport={(format) => call.run({ versionId, format })}>
        {snapshot.artefacts !== undefined && (
          <MenuEntry words={SIGNATURE_WORDS} onChoose={() => void startSigning()} />
        )}
      </ExportMenu>
      <NotExported call={signing} />
      <SignModel version={version} preview={preview} onClose={() => setPreview(null)} />
    </>
  );
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
  /** Further entries. */
  readonly children?: ReactNode;
}

function ExportMenu({ call, onExport, children }: ExportMenuProps) {
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
            <MenuEntry
              key={format}
              words={FORMAT_WORDS[format]}
              onChoose={() => void start(format)}
            />
          ))}
          {children}
        </Menu.Dropdown>
      </Menu>
      <NotExported call={call} />
      <ExportedDialog
        exported={exported}
        words={exported === null ? null : FORMAT_WORDS[exported.format]}
        onClose={() => setExported(null)}
      />
    </>
  );
}

interface MenuEntryProps {
  readonly words: FormatWords;
  readonly onChoose: () => void;
}

function MenuEntry({ words, onChoose }: MenuEntryProps) {
  return (
    <Menu.Item onClick={onChoose}>
      <Text fw={600}>{words.label}</Text>
      <Text c="dimmed">{words.use}</Text>
    </Menu.Item>
  );
}

function NotExported({ call }: { readonly call: Pick<Call<ChannelName>, 'error' | 'clearError'> }) {
  return (
    <Modal opened={call.error !== null} onClose={call.clearError} title="Not exported" size="lg">
      {call.error !== null && <ErrorPanel error={call.error} />}
    </Modal>
  );
}
