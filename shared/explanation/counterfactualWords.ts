import type { Counterfactual } from './modelCase';

type Change = Counterfactual['changes'][number];

/** e.g. "Had `age` been 40 or more instead of 31, the result would have been"; the figure comes after. */
export function outcomeWords({ changes }: Counterfactual): string {
  return `Had ${changes.map(changeWords).join(' and ')}, the result would have been`;
}

function changeWords({ feature, from, to, isBound }: Change): string {
  const bound = !isBound ? '' : Number(to) > Number(from) ? ' or more' : ' or less';
  return `\`${feature}\` been ${shortValue(to)}${bound} instead of ${shortValue(from)}`;
}

export function shortValue(value: number | string): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : value;
}
