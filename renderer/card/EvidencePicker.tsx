import { Modal, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { EvidenceChoice } from '../../shared/card/evidence';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { useCardStore } from './cardStore';

const COLUMNS: readonly Column<EvidenceChoice>[] = [
  {
    key: 'name',
    header: 'Figure',
    width: '30%',
    render: ({ name }) => name,
    sortValue: ({ name }) => name,
  },
  { key: 'value', header: 'Now', width: '22%', render: ({ found }) => found.value },
  { key: 'source', header: 'Source', render: ({ found }) => found.source },
  {
    key: 'asOf',
    header: 'As of (UTC)',
    width: '170px',
    render: ({ found }) => <TimeText instant={found.asOfUtc} isZoneNamed />,
    sortValue: ({ found }) => found.asOfUtc,
  },
];

interface EvidencePickerProps {
  readonly opened: boolean;
  readonly versionId: string;
  readonly onPick: (choice: EvidenceChoice) => void;
  readonly onClose: () => void;
}

/** The stored figures that a card can point at, to choose one. */
export function EvidencePicker({ opened, versionId, onPick, onClose }: EvidencePickerProps) {
  const choices = useCardStore((state) => state.evidenceByVersion[versionId]);
  const error = useCardStore((state) => state.errors[`evidence:${versionId}`]);
  const getEvidence = useCardStore((state) => state.getEvidence);
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (opened) void getEvidence(versionId);
  }, [opened, getEvidence, versionId]);
  const shown = useMemo(() => {
    const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
    return (choices ?? []).filter(({ name, found }) =>
      words.every((word) => `${name} ${found.source}`.toLowerCase().includes(word)),
    );
  }, [choices, typed]);
  return (
    <Modal opened={opened} onClose={onClose} title="Choose the evidence" size="80rem">
      <Stack gap="sm">
        <Text>
          The card keeps value, date and source of the figure as they are now. When the evidence
          says something else later, the card says so.
        </Text>
        <TextInput
          label="Find"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {error !== undefined && <ErrorPanel error={error} />}
        {choices === undefined && error === undefined && <Waiting />}
        {choices !== undefined && (
          <DataTable
            caption="Stored figures"
            columns={COLUMNS}
            rows={shown}
            rowKey={({ ref }) => JSON.stringify(ref)}
            onActivate={onPick}
            maxHeight="420px"
          />
        )}
      </Stack>
    </Modal>
  );
}
