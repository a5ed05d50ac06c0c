import type {
  FeatureDetail,
  FeaturePicture,
  FeatureStatistics,
} from '../../shared/drift/driftReport';
import type { ColumnProfile } from '../../shared/drift/referenceProfile';

/** What a worker thread hands back for one column. */
export interface ComparedColumn {
  readonly statistics: FeatureStatistics;
  readonly picture: FeaturePicture | null;
  readonly detail: FeatureDetail;
}

/** A reference column that the live batch does not have, or not as the same kind. */
export function unreadableFeature(reference: ColumnProfile, reason: string): ComparedColumn {
  return {
    statistics: { ...emptyStatistics(reference, null), notAssessedReason: reason },
    picture: null,
    detail: EMPTY_DETAIL,
  };
}

export const EMPTY_DETAIL: FeatureDetail = {
  ecdf: { x: [], reference: [], live: [] },
  quantiles: [],
  newCategories: [],
  vanishedCategories: [],
};

/** Counts and shares of both sides, with every statistic still open. */
export function emptyStatistics(
  reference: ColumnProfile,
  live: ColumnProfile | null,
): FeatureStatistics {
  return {
    name: reference.name,
    kind: reference.kind,
    role: reference.role,
    nReference: usable(reference),
    nLive: live === null ? 0 : usable(live),
    missingReference: shareMissing(reference),
    missingLive: live === null ? 1 : shareMissing(live),
    nInfiniteReference: reference.counts.nInfinite,
    nInfiniteLive: live?.counts.nInfinite ?? 0,
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
    variability: reference.variability,
    notAssessedReason: null,
  };
}

function usable({ counts: { nRows, nMissing, nInfinite } }: ColumnProfile): number {
  return nRows - nMissing - nInfinite;
}

function shareMissing({ counts: { nRows, nMissing } }: ColumnProfile): number {
  return nRows === 0 ? 0 : nMissing / nRows;
}
