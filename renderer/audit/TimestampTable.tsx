import { Text } from '@mantine/core';
import type { Timestamp } from '../../shared/audit/timestampChannels';
import { DataTable, type Column } from '../ui/DataTable';
import { formatNoun } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';

const COLUMNS: readonly Column<Timestamp>[] = [
  {
    key: 'checkpoint',
    header: 'Checkpoint',
    width: '150px',
    render: ({ logSize }) => `at ${formatNoun(logSize, 'event')}`,
    sortValue: ({ logSize }) => logSize,
  },
  {
    key: 'sha256',
    header: 'SHA-256',
    width: '170px',
    render: ({ checkpointSha256 }) => <HashText hash={checkpointSha256} of="checkpoint" />,
  },
  {
    key: 'requested',
    header: 'Requested',
    width: '190px',
    render: ({ requestedAtUtc }) => <TimeText instant={requestedAtUtc} />,
    sortValue: ({ requestedAtUtc }) => requestedAtUtc,
  },
  {
    key: 'state',
    header: 'State',
    width: '130px',
    render: ({ stamp }) =>
      stamp === null ? (
        <StateBadge state="watch" label="Pending" title="The response is not imported yet" />
      ) : (
        <StateBadge state="ok" label="Stamped" title={`Serial number ${stamp.serialHex}`} />
      ),
    sortValue: ({ stamp }) => (stamp === null ? 0 : 1),
  },
  {
    key: 'stamped',
    header: 'Stamped at',
    width: '190px',
    hint: 'The time that the authority states',
    render: ({ stamp }) => <TimeText instant={stamp?.stampedAtUtc ?? null} />,
    sortValue: ({ stamp }) => stamp?.stampedAtUtc ?? null,
  },
  {
    key: 'authority',
    header: 'By authority',
    hint: 'The name in the certificate that signed the stamp; who issued it is for the reader to check',
    render: ({ stamp }) => (
      <Text lineClamp={1} title={stamp?.authority}>
        {stamp?.authority}
      </Text>
    ),
    sortValue: ({ stamp }) => stamp?.authority ?? null,
  },
];

/** Checkpoints that an authority was asked to stamp, newest first. */
export function TimestampTable({ timestamps }: { readonly timestamps: readonly Timestamp[] }) {
  return (
    <DataTable
      caption="Timestamps of the log, newest first"
      columns={COLUMNS}
      rows={timestamps}
      rowKey={({ id }) => id}
      maxHeight="320px"
    />
  );
}
