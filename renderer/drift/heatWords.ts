import type { DriftHistory } from '../../shared/drift/channels';
import { DRIFT_METHODS, METHOD_WORDS } from './methodWords';
import { formatStatistic } from '../ui/formatNumber';
import { VERDICT_LOOK } from '../ui/StateBadge';
import { formatThreshold } from './featureValue';
import type { HeatCell, HeatRow } from './heatRows';

/** One cell in words. */
export function cellWords(row: HeatRow, column: number, history: DriftHistory): string {
  const label = history.batches[column]?.label ?? '';
  return `${row.name} in ${label}: ${figureWords(row.cells[column] ?? null)}.`;
}

export function figureWords(cell: HeatCell): string {
  if (cell === null) return 'not in this batch';
  const verdict = VERDICT_LOOK[cell.verdict].label.toLowerCase();
  if (cell.value === null) return verdict;
  const method = DRIFT_METHODS.find((known) => known === cell.primary);
  const symbol = method === undefined ? cell.primary : METHOD_WORDS[method].symbol;
  const chance =
    cell.chanceLimit === null ? '' : `, by chance up to ${formatStatistic(cell.chanceLimit)}`;
  return `${verdict}, ${symbol} ${formatStatistic(cell.value)}, threshold ${formatThreshold(cell.threshold)}${chance}`;
}
