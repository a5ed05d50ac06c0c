import type { CanaryForecast } from '../../shared/canary/channels';
import { formatCount, formatNoun } from '../ui/formatNumber';

const MS_PER_DAY = 86_400_000;

/** What the planner says, in sentences; null where the plan does not say how much one row varies. */
export function forecastSentence(found: CanaryForecast | null, startUtc: string): string {
  if (found === null)
    return 'The planner needs the value of the control and how much one row varies around it.';
  const { fixedRows, alwaysValidRows, controlRows, fixedDays, alwaysValidDays } = found;
  const rows = `${formatCount(fixedRows)} labelled candidate rows show it with one look at the end; ${formatCount(alwaysValidRows)} (and ${formatCount(controlRows)} of the control) suffice however often you look.`;
  if (fixedDays === null || alwaysValidDays === null) return rows;
  const day = (days: number): string =>
    `${dayAfter(startUtc, days)} (${formatNoun(Math.ceil(days), 'day')})`;
  return `${rows} At this traffic that is reached on ${day(fixedDays)}, or ${day(alwaysValidDays)}.`;
}

/** The day on which so many days have passed, as `2026-03-01`. */
function dayAfter(startUtc: string, days: number): string {
  return new Date(Date.parse(startUtc) + Math.ceil(days) * MS_PER_DAY).toISOString().slice(0, 10);
}
