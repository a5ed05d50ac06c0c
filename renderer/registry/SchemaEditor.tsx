import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { SchemaColumn } from '../../shared/registry/model';
import { formatCount } from '../ui/formatNumber';
import { TableGrid } from '../ui/TableGrid';

export interface SchemaEditorProps {
  readonly schema: readonly SchemaColumn[];
  readonly problem: string | null;
  readonly onChange: (schema: readonly SchemaColumn[]) => void;
}

const DIRECTIONS = [
  { value: 'input', label: 'Input' },
  { value: 'output', label: 'Output' },
] as const;

/** Why a schema cannot be recorded, in words; null when it can. */
export function problemWithSchema(schema: readonly SchemaColumn[]): string | null {
  if (schema.some(({ name }) => name === '')) return 'Give every column a name, or remove it.';
  if (schema.some(({ type }) => type.trim() === '')) return 'Give every column a type.';
  const seen = new Set<string>();
  for (const { name, direction } of schema) {
    const key = `${direction} ${name}`;
    if (seen.has(key)) return `The ${direction} column "${name}" appears twice.`;
    seen.add(key);
  }
  return null;
}

/** What the model takes in and gives out, column by column. */
export function SchemaEditor({ schema, problem, onChange }: SchemaEditorProps) {
  function edit(at: number, change: Partial<SchemaColumn>): void {
    onChange(schema.map((column, i) => (i === at ? { ...column, ...change } : column)));
  }
  const nInputs = schema.filter(({ direction }) => direction === 'input').length;
  return (
    <Stack gap={6}>
      {schema.length > 0 && (
        <>
          <Text c="dimmed" size="xs">
            {formatCount(nInputs)} in, {formatCount(schema.length - nInputs)} out
          </Text>
          <TableGrid
            caption="Columns of the model"
            columnCount={4}
            rowCount={schema.length}
            rowKey={(index) => index}
            maxHeight="340px"
            header={
              <>
                <th scope="col">Column</th>
                <th scope="col" style={{ width: '30%' }}>
                  Type
                </th>
                <th scope="col" style={{ width: 130 }}>
                  Direction
                </th>
                <th scope="col" style={{ width: 50 }}>
                  <span className="assay-hidden">Remove</span>
                </th>
              </>
            }
            renderCells={(index) => (
              <SchemaCells
                column={schema[index] ?? { name: '', type: '', direction: 'input' }}
                index={index}
                onEdit={(change) => edit(index, change)}
                onRemove={() => onChange(schema.filter((_, i) => i !== index))}
              />
            )}
          />
        </>
      )}
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...schema, { name: '', type: 'numeric', direction: 'input' }])}
        >
          Add column
        </Button>
        {problem !== null && (
          <Text size="xs" c="error" role="status">
            {problem}
          </Text>
        )}
      </Group>
    </Stack>
  );
}

interface SchemaCellsProps {
  readonly column: SchemaColumn;
  readonly index: number;
  readonly onEdit: (change: Partial<SchemaColumn>) => void;
  readonly onRemove: () => void;
}

function SchemaCells({ column, index, onEdit, onRemove }: SchemaCellsProps) {
  return (
    <>
      <td>
        <TextInput
          size="xs"
          aria-label={`Name of column ${index + 1}`}
          maxLength={1024}
          value={column.name}
          onChange={(event) => onEdit({ name: event.currentTarget.value })}
        />
      </td>
      <td>
        <TextInput
          size="xs"
          aria-label={`Type of column ${index + 1}`}
          maxLength={120}
          value={column.type}
          onChange={(event) => onEdit({ type: event.currentTarget.value })}
        />
      </td>
      <td>
        <NativeSelect
          size="xs"
          aria-label={`Direction of column ${index + 1}`}
          data={DIRECTIONS}
          value={column.direction}
          onChange={(event) =>
            onEdit({ direction: event.currentTarget.value === 'output' ? 'output' : 'input' })
          }
        />
      </td>
      <td>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Remove column ${column.name === '' ? index + 1 : column.name}`}
          onClick={onRemove}
        >
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      </td>
    </>
  );
}
