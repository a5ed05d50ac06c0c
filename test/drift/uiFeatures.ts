import type { FeatureDrift } from '../../shared/drift/driftReport';

/** A numeric feature of a report; what is not said is stable and without statistics. */
export function feature(part: Partial<FeatureDrift>): FeatureDrift {
  return {
    name: 'age',
    kind: 'numeric',
    role: 'feature',
    nReference: 15_000,
    nLive: 5000,
    missingReference: 0,
    missingLive: 0,
    nInfiniteReference: 0,
    nInfiniteLive: 0,
    missingChange: null,
    ks: null,
    wasserstein: null,
    psi: null,
    jensenShannon: null,
    chiSquare: null,
    totalVariation: null,
    nNewCategories: 0,
    nVanishedCategories: 0,
    chanceLimits: {},
    variability: null,
    notAssessedReason: null,
    primary: 'ks',
    primaryValue: null,
    threshold: 0.1,
    thresholdOrigin: 'fixed',
    adjustedPValue: null,
    verdict: 'stable',
    reason: 'KS D is not above the threshold.',
    picture: null,
    ...part,
  };
}

export const driftedAge = feature({
  verdict: 'drifted',
  primaryValue: 0.195,
  adjustedPValue: 1e-120,
  ks: {
    d: 0.195,
    pValue: 1e-121,
    log10PValue: -121,
    criticalD: 0.0222,
    atValue: 60,
    dErrorBound: 0,
  },
  wasserstein: { raw: 1.25, normalised: 0.13 },
  psi: 0.21,
  jensenShannon: 0.15,
});
