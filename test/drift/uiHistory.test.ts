import { describe, expect, it } from 'vitest';
import {
  heatLevel,
  moveInGrid,
  rankHeatRows,
  type HeatCell,
  type HeatRow,
} from '../../renderer/drift/heatRows';
import { figureWords } from '../../renderer/drift/heatWords';
import { featureSentence, gapSentence } from '../../renderer/drift/featureSentence';
import { statisticRows } from '../../renderer/drift/statisticRows';
import { DEFAULT_DRIFT_POLICY } from '../../shared/drift/driftPolicy';
import { driftedAge, feature } from './uiFeatures';

function cell(verdict: NonNullable<HeatCell>['verdict'], value: number | null): HeatCell {
  return { verdict, primary: 'ks', value, threshold: 0.1, chanceLimit: null };
}

describe('heatLevel', () => {
  it('counts in thresholds, which themselves are not past', () => {
    const levels = [0, 0.05, 0.1, 0.2, 0.4, 0.41].map((value) =>
      heatLevel({ verdict: 'stable', primary: 'ks', value, threshold: 0.1, chanceLimit: null }),
    );
    expect(levels).toEqual([0, 0, 1, 2, 3, 4]);
  });
});

describe('rankHeatRows', () => {
  it('puts what the last batch found worst first, then what was worst before', () => {
    const rows: readonly HeatRow[] = [
      { name: 'calm', role: 'feature', cells: [cell('stable', 0.02), cell('stable', 0.02)] },
      { name: 'unclear', role: 'feature', cells: [cell('stable', 0), cell('inconclusive', 0.4)] },
      { name: 'gone', role: 'feature', cells: [cell('drifted', 0.9), null] },
      { name: 'was', role: 'feature', cells: [cell('drifted', 0.9), cell('stable', 0.02)] },
      { name: 'far', role: 'feature', cells: [null, cell('drifted', 0.5)] },
      { name: 'near', role: 'feature', cells: [null, cell('drifted', 0.2)] },
    ];
    expect(rankHeatRows(rows).map(({ name }) => name)).toEqual([
      'far',
      'near',
      'unclear',
      'was',
      'calm',
      'gone',
    ]);
  });
});

describe('moveInGrid', () => {
  it('moves by one and stops at the edges', () => {
    expect(moveInGrid('ArrowDown', { row: 0, column: 1 }, 2, 3)).toEqual({ row: 1, column: 1 });
    expect(moveInGrid('ArrowDown', { row: 1, column: 1 }, 2, 3)).toEqual({ row: 1, column: 1 });
    expect(moveInGrid('ArrowLeft', { row: 1, column: 0 }, 2, 3)).toEqual({ row: 1, column: 0 });
    expect(moveInGrid('End', { row: 1, column: 0 }, 2, 3)).toEqual({ row: 1, column: 2 });
    expect(moveInGrid('Home', { row: 1, column: 2 }, 2, 3)).toEqual({ row: 1, column: 0 });
  });

  it('leaves other keys alone', () => {
    expect(moveInGrid('Tab', { row: 0, column: 0 }, 2, 3)).toBeNull();
  });
});

describe('figureWords', () => {
  it('names verdict, statistic and threshold', () => {
    expect(figureWords(cell('drifted', 0.56))).toBe('drifted, D 0.560, threshold 0.1');
    expect(figureWords(cell('notAssessed', null))).toBe('not assessed');
    expect(figureWords(null)).toBe('not in this batch');
  });
});

describe('featureSentence', () => {
  const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

  it('says what moved, how far and how sure that is', () => {
    expect(plain(featureSentence(driftedAge, DEFAULT_DRIFT_POLICY))).toBe(
      'age moved, and chance does not explain it: D = 0.195 (threshold 0.1), n = 15,000 / 5,000, adjusted p = 1.0e-120.',
    );
  });

  it('claims nothing about chance when the threshold alone decides', () => {
    const sentence = featureSentence(driftedAge, { ...DEFAULT_DRIFT_POLICY, rule: 'source' });
    expect(plain(sentence)).toContain('The policy asks for the threshold alone.');
    expect(plain(sentence)).not.toContain('chance');
  });

  it('gives the reason when nothing was assessed', () => {
    const short = feature({
      verdict: 'notAssessed',
      notAssessedReason: 'The live batch has no such column.',
    });
    expect(featureSentence(short, DEFAULT_DRIFT_POLICY)).toBe(
      'age was not assessed: the live batch has no such column.',
    );
  });
});

describe('gapSentence', () => {
  it('reads the gap as shares at or below the value', () => {
    expect(gapSentence(driftedAge, { reference: 0.9, live: 0.705 }, '60')).toBe(
      'At 60 the two are furthest apart: 90.0 % of the reference and 70.5 % of the live values are at or below it, D = 0.195.',
    );
  });
});

describe('statisticRows', () => {
  it('puts the primary statistic first and leaves out what does not apply', () => {
    const rows = statisticRows({ ...driftedAge, primary: 'psi' }, DEFAULT_DRIFT_POLICY);
    expect(rows[0]).toMatchObject({ name: 'Population stability index (PSI)', isPrimary: true });
    expect(rows.filter(({ isPrimary }) => isPrimary)).toHaveLength(1);
    expect(rows.map(({ name }) => name)).not.toContain('Chi-square');
  });

  it('is empty for a feature without statistics', () => {
    expect(statisticRows(feature({}), DEFAULT_DRIFT_POLICY)).toEqual([]);
  });
});
