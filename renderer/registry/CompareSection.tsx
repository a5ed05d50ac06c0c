import { Accordion, Text } from '@mantine/core';
import type { Change, ChangeCounts } from '../../shared/registry/versionComparison';
import { DataTable, type Column } from '../ui/DataTable';
import { ChangeMark } from './ChangeMark';
import { countWords } from './compareWords';

interface CompareSectionProps<Row> {
  /** One word; parts of the page are named after it. */
  readonly part: string;
  readonly title: string;
  readonly counts: ChangeCounts;
  readonly columns: readonly Column<Row>[];
  /** All that were compared. */
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly onlyDifferences: boolean;
  /** What the table leaves out, where it does. */
  readonly note?: string | undefined;
}

/** One part of a comparison, which can be folded away. */
export function CompareSection<Row extends { readonly change: Change }>(
  props: CompareSectionProps<Row>,
) {
  const { part, title, counts, rows, onlyDifferences } = props;
  const shown = onlyDifferences ? rows.filter(({ change }) => change !== 'same') : rows;
  return (
    <Accordion.Item value={part}>
      <Accordion.Control>
        <Text span fw={600}>
          {title}
        </Text>
        <Text span c="dimmed" ml="sm">
          {countWords(counts)}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        {shown.length === 0 ? (
          <Text c="dimmed">{rows.length === 0 ? 'None on either side.' : 'No difference.'}</Text>
        ) : (
          <DataTable
            caption={title}
            columns={[...props.columns, CHANGE_COLUMN]}
            rows={shown}
            rowKey={props.rowKey}
          />
        )}
        {props.note !== undefined && (
          <Text c="dimmed" mt="xs">
            {props.note}
          </Text>
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}

const CHANGE_COLUMN: Column<{ readonly change: Change }> = {
  key: 'change',
  header: 'Change',
  width: '120px',
  render: ({ change }) => <ChangeMark change={change} />,
  sortValue: ({ change }) => change,
};
