import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface SearchedSelectProps extends Pick<SelectProps, 'w' | 'required' | 'placeholder'> {
  readonly label: string;
  readonly nothingFound: string;
  readonly chosen: Choice | null;
  readonly onChoose: (choice: Choice) => void;
  /**
   * What is offered for a typed text; it has to stay the same function between renders. An error offers
   * nothing, since the field says so.
   */
  readonly find: (text: string, signal: AbortSignal) => Promise<readonly Choice[]>;
}

const TYPING_PAUSE_MS = 150;

/** Chooses a record by its name out of any number of them: core searches while the person types. */
export function SearchedSelect(props: SearchedSelectProps) {
  const { label, nothingFound, chosen, onChoose, find, ...rest } = props;
  const [typed, setTyped] = useState('');
  const isChosenName = chosen !== null && typed === chosen.label;
  const [text] = useDebouncedValue(isChosenName ? '' : typed, TYPING_PAUSE_MS);
  const found = useFound(find, text);
  const isOffered = chosen === null || found.some(({ value }) => value === chosen.value);
  const offered = isOffered ? found : [chosen, ...found];
  return (
    <Select
      {...rest}
      label={label}
      searchable
      allowDeselect={false}
      nothingFoundMessage={nothingFound}
      value={chosen?.value ?? null}
      data={[...offered]}
      // Core has searched already.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(value) => {
        const choice = offered.find((one) => one.value === value);
        if (choice !== undefined) onChoose(choice);
      }}
    />
  );
}

function useFound(find: SearchedSelectProps['find'], text: string): readonly Choice[] {
  const [found, setFound] = useState<readonly Choice[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    void find(text, controller.signal).then((choices) => {
      if (!controller.signal.aborted) setFound(choices);
    });
    return () => controller.abort();
  }, [find, text]);
  return found;
}
