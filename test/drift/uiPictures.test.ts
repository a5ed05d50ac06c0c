import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryRows } from '../../renderer/drift/categoryRows';
import { centralRange, gapAt } from '../../renderer/drift/ecdfGap';
import { formatFeatureValue, formatPoints, roundTicks } from '../../renderer/drift/featureValue';
import { sparklineShape, stepPath } from '../../renderer/drift/sparklineShape';

const ECDF = { x: [0, 1, 5, 1000], reference: [0.4, 0.7, 0.995, 1], live: [0.1, 0.5, 0.99, 1] };

describe('gapAt', () => {
  it('reads both steps at the value, also between points', () => {
    expect(gapAt(ECDF, 1)).toEqual({ x: 1, reference: 0.7, live: 0.5 });
    expect(gapAt(ECDF, 4.9)).toEqual({ x: 4.9, reference: 0.7, live: 0.5 });
  });

  it('is 0 on both sides before the first value', () => {
    expect(gapAt(ECDF, -1)).toEqual({ x: -1, reference: 0, live: 0 });
  });

  it('is nothing without a value or without curves', () => {
    expect(gapAt(ECDF, null)).toBeNull();
    expect(gapAt({ x: [], reference: [], live: [] }, 1)).toBeNull();
  });
});

describe('centralRange', () => {
  it('leaves far values out but keeps the gap in view', () => {
    expect(centralRange(ECDF, 1)).toEqual([0, 5]);
    expect(centralRange(ECDF, 40)).toEqual([0, 40]);
  });

  it('is nothing where it would leave nothing out', () => {
    const even = { x: [0, 1, 2], reference: [0.3, 0.6, 1], live: [0.2, 0.6, 1] };
    expect(centralRange(even, 1)).toBeNull();
    expect(centralRange({ x: [], reference: [], live: [] }, null)).toBeNull();
  });
});

describe('roundTicks', () => {
  it('gives round values within the range', () => {
    expect(roundTicks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(roundTicks(-762, 16_500)).toEqual([0, 5000, 10_000, 15_000]);
  });

  it('never leaves the range and never gives more than a handful', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        (low, span) => {
          const ticks = roundTicks(low, low + span);
          const slack = 1e-6 * Math.max(span, Math.abs(low), 1);
          expect(ticks.length).toBeLessThanOrEqual(8);
          expect(ticks.every((t) => t >= low - slack && t <= low + span + slack)).toBe(true);
        },
      ),
    );
  });
});

describe('formatFeatureValue', () => {
  it('writes whole numbers without decimals and dates as dates', () => {
    expect(formatFeatureValue(58_932, 'numeric')).toBe('58,932');
    expect(formatFeatureValue(0.195, 'numeric')).toBe('0.195');
    expect(formatFeatureValue(Date.UTC(2010, 10, 30), 'datetime')).toBe('2010-11-30');
    expect(formatFeatureValue(Date.UTC(2010, 10, 30, 9, 5), 'datetime')).toBe(
      '2010-11-30 09:05:00 UTC',
    );
    expect(formatFeatureValue(null, 'numeric')).toBe('—');
  });
});

describe('formatPoints', () => {
  it('keeps the sign and never shows a change as 0', () => {
    expect([0, 0.125, -0.125, 0.00031, -0.0003].map(formatPoints)).toEqual([
      '0',
      '+12.5',
      '-12.5',
      '+0.03',
      '-0.03',
    ]);
  });
});

describe('sparklineShape', () => {
  it('puts both sides on the scale of the tallest bin', () => {
    const shape = sparklineShape({
      type: 'histogram',
      edges: [0, 1, 2],
      reference: [0.8, 0.2],
      live: [0.4, 0.6],
    });
    expect(shape.reference).toEqual([1, 0.25]);
    expect(shape.live[0]).toBeCloseTo(0.5);
    expect(shape.live[1]).toBeCloseTo(0.75);
  });

  it('compares shares of categories, whatever the number of rows', () => {
    const shape = sparklineShape({
      type: 'categories',
      labels: ['yes', 'no'],
      reference: [500, 500],
      live: [5, 5],
      otherReference: 0,
      otherLive: 0,
    });
    expect(shape).toEqual({ reference: [1, 1], live: [1, 1] });
  });

  it('survives a side without rows', () => {
    const shape = sparklineShape({
      type: 'categories',
      labels: ['yes'],
      reference: [3],
      live: [0],
      otherReference: 1,
      otherLive: 0,
    });
    expect(shape).toEqual({ reference: [1], live: [0] });
  });
});

describe('stepPath', () => {
  it('draws one step per bin, down to the base at both ends', () => {
    expect(stepPath([1, 0.5], 10, 4)).toBe('M0 4V0H5V2H10V4');
  });
});

describe('categoryRows', () => {
  it('marks what came and what went, and puts the rest last', () => {
    const picture = {
      type: 'categories',
      labels: ['a', 'b', 'c'],
      reference: [6, 2, 0],
      live: [1, 0, 4],
      otherReference: 2,
      otherLive: 0,
    } as const;
    const rows = categoryRows(picture, { newCategories: ['c'], vanishedCategories: ['b'] });
    expect(
      rows.map(({ label, reference, live, change }) => [label, reference, live, change]),
    ).toEqual([
      ['a', 0.6, 0.2, null],
      ['b', 0.2, 0, 'vanished'],
      ['c', 0, 0.8, 'new'],
      ['all other categories', 0.2, 0, null],
    ]);
  });
});
