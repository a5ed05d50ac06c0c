import { Select, TagsInput, TextInput } from '@mantine/core';
import { CalendarDay } from '../../shared/base/time';
import type { CountryCode } from '../../shared/dataflow/countries';
import { COUNTRY_CHOICES } from './flowWords';

interface CountrySelectProps {
  readonly label: string;
  readonly description?: string;
  readonly value: CountryCode | null;
  readonly onChange: (country: CountryCode | null) => void;
}

/** A country by its name. */
export function CountrySelect(props: CountrySelectProps) {
  return (
    <Select
      placeholder="Not said yet"
      clearable
      searchable
      limit={40}
      nothingFoundMessage="No country is called so."
      data={[...COUNTRY_CHOICES]}
      {...props}
    />
  );
}

interface DayInputProps {
  readonly label: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly min?: CalendarDay;
  readonly value: CalendarDay | null;
  readonly onChange: (day: CalendarDay | null) => void;
}

/** A calendar day, or none. */
export function DayInput({ value, onChange, ...rest }: DayInputProps) {
  return (
    <TextInput
      {...rest}
      type="date"
      value={value ?? ''}
      onChange={(event) => {
        const day = CalendarDay.safeParse(event.currentTarget.value);
        onChange(day.success ? day.data : null);
      }}
    />
  );
}

interface WordsInputProps {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly value: readonly string[];
  /** What is offered: what other elements say there. */
  readonly offered: readonly string[];
  readonly onChange: (words: readonly string[]) => void;
}

/** Any number of words, one after the other. */
export function WordsInput({ value, offered, onChange, ...rest }: WordsInputProps) {
  return (
    <TagsInput
      {...rest}
      data={[...offered]}
      limit={30}
      maxTags={100}
      acceptValueOnBlur
      value={[...value]}
      onChange={(words) =>
        onChange(words.map((word) => word.trim().slice(0, 200)).filter((word) => word !== ''))
      }
    />
  );
}
