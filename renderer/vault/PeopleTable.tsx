import { Text } from '@mantine/core';
import type { PersonDetails } from '../../shared/vault/peopleChannels';
import { DataTable, type Column } from '../ui/DataTable';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { KeyState } from './KeyFingerprint';
import { keyLook, personStateLook, rolesText } from './peopleWords';

const COLUMNS: readonly Column<PersonDetails>[] = [
  {
    key: 'name',
    header: 'Name',
    width: '18%',
    sortValue: ({ printedName }) => printedName,
    render: ({ printedName }) => (
      <Text fw={500} miw={120} style={{ overflowWrap: 'anywhere' }}>
        {printedName}
      </Text>
    ),
  },
  {
    key: 'roles',
    header: 'Roles',
    width: '18%',
    sortValue: ({ roles }) => rolesText(roles),
    render: ({ roles }) => rolesText(roles),
  },
  {
    key: 'state',
    header: 'State',
    width: '12%',
    sortValue: ({ state }) => personStateLook(state).label,
    render: ({ state }) => <StateBadge {...personStateLook(state)} />,
  },
  {
    key: 'key',
    header: 'Signing key',
    hint: 'A key signs records once a second person has confirmed that it is its owner’s',
    width: '23%',
    sortValue: ({ key }) => keyLook(key).label,
    render: ({ key }) => <KeyState signingKey={key} />,
  },
  {
    key: 'accountability',
    header: 'Accountability signed (UTC)',
    sortValue: ({ accountabilitySignedAtUtc }) => accountabilitySignedAtUtc,
    render: ({ accountabilitySignedAtUtc }) => (
      <TimeText instant={accountabilitySignedAtUtc} isZoneNamed />
    ),
  },
  {
    key: 'lastSignIn',
    header: 'Last sign-in (UTC)',
    sortValue: ({ lastSignInAtUtc }) => lastSignInAtUtc,
    render: ({ lastSignInAtUtc }) => <TimeText instant={lastSignInAtUtc} isZoneNamed />,
  },
];

export interface PeopleTableProps {
  readonly people: readonly PersonDetails[];
  readonly onOpen: (person: PersonDetails) => void;
}

/** Everyone who ever had access. */
export function PeopleTable({ people, onOpen }: PeopleTableProps) {
  return (
    <DataTable
      caption="People who have or had access to this workspace"
      columns={COLUMNS}
      rows={people}
      rowKey={({ id }) => id}
      onActivate={onOpen}
    />
  );
}
