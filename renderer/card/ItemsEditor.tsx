import { Button, Group, Paper, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ItemKind } from './itemParts';

interface ItemsEditorProps<T extends object> {
  /** The field that is edited. */
  readonly label: string;
  readonly kind: ItemKind<T>;
  readonly items: readonly T[];
  readonly onChange: (items: readonly T[]) => void;
  /** What an item has beside its texts. */
  readonly renderMore?: (item: T, onItem: (item: T) => void) => ReactNode;
}

/** A list of items with texts: people, licences, risks. */
export function ItemsEditor<T extends object>(props: ItemsEditorProps<T>) {
  const { label, kind, items, onChange, renderMore } = props;
  const replace = (at: number, item: T): void =>
    onChange(items.map((old, i) => (i === at ? item : old)));
  return (
    <Stack gap="xs">
      {items.map((item, i) => (
        // An item has no identity but its place.
        <Paper key={i} p="sm" bg="var(--assay-surface)" withBorder>
          <Stack gap="xs">
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xs">
              {kind.parts.map(({ key, label: part, isLong = false }) => (
                <PartField
                  key={key}
                  label={part}
                  isLong={isLong}
                  value={String(item[key])}
                  onChange={(text) => replace(i, { ...item, [key]: text })}
                />
              ))}
              {renderMore?.(item, (changed) => replace(i, changed))}
            </SimpleGrid>
            <Group justify="flex-end">
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`Remove ${kind.one} ${i + 1} of ${label}`}
                onClick={() => onChange(items.filter((_one, at) => at !== i))}
              >
                Remove
              </Button>
            </Group>
          </Stack>
        </Paper>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          aria-label={`Add a ${kind.one} to ${label}`}
          onClick={() => onChange([...items, kind.empty])}
        >
          Add a {kind.one}
        </Button>
      </div>
    </Stack>
  );
}

interface PartFieldProps {
  readonly label: string;
  readonly value: string;
  readonly isLong?: boolean;
  readonly onChange: (text: string) => void;
}

export function PartField({ label, value, isLong = false, onChange }: PartFieldProps) {
  if (isLong)
    return (
      <Textarea
        label={label}
        autosize
        minRows={1}
        maxRows={12}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
