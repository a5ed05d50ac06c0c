import { describe, expect, it } from 'vitest';
import { DEFAULT_DRIFT_POLICY, DriftPolicy } from '../../shared/drift/driftPolicy';
import {
  draftOf,
  policyChanges,
  policyOf,
  problemsWithPolicy,
} from '../../renderer/drift/policyDraft';
import { policySentences, rowsForChance } from '../../renderer/drift/policySentences';

const OWN_RULES: DriftPolicy = {
  ...DEFAULT_DRIFT_POLICY,
  overrides: { age: { threshold: 0.2 }, job: { method: 'totalVariation' } },
};

describe('a policy draft', () => {
  it('gives back the policy that it was made of', () => {
    for (const policy of [DEFAULT_DRIFT_POLICY, OWN_RULES]) {
      expect(policyOf(draftOf(policy))).toEqual(policy);
      expect(DriftPolicy.parse(policyOf(draftOf(policy)))).toEqual(policy);
    }
  });

  it('names the fields that cannot be recorded and gives no policy then', () => {
    const draft = { ...draftOf(DEFAULT_DRIFT_POLICY), threshold: '', alpha: 1, minValues: 30.5 };
    expect(Object.keys(problemsWithPolicy(draft).fields)).toEqual([
      'threshold',
      'alpha',
      'minValues',
    ]);
    expect(policyOf(draft)).toBeNull();
  });

  it('refuses a feature twice, none, and a rule that changes nothing', () => {
    const draft = {
      ...draftOf(DEFAULT_DRIFT_POLICY),
      overrides: [
        { id: 1, feature: 'age', method: 'psi', threshold: '', thresholdFrom: '' },
        { id: 2, feature: 'age', method: '', threshold: 0.2, thresholdFrom: '' },
        { id: 3, feature: '', method: 'psi', threshold: '', thresholdFrom: '' },
        { id: 4, feature: 'day', method: '', threshold: '', thresholdFrom: '' },
        { id: 5, feature: 'job', method: '', threshold: 0, thresholdFrom: '' },
      ],
    } as const;
    expect([...problemsWithPolicy(draft).overrides]).toEqual([
      [1, 'This feature appears twice.'],
      [2, 'This feature appears twice.'],
      [3, 'Choose a feature.'],
      [4, 'Give another method, another threshold, or both.'],
      [5, 'A threshold above 0, up to 1,000.'],
    ]);
  });
});

describe('policyChanges', () => {
  it('is empty when nothing changed', () => {
    expect(policyChanges(OWN_RULES, OWN_RULES)).toEqual([]);
  });

  it('names old and new, also of single features', () => {
    const after: DriftPolicy = {
      ...OWN_RULES,
      threshold: 0.15,
      overrides: { age: { threshold: 0.3 } },
    };
    expect(policyChanges(OWN_RULES, after)).toEqual([
      'Threshold: 0.1 → 0.15',
      'age: 0.2 → 0.3',
      'job: totalVariation → as the policy',
    ]);
  });
});

describe('rowsForChance', () => {
  it('is about 370 rows a side for the default threshold', () => {
    expect(rowsForChance(0.1, 0.05)).toBe(369);
  });
});

describe('policySentences', () => {
  it('says what the default asks for', () => {
    expect(policySentences(DEFAULT_DRIFT_POLICY)).toEqual([
      'A feature is past its threshold when Kolmogorov-Smirnov D (numbers and dates) or Jensen-Shannon distance (categories) is above 0.1.',
      'It counts as drifted when, besides, its p-value is at most 0.05 after the Benjamini-Hochberg correction over the features of the report; otherwise it is inconclusive.',
      'Fewer than 30 usable values on a side: not assessed. From 50.0 % of its assessed features on, the whole batch counts as drifted.',
    ]);
  });

  it('does not promise significance when the threshold alone decides', () => {
    const [, rule] = policySentences({ ...DEFAULT_DRIFT_POLICY, rule: 'source' });
    expect(rule).toBe('That alone makes it drifted: chance is not considered.');
  });
});
