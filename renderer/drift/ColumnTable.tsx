import { Group, Menu, NativeSelect, Stack, Text, TextInput, Button } from '@mantine/core';
import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import {
  COLUMN_KINDS,
  COLUMN_ROLES,
  type ColumnSpec,
  type InspectedColumn,
} from '../../shared/drift/column';
import { formatCount } from '../ui/formatNumber';
import { TableGrid } from '../ui/TableGrid';
import {
  chooseForAll,
  chosenColumns,
  isAssessedRole,
  KIND_WORDS,
  ROLE_WORDS,
  type ColumnChoices,
} from './columnChoice';

export interface ColumnTableProps {
  readonly columns: readonly InspectedColumn[];
  readonly choices: ColumnChoices;
  readonly onChange: (choices: ColumnChoices) => void;
}

type Change = Partial<Pick<ColumnSpec, 'kind' | 'role'>>;

const ROLE_DATA = COLUMN_ROLES.map((value) => ({ value, label: ROLE_WORDS[value] }));
const KIND_DATA = COLUMN_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }));

/** What each column is taken for, why, and the ways to correct it, one by one or many at once. */
export function ColumnTable({ columns, choices, onChange }: ColumnTableProps) {
  const [text, setText] = useState('');
  const specs = useMemo(() => chosenColumns(columns, choices), [columns, choices]);
  const shown = useMemo(() => {
    const wanted = text.trim().toLocaleLowerCase();
    return columns.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  }, [columns, text]);
  const specByName = useMemo(() => new Map(specs.map((spec) => [spec.name, spec])), [specs]);

  function setForShown(change: Change): void {
    onChange(chooseForAll(columns, choices, new Set(shown.map(({ name }) => name)), change));
  }

  return (
    <Stack gap="xs">
      <Group gap="sm">
        <TextInput
          aria-label="Search columns"
          placeholder="Search columns"
          leftSection={<IconSearch size={16} aria-hidden />}
          w={260}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <BulkMenu nShown={shown.length} onChoose={setForShown} />
      </Group>
      {shown.length === 0 ? (
        <Text role="status">No column matches “{text.trim()}”.</Text>
      ) : (
        <TableGrid
          caption="Columns of the file, with what Assay takes each for"
          columnCount={5}
          rowCount={shown.length}
          rowKey={(index) => shown[index]?.name ?? index}
          maxHeight="48vh"
          header={<ColumnHeader />}
          renderCells={(index) => {
            const column = shown[index];
            if (column === undefined) return null;
            return (
              <ColumnCells
                column={column}
                spec={specByName.get(column.name) ?? column}
                onChoose={(change) =>
                  onChange(chooseForAll(columns, choices, new Set([column.name]), change))
                }
              />
            );
          }}
        />
      )}
    </Stack>
  );
}

function ColumnHeader() {
  return (
    <>
      <th scope="col" style={{ width: '22%' }}>
        Column
      </th>
      <th scope="col" style={{ width: 172 }}>
        Use as
      </th>
      <th scope="col" style={{ width: 142 }}>
        Read as
      </th>
      <th scope="col" style={{ width: 190 }}>
        In the file
      </th>
      <th scope="col">Why</th>
    </>
  );
}

interface ColumnCellsProps {
  readonly column: InspectedColumn;
  readonly spec: ColumnSpec;
  readonly onChoose: (change: Change) => void;
}

function ColumnCells({ column, spec, onChoose }: ColumnCellsProps) {
  const { name, reason, fileType, nMissing, nDistinct, isDistinctCapped } = column;
  const isChanged = spec.kind !== column.kind || spec.role !== column.role;
  return (
    <>
      <td>
        <Text
          fw={600}
          lineClamp={1}
          title={name}
          c={isAssessedRole(spec.role) ? undefined : 'dimmed'}
          style={{ wordBreak: 'break-all' }}
        >
          {name}
        </Text>
      </td>
      <td>
        <NativeSelect
          size="xs"
          aria-label={`Use ${name} as`}
          data={ROLE_DATA}
          value={spec.role}
          onChange={({ currentTarget: { value } }) =>
            onChoose({ role: COLUMN_ROLES.find((role) => role === value) ?? spec.role })
          }
        />
      </td>
      <td>
        <NativeSelect
          size="xs"
          aria-label={`Read ${name} as`}
          data={KIND_DATA}
          value={spec.kind}
          disabled={!isAssessedRole(spec.role)}
          onChange={({ currentTarget: { value } }) =>
            onChoose({ kind: COLUMN_KINDS.find((kind) => kind === value) ?? spec.kind })
          }
        />
      </td>
      <td>
        <Text size="xs" c="dimmed" lineClamp={2} className="assay-figures">
          {fileType}
          <br />
          {isDistinctCapped ? '≥ ' : ''}
          {formatCount(nDistinct)} distinct
          {nMissing > 0 ? `, ${formatCount(nMissing)} missing` : ''}
        </Text>
      </td>
      <td>
        <Text size="xs" lineClamp={2} title={reason}>
          {isChanged ? 'Chosen by you.' : reason}
        </Text>
      </td>
    </>
  );
}

interface BulkMenuProps {
  readonly nShown: number;
  readonly onChoose: (change: Change) => void;
}

function BulkMenu({ nShown, onChoose }: BulkMenuProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          disabled={nShown === 0}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Set all {formatCount(nShown)} shown to
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Use as</Menu.Label>
        {ROLE_DATA.map(({ value, label }) => (
          <Menu.Item key={value} onClick={() => onChoose({ role: value })}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Label>Read as</Menu.Label>
        {KIND_DATA.map(({ value, label }) => (
          <Menu.Item key={value} onClick={() => onChoose({ kind: value })}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
