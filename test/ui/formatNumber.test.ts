import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNoun,
  formatPValue,
  formatShare,
  formatStatistic,
  formatUtc,
} from '../../renderer/ui/formatNumber';

describe('formatStatistic', () => {
  it('writes three decimals, and never a small value as 0', () => {
    expect([0.56, 0.1949, 0.00042, -0.0001, 1362.44, 0].map(formatStatistic)).toEqual([
      '0.560',
      '0.195',
      '4.20e-4',
      '-1.00e-4',
      '1,362.4',
      '0.000',
    ]);
  });

  it('writes a dash where there is no number', () => {
    expect([null, NaN, Infinity, -Infinity].map(formatStatistic)).toEqual(['—', '—', '∞', '-∞']);
  });
});

describe('formatPValue', () => {
  it('shows the bound below 1e-300, whether the double underflowed or not', () => {
    expect([formatPValue(0), formatPValue(1e-305), formatPValue(0, -812)]).toEqual([
      '< 1e-300',
      '< 1e-300',
      '< 1e-300',
    ]);
  });

  it('writes ordinary p-values without an equals sign', () => {
    expect([0.032, 1.23e-17, 1, null].map((p) => formatPValue(p))).toEqual([
      '0.032',
      '1.2e-17',
      '1.000',
      '—',
    ]);
  });
});

describe('formatShare', () => {
  it('shows 0 % and 100 % only for what is exactly that', () => {
    expect([0, 1e-5, 0.041, 0.99999, 1, null].map(formatShare)).toEqual([
      '0 %',
      '< 0.1 %',
      '4.1 %',
      '> 99.9 %',
      '100 %',
      '—',
    ]);
  });
});

describe('other figures', () => {
  it('writes counts, nouns, sizes and durations for people', () => {
    expect([
      formatCount(1234567),
      formatNoun(1, 'event'),
      formatNoun(2, 'batch', 'batches'),
    ]).toEqual(['1,234,567', '1 event', '2 batches']);
    expect([formatBytes(0), formatBytes(1_400_000)]).toEqual(['0 B', '1.4 MB']);
    expect([12, 1500, 600_000, 61_000, 119_900].map(formatDuration)).toEqual([
      '12 ms',
      '1.5 s',
      '10 min',
      '1 min 1 s',
      '2 min',
    ]);
  });

  it('writes an instant to the second in UTC', () => {
    expect(formatUtc('2026-01-02T03:04:05.678Z')).toBe('2026-01-02 03:04:05 UTC');
    expect(formatUtc(null)).toBe('—');
  });
});
