import type { Counterfactual } from './modelCase';

type Change = Counterfactual['changes'][number];

/** What would have had to be otherwise, e.g. "`age` been 40 or more instead of 31". */
export function changesWords({ changes }: Counterfactual): string {
  return changes.map(changeWords).join(' and ');
}

function changeWords({ feature, from, to, isBound }: Change): string {
  const bound = !isBound ? '' : Number(to) > Number(from) ? ' or more' : ' or less';
  return `\`${feature}\` been ${shortValue(to)}${bound} instead of ${shortValue(from)}`;
}

export function shortValue(value: number | string): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : value;
}
