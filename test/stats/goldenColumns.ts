import { z } from 'zod';
import { columnSummary, columnSummaryOf } from '../../shared/stats/columnSummary';
import { generate } from './goldenGenerator';

type Column = readonly (number | null)[] | Float64Array;
/** From a golden input to our answers under the golden keys. */
export type Compute = (input: Record<string, unknown>) => Record<string, unknown>;

const SPECIAL = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

const Plain = z.array(z.union([z.number(), z.null(), z.string()]));

export function column(input: unknown): Column {
  if (!Array.isArray(input)) return generate(input);
  return Plain.parse(input).map((item) =>
    typeof item === 'string' ? (SPECIAL.get(item) ?? null) : item,
  );
}

export function summaryOf(input: unknown) {
  const values = column(input);
  return values instanceof Float64Array ? columnSummary(values) : columnSummaryOf(values);
}
