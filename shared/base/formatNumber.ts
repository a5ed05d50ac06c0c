/** How figures are written for people: in the window, in reports and on the command line alike. */

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count with thousands separators, e.g. `15,000`. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** A statistic to three decimals; small ones keep three significant digits, so nothing shows as 0.000. */
export function formatStatistic(value: number): string {
  if (value === 0) return '0.000';
  if (Math.abs(value) < 0.0005 || Math.abs(value) >= 1e6) return value.toExponential(2);
  return value.toFixed(3);
}

/** A share in [0, 1] as a percentage with one decimal, e.g. `4.1 %`. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  return `${(share * 100).toFixed(1)} %`;
}

/**
 * A p-value as `p = 0.032` writes it after the `p`: `= 0.032`, `= 1.2e-14` or `< 1e-300`.
 *
 * @param log10P where known, tells how small a p-value is that underflowed to 0
 */
export function formatPValue(p: number, log10P?: number): string {
  if (p < 1e-300 || (log10P !== undefined && log10P < -300)) return '< 1e-300';
  if (p >= 0.001) return `= ${p.toFixed(3)}`;
  return `= ${p.toExponential(1)}`;
}

/** A size in bytes with a unit, e.g. `1.4 MB` (powers of ten). */
export function formatBytes(sizeBytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(
    units.length - 1,
    sizeBytes < 1000 ? 0 : Math.floor(Math.log10(sizeBytes) / 3),
  );
  return `${(sizeBytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? 'B'}`;
}
