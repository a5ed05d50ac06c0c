import type { SampleFit, SampleRows } from './readSample';

type Row = SampleRows[number];

/** The terms of a row as the record of a model describes them, 1 for the intercept first. */
export function encode({ inputs }: SampleFit, row: Row): number[] {
  const terms = inputs.flatMap((input) => {
    const text = row[input.column];
    if (input.kind === 'numeric') return [(Number(text) - input.mean) / input.standardDeviation];
    return input.levels.map((level) => (level === text ? 1 : 0));
  });
  return [1, ...terms];
}

export function weightsOf({ intercept, coefficients }: SampleFit): number[] {
  return [intercept, ...coefficients.map(({ value }) => value)];
}

export function probability(fit: SampleFit, row: Row): number {
  return 1 / (1 + Math.exp(-sumProduct(encode(fit, row), weightsOf(fit))));
}

export function sumProduct(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
}

export function labelOf(row: Row): number {
  return row['y'] === 'yes' ? 1 : 0;
}
