import type { ColumnKind } from '../../shared/drift/column';
import { formatStatistic, formatUtc, NO_VALUE } from '../ui/formatNumber';

const DAY_MS = 86_400_000;
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A value of a feature as people read it: whole numbers without decimals, dates as dates. */
export function formatFeatureValue(value: number | null, kind: ColumnKind): string {
  if (value === null) return NO_VALUE;
  if (kind === 'datetime') {
    if (!Number.isFinite(value) || Math.abs(value) > 8.64e15) return NO_VALUE;
    const instant = new Date(value).toISOString();
    return value % DAY_MS === 0 ? instant.slice(0, 10) : formatUtc(instant);
  }
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return plain.format(value);
  return formatStatistic(value);
}

const compact = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});

/** A threshold as it was set, `0.1` and not `0.100`; one that was measured, to four digits. */
export function formatThreshold(threshold: number): string {
  return String(Number(threshold.toPrecision(4)));
}

/** A short form for the ticks of an axis. */
export function formatTick(value: number, kind: ColumnKind): string {
  if (kind === 'datetime') return formatFeatureValue(value, kind).slice(0, 10);
  const size = Math.abs(value);
  if (size >= 10_000) return compact.format(value);
  if (size > 0 && size < 1e-3) return value.toExponential(0);
  return String(Number(value.toPrecision(3)));
}

/** Round ticks for a number axis: at most `count + 1`, within [low, high]. */
export function roundTicks(low: number, high: number, count = 6): readonly number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((size) => size >= raw) ?? raw;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}

/** A difference of shares in percentage points, with its sign: `+12.5`, `-0.03`. */
export function formatPoints(difference: number): string {
  const points = difference * 100;
  if (points === 0) return '0';
  const text = Math.abs(points) >= 1 ? points.toFixed(1) : String(Number(points.toPrecision(1)));
  return points > 0 ? `+${text}` : text;
}
