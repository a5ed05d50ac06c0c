import { Select } from '@mantine/core';

interface ColumnSelectProps {
  readonly label: string;
  readonly description?: string;
  readonly names: readonly string[];
  readonly value: string | null;
  /** True: one must be chosen. */
  readonly isRequired?: boolean;
  readonly onChange: (name: string | null) => void;
}

/** Which column of a file is what; a column that is not needed can be left out. */
export function ColumnSelect(props: ColumnSelectProps) {
  const { label, description, names, value, isRequired = false, onChange } = props;
  return (
    <Select
      label={label}
      description={description}
      required={isRequired}
      allowDeselect={!isRequired}
      clearable={!isRequired}
      searchable
      limit={200}
      placeholder={isRequired ? undefined : 'none'}
      value={value}
      data={[...names]}
      onChange={onChange}
    />
  );
}
