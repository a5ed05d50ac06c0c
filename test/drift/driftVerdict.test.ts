import { describe, expect, it } from 'vitest';
import { DEFAULT_DRIFT_POLICY, type DriftPolicy } from '../../shared/drift/driftPolicy';
import type { FeatureStatistics } from '../../shared/drift/driftReport';
import { summariseDrift } from '../../shared/drift/driftSummary';
import { judgeFeatures } from '../../shared/drift/driftVerdict';

function numeric(name: string, d: number, pValue: number, more: Partial<FeatureStatistics> = {}) {
  const statistics: FeatureStatistics = {
    name,
    kind: 'numeric',
    role: 'feature',
    nReference: 15_000,
    nLive: 5_000,
    missingReference: 0,
    missingLive: 0,
    nInfiniteReference: 0,
    nInfiniteLive: 0,
    missingChange: null,
    ks: {
      d,
      pValue,
      log10PValue: pValue === 0 ? -400 : Math.log10(pValue),
      criticalD: 0.022,
      atValue: 1,
      dErrorBound: 0,
    },
    wasserstein: { raw: 1, normalised: 0.05 },
    psi: 0.02,
    jensenShannon: 0.04,
    chiSquare: null,
    totalVariation: null,
    nNewCategories: 0,
    nVanishedCategories: 0,
    chanceLimits: {},
    variability: null,
    notAssessedReason: null,
    ...more,
  };
  return { statistics, picture: null };
}

function verdictsOf(features: ReturnType<typeof numeric>[], policy: Partial<DriftPolicy> = {}) {
  const judged = judgeFeatures(features, { ...DEFAULT_DRIFT_POLICY, ...policy });
  return Object.fromEntries(judged.map(({ name, verdict }) => [name, verdict]));
}

describe('judgeFeatures', () => {
  it('calls a feature drifted only above the threshold and with a small corrected p-value', () => {
    expect(
      verdictsOf([
        numeric('moved', 0.2, 1e-9),
        numeric('chance', 0.2, 0.4),
        numeric('still', 0.05, 1e-9),
      ]),
    ).toEqual({ moved: 'drifted', chance: 'inconclusive', still: 'stable' });
  });

  it('does not count a statistic that equals the threshold as above it', () => {
    expect(verdictsOf([numeric('edge', 0.1, 0)])).toEqual({ edge: 'stable' });
  });

  it('looks at the threshold alone under the source rule', () => {
    expect(verdictsOf([numeric('chance', 0.2, 0.4)], { rule: 'source' })).toEqual({
      chance: 'drifted',
    });
  });

  it('corrects over the assessed features of the report', () => {
    const features = [numeric('a', 0.2, 0.04), numeric('b', 0.01, 0.9), numeric('c', 0.01, 0.8)];
    expect(verdictsOf(features)).toMatchObject({ a: 'inconclusive' });
    expect(verdictsOf(features, { correction: 'none' })).toMatchObject({ a: 'drifted' });
    const unassessed = [
      features[0]!,
      numeric('b', 0.01, 0.9, { nLive: 3 }),
      numeric('c', 0.01, 0.8, { nLive: 3 }),
    ];
    expect(verdictsOf(unassessed)).toMatchObject({
      a: 'drifted',
      b: 'notAssessed',
      c: 'notAssessed',
    });
  });

  it('does not assess fewer than 30 usable values and says how many there are', () => {
    const [feature] = judgeFeatures([numeric('few', 0.9, 0, { nLive: 29 })], DEFAULT_DRIFT_POLICY);
    expect(feature).toMatchObject({ verdict: 'notAssessed', adjustedPValue: null });
    expect(feature!.reason).toContain('29 in the live batch');
  });

  it('takes another method and threshold for one feature, and only for that one', () => {
    const overrides = { a: { method: 'wasserstein', threshold: 0.04 } } as const;
    const judged = judgeFeatures([numeric('a', 0.2, 0), numeric('b', 0.2, 0)], {
      ...DEFAULT_DRIFT_POLICY,
      overrides,
    });
    expect(
      judged.map(({ name, primary, primaryValue, threshold }) => ({
        name,
        primary,
        primaryValue,
        threshold,
      })),
    ).toEqual([
      { name: 'b', primary: 'ks', primaryValue: 0.2, threshold: 0.1 },
      { name: 'a', primary: 'wasserstein', primaryValue: 0.05, threshold: 0.04 },
    ]);
  });

  it('is not confused by a feature named like a property of every object', () => {
    expect(
      verdictsOf([numeric('constructor', 0.2, 0), numeric('__proto__', 0.2, 0)]),
    ).toMatchObject({
      constructor: 'drifted',
    });
  });
});

describe('summariseDrift', () => {
  it('opens with one sentence made from the figures', () => {
    const judged = judgeFeatures(
      [numeric('previous', 0.56, 0), numeric('age', 0.02, 0.2)],
      DEFAULT_DRIFT_POLICY,
    );
    expect(summariseDrift(judged, DEFAULT_DRIFT_POLICY)).toEqual({
      nFeatures: 2,
      nAssessed: 2,
      nDrifted: 1,
      nInconclusive: 0,
      shareDrifted: 0.5,
      isDatasetDrift: true,
      topFeature: 'previous',
      outputs: [],
      sentence:
        '1 of 2 features moved; `previous` moved most, D = 0.560, n = 15,000 / 5,000, p < 1e-300.',
    });
  });

  it('tells predictions and labels apart from the features', () => {
    const judged = judgeFeatures(
      [numeric('age', 0.02, 0.2), numeric('score', 0.3, 0, { role: 'prediction' })],
      DEFAULT_DRIFT_POLICY,
    );
    expect(summariseDrift(judged, DEFAULT_DRIFT_POLICY)).toMatchObject({
      nFeatures: 1,
      nDrifted: 0,
      sentence: 'No drift found in 1 of 1 features. The prediction `score` moved.',
    });
  });

  it('has a sentence for every prediction and label, predictions first', () => {
    const judged = judgeFeatures(
      [
        numeric('age', 0.02, 0.2),
        numeric('outcome', 0.03, 0.4, { role: 'label' }),
        numeric('late', 0.5, 0, { role: 'label', nLive: 3 }),
        numeric('score', 0.3, 0, { role: 'prediction' }),
      ],
      DEFAULT_DRIFT_POLICY,
    );
    expect(summariseDrift(judged, DEFAULT_DRIFT_POLICY).outputs).toEqual([
      {
        name: 'score',
        role: 'prediction',
        verdict: 'drifted',
        sentence:
          'Prediction `score` moved: D = 0.300, n = 15,000 / 5,000, p < 1e-300; threshold 0.1.',
      },
      {
        name: 'outcome',
        role: 'label',
        verdict: 'stable',
        sentence:
          'Label `outcome` did not move past its threshold: D = 0.030, n = 15,000 / 5,000, p = 0.400; threshold 0.1.',
      },
      {
        name: 'late',
        role: 'label',
        verdict: 'notAssessed',
        sentence:
          'Label `late` was not assessed. Too few usable values: 15,000 in the reference and 3 in the live batch; at least 30 on each side are needed.',
      },
    ]);
  });
});
