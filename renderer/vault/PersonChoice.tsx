import { Select, Text } from '@mantine/core';

export interface PersonChoiceProps {
  /** Everyone who has a key. */
  readonly people: readonly { readonly id: string; readonly printedName: string }[];
  readonly personId: string | null;
  readonly onChange: (personId: string) => void;
}

/** Who signs in: a sentence where there is no choice. */
export function PersonChoice({ people, personId, onChange }: PersonChoiceProps) {
  const [only] = people;
  if (people.length === 1 && only !== undefined) {
    return (
      <Text>
        You sign in as <b>{only.printedName}</b>.
      </Text>
    );
  }
  return (
    <Select
      label="Person"
      required
      allowDeselect={false}
      searchable={people.length > 8}
      data={people.map(({ id, printedName }) => ({ value: id, label: printedName }))}
      value={personId}
      onChange={(id) => id !== null && onChange(id)}
    />
  );
}
