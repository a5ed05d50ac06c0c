import { Paper, Stack, Table, Text, Title } from '@mantine/core';
import type { LetterContent } from '../../shared/explanation/letter';
import { letterText, type LetterSection } from '../../shared/explanation/letterText';
import { Sentence } from '../ui/Sentence';

interface LetterViewProps {
  readonly content: LetterContent;
  readonly isRedacted: boolean;
}

/** A letter as the person will read it. */
export function LetterView({ content, isRedacted }: LetterViewProps) {
  return (
    <Paper component="article" aria-label="Letter" p="xl" bg="var(--assay-surface)">
      <Stack gap="md" maw="86ch">
        {letterText(content, isRedacted).map((section) => (
          <Part key={section.title} section={section} />
        ))}
      </Stack>
    </Paper>
  );
}

function Part({ section }: { readonly section: LetterSection }) {
  const { title, paragraphs, table } = section;
  return (
    <Stack gap={6}>
      <Title order={3}>{title}</Title>
      {paragraphs.map((text) => (
        <Text key={text} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
          <Sentence text={text} />
        </Text>
      ))}
      {table !== undefined && (
        <Table withTableBorder withColumnBorders className="assay-figures">
          <Table.Thead>
            <Table.Tr>
              {table.header.map((name) => (
                <Table.Th key={name} scope="col">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.rows.map((row) => (
              <Table.Tr key={row[0]}>
                {row.map((cell, i) => (
                  <Table.Td key={table.header[i]}>{cell}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
