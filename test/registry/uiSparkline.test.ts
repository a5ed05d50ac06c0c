import { describe, expect, it } from 'vitest';
import { sparklinePoints } from '../../renderer/registry/sparkline';

const series = (...values: readonly number[]) =>
  values.map((value, step) => ({ step, value, atUtc: null }));

describe('sparklinePoints', () => {
  it('goes from the first step to the last, with the largest value on top', () => {
    expect(sparklinePoints(series(1, 3, 2))).toBe('2,18 48,2 94,10');
  });

  it('lays a constant series and a single point in the middle', () => {
    expect(sparklinePoints(series(5, 5))).toBe('2,10 94,10');
    expect(sparklinePoints(series(5))).toBe('48,10');
  });

  it('keeps to its size however far apart the values lie and however many there are', () => {
    expect(sparklinePoints(series(-Number.MAX_VALUE, Number.MAX_VALUE))).toBe('2,18 94,2');
    const many = sparklinePoints(series(...Array.from({ length: 100_000 }, (_none, i) => i % 7)));
    expect(many).not.toContain('NaN');
  });
});
