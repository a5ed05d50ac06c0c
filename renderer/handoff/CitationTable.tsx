import { Text } from '@mantine/core';
import type { HandoffPacket } from '../../shared/handoff/packet';
import { DataTable, type Column } from '../ui/DataTable';
import { HashText } from '../ui/HashText';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { evidencePath } from './packetWords';

type Citation = HandoffPacket['citations'][number];

const COLUMNS: readonly Column<Citation>[] = [
  {
    key: 'title',
    header: 'Record',
    render: ({ evidence, title }) => {
      const path = evidencePath(evidence);
      return path === null ? title : <TextLink to={path}>{title}</TextLink>;
    },
  },
  { key: 'at', header: 'When', render: ({ atUtc }) => <TimeText instant={atUtc} /> },
  {
    key: 'digest',
    header: 'Digest',
    hint: 'SHA-256 of the record’s canonical JSON when it was cited',
    render: ({ sha256, title }) => <HashText hash={sha256} of={title} />,
  },
  {
    key: 'state',
    header: 'Since then',
    render: ({ isUnchanged }) =>
      isUnchanged ? (
        <StateBadge state="ok" label="Unchanged" />
      ) : (
        <StateBadge state="watch" label="Changed since" />
      ),
  },
];

/** The records that a packet rests on, and whether each is still what was cited. */
export function CitationTable({ citations }: { readonly citations: readonly Citation[] }) {
  if (citations.length === 0)
    return <Text>No record is cited. Change the packet to cite what the decision rests on.</Text>;
  return (
    <DataTable
      caption="Evidence"
      columns={COLUMNS}
      rows={citations}
      rowKey={({ sha256 }) => sha256}
    />
  );
}
