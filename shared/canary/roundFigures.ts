const DIGITS = 12;

/**
 * The same JSON data with every number at 12 significant digits.
 *
 * The last digits of a logarithm may differ between two versions of the engine; a verdict must not.
 */
export function roundFigures<T>(value: T): T {
  return rounded(value) as T; // the shape stays, only numbers change
}

function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(DIGITS)) + 0;
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item)]));
}
