import { Button, Group, Select, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Card, CardRevisionHead } from '../../shared/card/channels';
import { compareCards, type CardChange } from '../../shared/card/compareCards';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatUtc } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { useCall } from '../ui/useCall';
import { Waiting } from '../ui/Waiting';
import { CardDifferences } from './CardDifferences';
import { useCardStore } from './cardStore';

const COLUMNS: readonly Column<CardRevisionHead>[] = [
  {
    key: 'revision',
    header: 'Revision',
    width: '110px',
    render: ({ revision }) => revision,
    sortValue: ({ revision }) => revision,
  },
  { key: 'by', header: 'Saved by', render: ({ savedBy }) => savedBy },
  {
    key: 'at',
    header: 'Saved at (UTC)',
    render: ({ savedAtUtc }) => <TimeText instant={savedAtUtc} isZoneNamed />,
  },
  {
    key: 'approval',
    header: 'Approval',
    render: ({ approval }) =>
      approval === null ? (
        ''
      ) : (
        <Group gap="xs">
          <StateBadge state="ok" label="Approved" />
          {approval.approvedBy}, <TimeText instant={approval.approvedAtUtc} />
        </Group>
      ),
  },
];

/** Every revision of a card, and what two of them say differently. */
export function RevisionsPanel({ card }: { readonly card: Card }) {
  const { versionId } = card;
  const revisions = useCardStore((state) => state.revisionsByVersion[versionId]);
  const getRevisions = useCardStore((state) => state.getRevisions);
  const newest = card.head?.revision ?? 0;
  useEffect(() => void getRevisions(versionId), [getRevisions, versionId, newest]);
  if (revisions === undefined) return <Waiting />;
  return (
    <Stack gap="md">
      {revisions.length > 1 && <CompareRevisions key={newest} card={card} revisions={revisions} />}
      <DataTable
        caption="Revisions"
        columns={COLUMNS}
        rows={revisions}
        rowKey={({ id }) => id}
        maxHeight="420px"
      />
    </Stack>
  );
}

interface CompareRevisionsProps {
  readonly card: Card;
  readonly revisions: readonly CardRevisionHead[];
}

function CompareRevisions({ card, revisions }: CompareRevisionsProps) {
  const { run, error, isRunning } = useCall('card.getRevision');
  const approved = card.approved?.id ?? null;
  const [beforeId, setBeforeId] = useState(
    approved !== null && approved !== revisions[0]?.id ? approved : (revisions[1]?.id ?? ''),
  );
  const [afterId, setAfterId] = useState(revisions[0]?.id ?? '');
  const [changes, setChanges] = useState<readonly CardChange[] | null>(null);
  const options = revisions.map(({ id, revision, savedBy, savedAtUtc, approval }) => ({
    value: id,
    label: `Revision ${revision}${approval === null ? '' : ', approved'}: ${savedBy}, ${formatUtc(savedAtUtc)}`,
  }));
  async function compare(): Promise<void> {
    const before = await run({ revisionId: beforeId });
    if (!before.ok) return;
    const after = await run({ revisionId: afterId });
    if (after.ok) setChanges(compareCards(before.value.content, after.value.content));
  }
  function choose(set: (id: string) => void): (value: string | null) => void {
    return (value) => {
      setChanges(null);
      set(value ?? '');
    };
  }
  const select = { w: 380, allowDeselect: false, data: options };
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <Select {...select} label="From" value={beforeId} onChange={choose(setBeforeId)} />
        <Select {...select} label="To" value={afterId} onChange={choose(setAfterId)} />
        <Button variant="default" loading={isRunning} onClick={() => void compare()}>
          Compare
        </Button>
      </Group>
      {error !== null && <ErrorPanel error={error} />}
      {changes !== null && (
        <CardDifferences
          changes={changes}
          same="These two revisions say the same."
          sides={['Before', 'After']}
        />
      )}
    </Stack>
  );
}
