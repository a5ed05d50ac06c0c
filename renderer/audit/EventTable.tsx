import { Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { AuditEvent } from '../../shared/audit/auditEvent';
import { formatCount } from '../ui/formatNumber';
import { TableGrid } from '../ui/TableGrid';
import { stateColours } from '../ui/theme';
import { TimeText } from '../ui/TimeText';
import { eventAt, useAuditStore } from './auditStore';
import { actionWords, changeLine } from './eventWords';

const COLUMNS = [
  { header: 'No.', width: '80px' },
  { header: 'Time (UTC)', width: '184px' },
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

function ClockMark() {
  const label = 'The clock was set back before this event';
  return (
    <IconClockExclamation
      size={15}
      role="img"
      aria-label={label}
      color={stateColours('watch').text}
      style={{ verticalAlign: 'text-bottom' }}
    >
      <title>{label}</title>
    </IconClockExclamation>
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
        <TimeText instant={event.atUtc} isZoneNamed /> {event.isClockAnomaly && <ClockMark />}
      </td>
      <td title={event.actorName}>{event.actorName}</td>
      <td title={event.action}>{actionWords(event.action)}</td>
      <td title={event.subject}>{event.subject.slice(0, 8)}</td>
      <td title={change}>{change}</td>
      <td title={event.reason ?? ''}>{event.reason}</td>
    </>
  );
}
