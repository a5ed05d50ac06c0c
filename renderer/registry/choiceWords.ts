import type { Choice } from '../../shared/registry/listChannels';
import { formatCount } from '../ui/formatNumber';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
}

/** Choices of a filter with their counts; what is chosen stays listed, also where nothing is left of it. */
export function choiceOptions(
  choices: readonly Choice[],
  chosen: readonly string[],
  words: (value: string) => string = (value) => value,
): ChoiceOption[] {
  const missing = chosen
    .filter((value) => choices.every((choice) => choice.value !== value))
    .map((value) => ({ value, n: 0 }));
  return [...choices, ...missing]
    .filter(({ value, n }) => n > 0 || chosen.includes(value))
    .map(({ value, n }) => ({ value, label: `${words(value)} (${formatCount(n)})` }));
}
