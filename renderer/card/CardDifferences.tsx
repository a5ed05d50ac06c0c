import { Stack, Text } from '@mantine/core';
import type { CardChange } from '../../shared/card/compareCards';
import { DataTable, type Column } from '../ui/DataTable';
import { formatNoun } from '../ui/formatNumber';

interface CardDifferencesProps {
  readonly changes: readonly CardChange[];
  /** What is said where there is none. */
  readonly same: string;
  /** Names of the two sides. */
  readonly sides: readonly [string, string];
}

/** What two cards say differently, field by field. */
export function CardDifferences({ changes, same, sides }: CardDifferencesProps) {
  if (changes.length === 0) return <Text fw={600}>{same}</Text>;
  const nFields = new Set(changes.map(({ field }) => field)).size;
  return (
    <Stack gap="xs">
      <Text fw={600}>
        {formatNoun(changes.length, 'difference')} in {formatNoun(nFields, 'field')}.
      </Text>
      <DataTable
        caption="Differences"
        columns={columnsFor(sides)}
        rows={changes.map((change, at) => ({ ...change, at }))}
        rowKey={({ at }) => String(at)}
      />
    </Stack>
  );
}

function columnsFor([before, after]: readonly [string, string]): readonly Column<
  CardChange & { readonly at: number }
>[] {
  return [
    { key: 'field', header: 'Field', width: '180px', render: ({ label }) => label },
    { key: 'before', header: before, render: (change) => change.before ?? 'not said' },
    { key: 'after', header: after, render: (change) => change.after ?? 'not said' },
  ];
}
