import { Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import type { ColumnSpec } from '../../shared/drift/column';
import { chunkChoiceOf, chunkSentence, FILE_ORDER, orderOf, type ChunkDraft } from './chunkDraft';

interface ChunkFieldsProps {
  readonly draft: ChunkDraft;
  readonly columns: readonly ColumnSpec[];
  readonly nRows: number;
  readonly onChange: (part: Partial<ChunkDraft>) => void;
}

/** How the reference is cut to measure how much it differs within itself. */
export function ChunkFields({ draft, columns, nRows, onChange }: ChunkFieldsProps) {
  const dates = columns.filter(({ kind }) => kind === 'datetime');
  return (
    <Stack gap={4} component="section" aria-label="Variability of the reference">
      <Text fw={600}>Variability of the reference</Text>
      <Group align="flex-end" gap="md">
        <NumberInput
          label="Rows per chunk"
          placeholder="a tenth of the rows"
          description="As many as a live batch has."
          w={220}
          min={1}
          step={100}
          value={draft.rowsPerChunk}
          onChange={(rowsPerChunk) => onChange({ rowsPerChunk })}
        />
        <Select
          label="In the order of"
          description="Chunks follow each other in it."
          w={260}
          allowDeselect={false}
          value={orderOf(draft, columns)}
          data={[
            { value: FILE_ORDER, label: 'the rows of the file' },
            ...dates.map(({ name }) => ({ value: `column:${name}`, label: name })),
          ]}
          onChange={(order) => onChange({ order })}
        />
        <Text c="dimmed" maw="56ch" role="status">
          {chunkSentence(chunkChoiceOf(draft, columns, nRows), nRows)}
        </Text>
      </Group>
    </Stack>
  );
}
