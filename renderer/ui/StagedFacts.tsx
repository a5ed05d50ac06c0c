import { Group, Stack, Text } from '@mantine/core';
import type { StagedTable } from '../../shared/drift/channels';
import { formatBytes, formatNoun } from './formatNumber';
import { HashText } from './HashText';
import { StateBadge } from './StateBadge';

/** A file that was looked at: how large, which bytes, what the reader had to say. */
export function StagedFacts({ staged }: { readonly staged: StagedTable }) {
  return (
    <Stack gap={4}>
      <Group gap="xs" wrap="nowrap">
        <Text fw={600} truncate title={staged.file.fileName}>
          {staged.file.fileName}
        </Text>
        <Text c="dimmed" className="assay-figures" style={{ flexShrink: 0 }}>
          {formatNoun(staged.nRows, 'row')} · {formatNoun(staged.columns.length, 'column')} ·{' '}
          {formatBytes(staged.file.sizeBytes)} · SHA-256
        </Text>
        <HashText hash={staged.file.sha256} of={staged.file.fileName} />
      </Group>
      {staged.warnings.map((warning) => (
        <Group key={warning} gap="xs" wrap="nowrap" align="flex-start">
          <StateBadge state="watch" label="Note" />
          <Text style={{ overflowWrap: 'anywhere' }}>{warning}</Text>
        </Group>
      ))}
    </Stack>
  );
}
