/**
 * Text that stands for a missing value, in every kind of column and every format.
 *
 * The list is closed and case-sensitive so that a category is never dropped by accident.
 */
export const MISSING_TOKENS = ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None'] as const;

const missing: ReadonlySet<string> = new Set(MISSING_TOKENS);
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const infinite = /^([+-]?)inf(?:inity)?$/i;
const instant =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

export function isMissingToken(text: string): boolean {
  return missing.has(text);
}

/**
 * A decimal number as the nearest double, or null when the text is not one.
 *
 * `inf` and `Infinity` in any case are infinite; hexadecimal, thousands separators and units are not
 * numbers.
 */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim();
  if (decimal.test(trimmed)) return Number(trimmed);
  const sign = infinite.exec(trimmed)?.[1];
  if (sign === undefined) return null;
  return sign === '-' ? -Infinity : Infinity;
}

/**
 * An ISO 8601 date or date and time as milliseconds since 1970 UTC, or null when it is not one.
 *
 * Without an offset it is taken as UTC: the same file gives the same numbers on every machine.
 */
export function parseInstant(text: string): number | null {
  const match = instant.exec(text.trim());
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const startOfDay = Date.UTC(year!, month! - 1, day);
  const date = new Date(startOfDay);
  // Date.UTC rolls 30 February over to March, and reads years below 100 as 19xx.
  if (date.getUTCDate() !== day || date.getUTCMonth() + 1 !== month) return null;
  if (date.getUTCFullYear() !== year || hour! > 23 || minute! > 59 || second! > 59) return null;
  const seconds = (hour! * 60 + minute!) * 60 + second! - offsetSeconds(match[8]);
  // From whole nanoseconds, because 0.057 * 1000 is not 57.
  return startOfDay + seconds * 1000 + Number((match[7] ?? '').padEnd(9, '0')) / 1e6;
}

function offsetSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const seconds = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60;
  return zone.startsWith('-') ? -seconds : seconds;
}

const trueWords: ReadonlySet<string> = new Set(['true', 't', 'yes', 'y', '1', '1.0']);
const falseWords: ReadonlySet<string> = new Set(['false', 'f', 'no', 'n', '0', '0.0']);

/** Whether the text means yes or no; null when it means neither. */
export function parseBoolean(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (trueWords.has(word)) return true;
  return falseWords.has(word) ? false : null;
}
