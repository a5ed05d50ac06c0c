import { array, assert, constantFrom, double, oneof, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryDependence, numericDependence } from '../../shared/explanation/dependence';

describe('dependence on a feature', () => {
  it('leaves groups of fewer than ten cases out and counts them', () => {
    const values = Float64Array.from([...Array<number>(25).fill(1), ...Array<number>(5).fill(2)]);
    const shap = Float64Array.from(values, (value) => value * 10);
    expect(numericDependence(values, shap)).toEqual({
      kind: 'numeric',
      bins: [{ label: null, low: null, high: 1, at: 1, n: 25, meanShap: 10, sd: 0 }],
      nSmallGroups: 1,
      nSmallCases: 5,
      nMissing: 0,
    });
    const codes = Int32Array.from(values, (value) => (value === 1 ? 0 : 1));
    expect(categoryDependence(codes, ['a', 'b'], shap)).toEqual({
      kind: 'categorical',
      bins: [{ label: 'a', low: null, high: null, at: null, n: 25, meanShap: 10, sd: 0 }],
      nSmallGroups: 1,
      nSmallCases: 5,
      nMissing: 0,
    });
  });

  it('shows the 20 most frequent categories', () => {
    const codes = Int32Array.from({ length: 300 }, (_none, i) => (i < 20 ? 0 : i % 24));
    const { bins, nSmallGroups, nSmallCases } = categoryDependence(
      codes,
      Array.from({ length: 24 }, (_none, i) => `k${i}`),
      new Float64Array(300),
    );
    expect(bins[0]).toMatchObject({ label: 'k0' });
    expect(bins).toHaveLength(20);
    expect([nSmallGroups, nSmallCases + bins.reduce((sum, { n }) => sum + n, 0)]).toEqual([4, 300]);
  });

  it('accounts for every case once, whatever the values are', () => {
    const value = oneof(double(), constantFrom(0, 1, NaN, Infinity, -Infinity));
    assert(
      property(array(value, { maxLength: 400 }), (values) => {
        const shap = Float64Array.from(values, (_value, i) => i);
        const { bins, nSmallCases, nMissing } = numericDependence(Float64Array.from(values), shap);
        const nShown = bins.reduce((sum, { n }) => sum + n, 0);
        expect(nShown + nSmallCases + nMissing).toBe(values.length);
        expect(bins.every(({ n }) => n >= 10)).toBe(true);
      }),
    );
  });
});
