import { Text } from '@mantine/core';
import { useCallback } from 'react';
import type { AuditEvent } from '../../shared/audit/auditEvent';
import { formatCount } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { TableGrid } from '../ui/TableGrid';
import { TimeText } from '../ui/TimeText';
import { eventAt, useAuditStore } from './auditStore';
import { actionWords, changeLine } from './eventWords';

const COLUMNS = [
  { header: 'No.', width: '80px' },
  { header: 'Time (UTC)', width: '170px' },
  { header: 'Person', width: '108px' },
  { header: 'Action', width: '190px' },
  { header: 'Subject', width: '96px' },
  { header: 'Old → new', width: undefined },
  { header: 'Reason', width: '18%' },
] as const;

interface EventTableProps {
  readonly nTotal: number;
  readonly onShow: (event: AuditEvent) => void;
}

/** The list of events; rows that are not in view are neither drawn nor fetched. */
export function EventTable({ nTotal, onShow }: EventTableProps) {
  const pages = useAuditStore((state) => state.pages);
  const bring = useAuditStore((state) => state.bring);
  const onVisible = useCallback((first: number, last: number) => bring(first, last), [bring]);
  return (
    <TableGrid
      caption="Audit events, newest first"
      columnCount={COLUMNS.length}
      rowCount={nTotal}
      rowKey={(index) => index}
      onVisible={onVisible}
      isFixed
      maxHeight="calc(100vh - 250px)"
      onActivate={(index) => {
        const event = eventAt(pages, index);
        if (event !== null) onShow(event);
      }}
      header={COLUMNS.map(({ header, width }) => (
        <th key={header} scope="col" style={{ width }}>
          {header}
        </th>
      ))}
      renderCells={(index) => <EventCells event={eventAt(pages, index)} />}
    />
  );
}

function EventCells({ event }: { readonly event: AuditEvent | null }) {
  if (event === null) {
    return (
      <td colSpan={COLUMNS.length}>
        <Text c="dimmed">…</Text>
      </td>
    );
  }
  const change = changeLine(event);
  return (
    <>
      <td>{formatCount(event.seq)}</td>
      <td>
        <TimeText instant={event.atUtc} isZoneNamed />{' '}
        {event.isClockAnomaly && <StateBadge state="watch" label="Clock set back" />}
      </td>
      <td title={event.actorName}>{event.actorName}</td>
      <td title={event.action}>{actionWords(event.action)}</td>
      <td title={event.subject}>{event.subject.slice(0, 8)}</td>
      <td title={change}>{change}</td>
      <td title={event.reason ?? ''}>{event.reason}</td>
    </>
  );
}
