/** One line of a parameter or metric table as it is typed. */
export interface KeyValueRow {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

export type KeyValueKind = 'parameters' | 'metrics';
export type ParameterValue = string | number | boolean;

/** What is wrong with a row, by row id. */
export type RowProblems = ReadonlyMap<number, string>;

const MAX_NAME_LENGTH = 250;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A number as people and programs write it; null when the text is not one. */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}

/**
 * A parameter's value: a number or a boolean where the text is exactly one, otherwise text.
 * Digits that a number cannot keep, such as `007` or a 20-digit seed, stay text.
 */
export function parseParameter(text: string): ParameterValue {
  const trimmed = text.trim();
  if (trimmed === 'true') return true;
  if (trimmed === 'false') return false;
  const value = parseNumber(trimmed);
  if (value === null) return text;
  const isExact =
    !/^[+-]?0\d/.test(trimmed) && (!/^[+-]?\d+$/.test(trimmed) || Number.isSafeInteger(value));
  return isExact ? value : text;
}

function isBlank(row: KeyValueRow): boolean {
  return row.key.trim() === '' && row.value.trim() === '';
}

function problemOf(row: KeyValueRow, kind: KeyValueKind, nSame: number): string | null {
  const key = row.key.trim();
  if (key === '') return 'Give this value a name.';
  if (key.length > MAX_NAME_LENGTH) return `A name has at most ${MAX_NAME_LENGTH} characters.`;
  if (key === '__proto__') return 'This name is reserved.';
  if (nSame > 1) return `"${key}" appears ${nSame} times.`;
  if (kind === 'metrics' && parseNumber(row.value) === null) {
    return 'A metric is one finite number, such as 0.873 or 1.2e-4.';
  }
  return null;
}

/** Every row that cannot be recorded as it stands, with the reason; blank rows are passed over. */
export function problemsOf(rows: readonly KeyValueRow[], kind: KeyValueKind): RowProblems {
  const filled = rows.filter((row) => !isBlank(row));
  const counts = new Map<string, number>();
  for (const row of filled) counts.set(row.key.trim(), (counts.get(row.key.trim()) ?? 0) + 1);
  const problems = filled.flatMap((row) => {
    const problem = problemOf(row, kind, counts.get(row.key.trim()) ?? 0);
    return problem === null ? [] : [[row.id, problem] as const];
  });
  return new Map(problems);
}

export function toParameters(rows: readonly KeyValueRow[]): Record<string, ParameterValue> {
  const filled = rows.filter((row) => !isBlank(row));
  return Object.fromEntries(filled.map((row) => [row.key.trim(), parseParameter(row.value)]));
}

export function toMetrics(rows: readonly KeyValueRow[]): Record<string, number> {
  const filled = rows.filter((row) => !isBlank(row));
  return Object.fromEntries(
    filled.flatMap((row) => {
      const value = parseNumber(row.value);
      return value === null ? [] : [[row.key.trim(), value] as const];
    }),
  );
}

type Pasted =
  | { readonly ok: true; readonly rows: readonly Omit<KeyValueRow, 'id'>[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a JSON object as rows. Objects inside it become dotted names (`optimizer.lr`), lists of
 * plain values become their JSON text.
 */
export function rowsFromJson(text: string): Pasted {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be parsed';
    return { ok: false, problem: `This is not JSON: ${why}.` };
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    return { ok: false, problem: 'Paste one JSON object, such as {"ridge": 1}.' };
  }
  return { ok: true, rows: flatten(parsed, '') };
}

function flatten(value: object, prefix: string): readonly Omit<KeyValueRow, 'id'>[] {
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
    const key = prefix + name;
    if (item !== null && typeof item === 'object' && !Array.isArray(item)) {
      return flatten(item, `${key}.`);
    }
    return [{ key, value: typeof item === 'string' ? item : JSON.stringify(item) }];
  });
}
