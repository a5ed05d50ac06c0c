import { useLocation } from 'wouter';
import { PURPOSE_WORDS, type PacketHead } from '../../shared/handoff/packet';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { PACKET_LOOKS } from './packetWords';

const COLUMNS: readonly Column<PacketHead>[] = [
  {
    key: 'number',
    header: 'No.',
    align: 'right',
    render: ({ number }) => formatCount(number),
    sortValue: ({ number }) => number,
  },
  {
    key: 'title',
    header: 'Packet',
    render: ({ id, title }) => <TextLink to={`/handoffs/${id}`}>{title}</TextLink>,
    sortValue: ({ title }) => title,
  },
  { key: 'purpose', header: 'Asks to', render: ({ purpose }) => PURPOSE_WORDS[purpose] },
  {
    key: 'state',
    header: 'State',
    render: ({ state }) => <StateBadge {...PACKET_LOOKS[state]} />,
    sortValue: ({ state }) => state,
  },
  {
    key: 'evidence',
    header: 'Evidence',
    align: 'right',
    render: ({ nEvidence }) => formatCount(nEvidence),
    sortValue: ({ nEvidence }) => nEvidence,
  },
  {
    key: 'written',
    header: 'Written',
    render: ({ createdAtUtc }) => <TimeText instant={createdAtUtc} />,
    sortValue: ({ createdAtUtc }) => createdAtUtc,
  },
  {
    key: 'by',
    header: 'By',
    render: ({ createdBy, isByRule }) => (isByRule ? `a rule (${createdBy})` : createdBy),
  },
];

/** Packets of a model, newest first. */
export function PacketTable({ heads }: { readonly heads: readonly PacketHead[] }) {
  const [, navigate] = useLocation();
  return (
    <DataTable
      caption="Hand-off packets"
      columns={COLUMNS}
      rows={heads}
      rowKey={({ id }) => id}
      onActivate={({ id }) => navigate(`/handoffs/${id}`)}
    />
  );
}
