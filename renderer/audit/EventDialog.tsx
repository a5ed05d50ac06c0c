import { Modal, Stack, Table, Text } from '@mantine/core';
import type { AuditEvent } from '../../shared/audit/auditEvent';
import { formatCount, NO_VALUE } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { actionWords, fieldChanges, fieldWords, type FieldChange } from './eventWords';

interface EventDialogProps {
  readonly event: AuditEvent | null;
  readonly onClose: () => void;
}

/** One event with every field that it put on record. */
export function EventDialog({ event, onClose }: EventDialogProps) {
  return (
    <Modal
      opened={event !== null}
      onClose={onClose}
      size="xl"
      title={event === null ? '' : `Event ${formatCount(event.seq)}: ${actionWords(event.action)}`}
    >
      {event !== null && <EventFacts event={event} />}
    </Modal>
  );
}

function EventFacts({ event }: { readonly event: AuditEvent }) {
  const changes = fieldChanges(event);
  return (
    <Stack gap="md">
      <KeyValue
        items={[
          { label: 'Time', value: <EventTime event={event} /> },
          { label: 'Person', value: `${event.actorName} (${event.actorRoles.join(', ')})` },
          { label: 'Action', value: event.action },
          { label: 'Subject', value: event.subject },
          { label: 'Reason', value: event.reason ?? NO_VALUE },
          {
            label: 'Hash of this event',
            value: <HashText hash={event.leafHash} of="event" digits={24} />,
          },
          {
            label: 'Hash of the one before',
            value: <HashText hash={event.prev} of="event before" digits={24} />,
          },
          { label: 'Signed with key', value: <HashText hash={event.keyId} of="key" digits={24} /> },
        ]}
      />
      {changes.length === 0 ? (
        <Text c="dimmed">This event changed no field.</Text>
      ) : (
        <ChangeTable changes={changes} />
      )}
    </Stack>
  );
}

function ChangeTable({ changes }: { readonly changes: readonly FieldChange[] }) {
  const hasOld = changes.some(({ before }) => before !== null);
  return (
    <Table withTableBorder verticalSpacing={6} layout="fixed" aria-label="Old and new values">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={180}>Field</Table.Th>
          {hasOld && <Table.Th>Old</Table.Th>}
          <Table.Th>{hasOld ? 'New' : 'Recorded'}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody style={{ overflowWrap: 'anywhere' }} className="assay-figures">
        {changes.map(({ field, before, after }) => (
          <Table.Tr key={field}>
            <Table.Td title={field}>{fieldWords(field)}</Table.Td>
            {hasOld && <Table.Td>{before ?? NO_VALUE}</Table.Td>}
            <Table.Td>{after ?? NO_VALUE}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function EventTime({ event }: { readonly event: AuditEvent }) {
  return (
    <>
      <TimeText instant={event.atUtc} />{' '}
      {event.isClockAnomaly && (
        <StateBadge state="watch" label="The clock was set back before this event" />
      )}
    </>
  );
}
