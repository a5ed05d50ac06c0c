import * as shared from '../../shared/base/formatNumber';

/** What stands where there is no number. */
export const NO_VALUE = '—';

const large = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A number of things, with thousands separators. */
export function formatCount(count: number | null): string {
  return count === null ? NO_VALUE : shared.formatCount(count);
}

/** A statistic as reports write it; from a thousand on with separators and one decimal. */
export function formatStatistic(value: number | null): string {
  if (value === null || Number.isNaN(value)) return NO_VALUE;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  const size = Math.abs(value);
  return size >= 1000 && size < 1e6 ? large.format(value) : shared.formatStatistic(value);
}

/**
 * A p-value as it stands in a table, e.g. `0.032` or `< 1e-300`.
 *
 * @param pValue in [0, 1]; 0 means it was too small for a double
 * @param log10PValue its decimal logarithm, finite even where the p-value underflows
 */
export function formatPValue(pValue: number | null, log10PValue?: number | null): string {
  if (pValue === null || Number.isNaN(pValue)) return NO_VALUE;
  return shared.formatPValue(pValue, log10PValue ?? undefined).replace(/^= /, '');
}

/** A share in [0, 1] as a percentage; what is not quite 0 or 100 % does not show as such. */
export function formatShare(share: number | null): string {
  if (share === null || Number.isNaN(share)) return NO_VALUE;
  if (share === 0 || share === 1) return `${share * 100} %`;
  const size = Math.abs(share);
  if (size < 0.0005) return share > 0 ? '< 0.1 %' : '> -0.1 %';
  if (share > 0.9995 && share < 1) return '> 99.9 %';
  return `${(share * 100).toFixed(1)} %`;
}

/** A size in bytes with a unit, e.g. `1.4 MB` (powers of ten). */
export function formatBytes(sizeBytes: number): string {
  return shared.formatBytes(sizeBytes);
}

/** A duration in words of the size that people think in. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`;
  const minutes = Math.floor(durationMs / 60_000);
  const seconds = Math.round((durationMs - minutes * 60_000) / 1000);
  if (seconds === 60) return `${minutes + 1} min`;
  return seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`;
}

/** An instant to the second in UTC, e.g. `2026-01-02 03:04:05 UTC`. */
export function formatUtc(instant: string | null): string {
  if (instant === null) return NO_VALUE;
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The same instant on this machine's clock, with its offset. */
export function formatLocal(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(at);
}

/** `1 batch`, `2 batches`: a count with its noun. */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
