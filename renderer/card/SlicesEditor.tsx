import {
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { SliceTable } from '../../shared/card/cardContent';
import { PartField } from './ItemsEditor';
import { SliceShares } from './SliceShares';

interface SlicesEditorProps {
  readonly tables: readonly SliceTable[];
  readonly onChange: (tables: readonly SliceTable[]) => void;
}

/** Counts per group as they are typed, with the shares that follow from them. */
export function SlicesEditor({ tables, onChange }: SlicesEditorProps) {
  return (
    <Stack gap="xs">
      {tables.map((table) => (
        <TableFields
          key={table.id}
          table={table}
          onChange={(changed) =>
            onChange(tables.map((old) => (old.id === changed.id ? changed : old)))
          }
          onRemove={() => onChange(tables.filter(({ id }) => id !== table.id))}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() =>
            onChange([
              ...tables,
              {
                id: crypto.randomUUID(),
                metric: '',
                attribute: '',
                referenceGroup: '',
                source: '',
                groups: [],
              },
            ])
          }
        >
          Add a table of groups
        </Button>
      </div>
    </Stack>
  );
}

interface TableFieldsProps {
  readonly table: SliceTable;
  readonly onChange: (table: SliceTable) => void;
  readonly onRemove: () => void;
}

function TableFields({ table, onChange, onRemove }: TableFieldsProps) {
  const set = (part: Partial<SliceTable>): void => onChange({ ...table, ...part });
  const names = [...new Set(table.groups.map(({ group }) => group))].filter((name) => name !== '');
  return (
    <Paper p="sm" bg="var(--assay-surface)" withBorder>
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 2, md: 4 }} spacing="xs">
          <PartField label="Share of" value={table.metric} onChange={(metric) => set({ metric })} />
          <PartField
            label="Grouped by"
            value={table.attribute}
            onChange={(attribute) => set({ attribute })}
          />
          <Select
            label="Compared with"
            placeholder="Choose a group"
            data={names}
            value={names.includes(table.referenceGroup) ? table.referenceGroup : null}
            onChange={(value) => set({ referenceGroup: value ?? '' })}
          />
          <PartField
            label="Where the counts come from"
            value={table.source}
            onChange={(source) => set({ source })}
          />
        </SimpleGrid>
        <GroupRows table={table} onChange={onChange} />
        {table.groups.length > 0 && <SliceShares table={table} />}
        <Group justify="flex-end">
          <Button variant="subtle" size="compact-sm" onClick={onRemove}>
            Remove this table
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function GroupRows({ table, onChange }: Omit<TableFieldsProps, 'onRemove'>) {
  const { groups } = table;
  const replace = (at: number, part: Partial<SliceTable['groups'][number]>): void => {
    const next = groups.map((old, i) => (i === at ? { ...old, ...part } : old));
    // More cases than rows cannot be: the rows follow.
    onChange({ ...table, groups: next.map((g) => ({ ...g, n: Math.max(g.n, g.count) })) });
  };
  return (
    <Stack gap={6}>
      {groups.map(({ group, count, n }, i) => (
        // A row has no identity but its place.
        <Group key={i} gap="xs" align="flex-end">
          <TextInput
            label="Group"
            value={group}
            onChange={(event) => replace(i, { group: event.currentTarget.value })}
          />
          <NumberInput
            label="Cases"
            w={110}
            min={0}
            allowDecimal={false}
            value={count}
            onChange={(value) => replace(i, { count: wholeNumber(value) })}
          />
          <NumberInput
            label="Of rows"
            w={110}
            min={0}
            allowDecimal={false}
            value={n}
            onChange={(value) => replace(i, { n: wholeNumber(value) })}
          />
          <Button
            variant="subtle"
            size="compact-sm"
            mb={4}
            aria-label={`Remove group ${group === '' ? i + 1 : group}`}
            onClick={() => onChange({ ...table, groups: groups.filter((_one, at) => at !== i) })}
          >
            Remove
          </Button>
        </Group>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => onChange({ ...table, groups: [...groups, { group: '', count: 0, n: 0 }] })}
        >
          Add a group
        </Button>
      </div>
    </Stack>
  );
}

function wholeNumber(value: number | string): number {
  const number = Math.trunc(Number(value));
  return Number.isSafeInteger(number) && number >= 0 ? number : 0;
}
