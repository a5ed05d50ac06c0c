import { describe, expect, it } from 'vitest';
import {
  countVerdicts,
  filterFeatures,
  neighbours,
  timesThreshold,
} from '../../renderer/drift/featureRanking';
import { driftedAge, feature } from './uiFeatures';

const FEATURES = [
  driftedAge,
  feature({ name: 'Balance', verdict: 'inconclusive', primaryValue: 0.12 }),
  feature({ name: 'day', verdict: 'stable', primaryValue: 0.05 }),
];

describe('timesThreshold', () => {
  it('is the statistic in units of the threshold', () => {
    expect(timesThreshold({ primaryValue: 0.25, threshold: 0.1 })).toBe(2.5);
  });

  it('is null where nothing was computed', () => {
    expect(timesThreshold({ primaryValue: null, threshold: 0.1 })).toBeNull();
  });
});

describe('filterFeatures', () => {
  it('finds names whatever their case, and keeps the order of the report', () => {
    expect(filterFeatures(FEATURES, ' A ', new Set()).map(({ name }) => name)).toEqual([
      'age',
      'Balance',
      'day',
    ]);
    expect(filterFeatures(FEATURES, 'bal', new Set()).map(({ name }) => name)).toEqual(['Balance']);
  });

  it('keeps the wanted verdicts only', () => {
    const wanted = new Set(['drifted', 'stable'] as const);
    expect(filterFeatures(FEATURES, '', wanted).map(({ name }) => name)).toEqual(['age', 'day']);
  });
});

describe('countVerdicts', () => {
  it('counts every verdict, also those that no feature got', () => {
    expect(countVerdicts(FEATURES)).toEqual({
      drifted: 1,
      inconclusive: 1,
      stable: 1,
      notAssessed: 0,
    });
  });
});

describe('neighbours', () => {
  it('leads to the features before and after', () => {
    expect(neighbours(FEATURES, 'Balance')).toEqual({ previous: 'age', next: 'day', rank: 2 });
  });

  it('ends at both ends', () => {
    expect(neighbours(FEATURES, 'age')).toEqual({ previous: null, next: 'Balance', rank: 1 });
    expect(neighbours(FEATURES, 'day')).toEqual({ previous: 'Balance', next: null, rank: 3 });
  });

  it('leads nowhere from a feature that the report does not have', () => {
    expect(neighbours(FEATURES, 'gone')).toEqual({ previous: null, next: null, rank: 0 });
  });
});
