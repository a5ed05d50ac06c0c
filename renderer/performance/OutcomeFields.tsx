import { SimpleGrid } from '@mantine/core';
import type { OutcomeColumns } from '../../shared/performance/predictionLog';
import { ColumnSelect } from './ColumnSelect';

interface OutcomeFieldsProps {
  readonly columns: OutcomeColumns;
  readonly names: readonly string[];
  readonly onChange: (columns: OutcomeColumns) => void;
}

/** What the columns of a file with outcomes are. */
export function OutcomeFields({ columns, names, onChange }: OutcomeFieldsProps) {
  return (
    <SimpleGrid cols={3}>
      <ColumnSelect
        label="Identifier"
        isRequired
        names={names}
        value={columns.id}
        onChange={(id) => id !== null && onChange({ ...columns, id })}
      />
      <ColumnSelect
        label="Outcome"
        isRequired
        names={names}
        value={columns.label}
        onChange={(label) => label !== null && onChange({ ...columns, label })}
      />
      <ColumnSelect
        label="When it was known"
        names={names}
        value={columns.time}
        onChange={(time) => onChange({ ...columns, time })}
      />
    </SimpleGrid>
  );
}
