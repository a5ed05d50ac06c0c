import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Tolerance = z.object({ rel: z.number().optional(), abs: z.number().optional() });

const GoldenCase = z.object({
  id: z.string(),
  fn: z.string(),
  input: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
  tol: z.record(z.string(), Tolerance).nullish(),
});

const GoldenFile = z.object({ n_cases: z.number(), cases: z.array(GoldenCase) });

const DistributionGrid = z.record(z.string(), z.array(z.array(z.number())));

export type GoldenCase = z.infer<typeof GoldenCase>;
export type Tolerance = z.infer<typeof Tolerance>;

function readGolden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8'));
}

/** All cases of golden-dev.json; fails when the file holds fewer than it says. */
export function goldenCases(): readonly GoldenCase[] {
  const file = GoldenFile.parse(readGolden('golden-dev.json'));
  if (file.cases.length !== file.n_cases) throw new Error('golden-dev.json is incomplete');
  return file.cases;
}

/** Rows of golden-dist-grid.json by function; the last number of a row is the expected value. */
export function distributionGrid(): Readonly<Record<string, readonly (readonly number[])[]>> {
  return DistributionGrid.parse(readGolden('golden-dist-grid.json'));
}

/** The rule of the file: within abs, or within rel of the expected value; rel 1e-9 when not said. */
export function isClose(actual: number, expected: number, tolerance: Tolerance): boolean {
  if (actual === expected) return true;
  const gap = Math.abs(actual - expected);
  return gap <= (tolerance.abs ?? 0) || gap <= (tolerance.rel ?? 0) * Math.abs(expected);
}

/** Lists where two values differ: numbers by tolerance, everything else exactly. */
export function differences(
  actual: unknown,
  expected: unknown,
  tolerance: Tolerance,
  path = '',
): readonly string[] {
  if (typeof expected === 'number' && typeof actual === 'number') {
    if (isClose(actual, expected, tolerance)) return [];
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    if (actual.length === expected.length) {
      return expected.flatMap((item, i) =>
        differences(actual[i], item, tolerance, `${path}[${i}]`),
      );
    }
  } else if (isRecord(expected) && isRecord(actual)) {
    return Object.keys(actual).flatMap((key) =>
      differences(actual[key], expected[key], tolerance, `${path}.${key}`),
    );
  } else if (actual === expected) {
    return [];
  }
  return [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Dotted paths of all keys of a nested object. */
export function keyPaths(value: Record<string, unknown>, prefix = ''): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    isRecord(inner) ? keyPaths(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}
