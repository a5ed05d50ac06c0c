import { Stack, Text, Title } from '@mantine/core';
import type { BrokenPart } from '../../shared/registry/importChannels';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount } from '../ui/formatNumber';

const COLUMNS: readonly Column<BrokenPart & { readonly key: string }>[] = [
  {
    key: 'file',
    header: 'Where',
    width: '44%',
    render: ({ file }) => (
      <Text
        size="xs"
        ff="monospace"
        lineClamp={2}
        title={file}
        style={{ overflowWrap: 'anywhere' }}
      >
        {file}
      </Text>
    ),
    sortValue: ({ file }) => file,
  },
  {
    key: 'problem',
    header: 'What is wrong',
    render: ({ problem }) => (
      <Text lineClamp={2} title={problem}>
        {problem}
      </Text>
    ),
    sortValue: ({ problem }) => problem,
  },
];

interface BrokenPartsProps {
  readonly title: string;
  readonly parts: readonly BrokenPart[];
  /** All of them, where only the first are listed. */
  readonly nParts: number;
}

/** What could not be taken over as it is, by place. */
export function BrokenParts({ title, parts, nParts }: BrokenPartsProps) {
  if (parts.length === 0) return null;
  const rows = parts.map((part, i) => ({ ...part, key: String(i) }));
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>{title}</Title>
      <DataTable
        caption={title}
        columns={COLUMNS}
        rows={rows}
        rowKey={({ key }) => key}
        maxHeight="min(34vh, 420px)"
      />
      {nParts > parts.length && (
        <Text c="dimmed">
          The first {formatCount(parts.length)} of {formatCount(nParts)} are listed.
        </Text>
      )}
    </Stack>
  );
}
