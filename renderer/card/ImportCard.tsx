import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { CARD_FIELDS, isFilled } from '../../shared/card/cardFields';
import type { Card } from '../../shared/card/channels';
import { compareCards, type CardChange } from '../../shared/card/compareCards';
import type { OutputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatNoun } from '../ui/formatNumber';
import { useCall } from '../ui/useCall';
import { useCardStore } from './cardStore';
import { originWords } from './formatWords';

type StagedCard = OutputOf<Contract['card.inspectImport']>;

/** Takes a card from a file of another system, after showing what it says. */
export function ImportCard({ card }: { readonly card: Card }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        Import…
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title="Import a model card"
        size="80rem"
      >
        {isOpen && <ImportForm card={card} onClose={() => setIsOpen(false)} />}
      </Modal>
    </>
  );
}

interface ImportFormProps {
  readonly card: Card;
  readonly onClose: () => void;
}

function ImportForm({ card, onClose }: ImportFormProps) {
  const { run, isRunning, error } = useCall('card.inspectImport');
  const importCard = useCardStore((state) => state.importCard);
  const [staged, setStaged] = useState<StagedCard | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  async function inspect(token: string | null): Promise<void> {
    const result = await run({ source: { token } });
    setStaged(result.ok ? result.value : null);
  }
  async function save(stageId: string): Promise<void> {
    const failed = await importCard(card.versionId, stageId);
    setFailure(failed);
    if (failed === null) onClose();
  }
  const shown = failure ?? error;
  return (
    <Stack>
      <FileDrop
        label="Drop a model card here"
        accept="Google Model Card Toolkit (JSON), Hugging Face README.md, CycloneDX (JSON), Assay JSON"
        onToken={(token) => void inspect(token)}
        onBrowse={() => void inspect(null)}
        isBusy={isRunning}
      />
      {shown !== null && <ErrorPanel error={shown} />}
      {staged !== null && (
        <>
          <Text fw={600}>
            {originWords(staged.format)}: {staged.file.fileName} says something in{' '}
            {formatNoun(nFilled(staged), 'field')}.
          </Text>
          <ChangeTable card={card} staged={staged} />
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={staged === null}
          onClick={() => {
            if (staged !== null) void save(staged.stageId);
          }}
        >
          Save as a new revision
        </Button>
      </Group>
    </Stack>
  );
}

const COLUMNS: readonly Column<CardChange & { readonly at: number }>[] = [
  { key: 'field', header: 'Field', width: '180px', render: ({ label }) => label },
  { key: 'before', header: 'Card now', render: ({ before }) => before ?? 'not said' },
  { key: 'after', header: 'File', render: ({ after }) => after ?? 'not in the file: taken out' },
];

/** What the import would change: fields that the file says nothing in stay as they are. */
function ChangeTable({ card, staged }: { readonly card: Card; readonly staged: StagedCard }) {
  const changes = compareCards(card.content, staged.content).filter(({ field }) =>
    isFilled(staged.content, field),
  );
  if (changes.length === 0) return <Text>The card says the same already.</Text>;
  return (
    <DataTable
      caption="What the import changes"
      columns={COLUMNS}
      rows={changes.map((change, at) => ({ ...change, at }))}
      rowKey={({ at }) => String(at)}
      maxHeight="360px"
    />
  );
}

function nFilled({ content }: StagedCard): number {
  return CARD_FIELDS.filter(({ key }) => isFilled(content, key)).length;
}
