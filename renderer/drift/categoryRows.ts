import type { FeatureDetail, FeaturePicture } from '../../shared/drift/driftReport';

export interface CategoryRow {
  readonly label: string;
  readonly nReference: number;
  readonly nLive: number;
  /** Shares of usable rows, in [0, 1]. */
  readonly reference: number;
  readonly live: number;
  readonly change: 'new' | 'vanished' | null;
}

const OTHER = 'all other categories';

/** The bars of a category picture: counts and shares, with the rest as one bar at the end. */
export function categoryRows(
  picture: Extract<FeaturePicture, { type: 'categories' }>,
  detail: Pick<FeatureDetail, 'newCategories' | 'vanishedCategories'>,
): readonly CategoryRow[] {
  const { labels, reference, live, otherReference, otherLive } = picture;
  const nReference = reference.reduce((sum, count) => sum + count, otherReference);
  const nLive = live.reduce((sum, count) => sum + count, otherLive);
  const isNew = new Set(detail.newCategories);
  const isVanished = new Set(detail.vanishedCategories);
  function row(label: string, fromReference: number, fromLive: number): CategoryRow {
    return {
      label,
      nReference: fromReference,
      nLive: fromLive,
      reference: nReference === 0 ? 0 : fromReference / nReference,
      live: nLive === 0 ? 0 : fromLive / nLive,
      change: isNew.has(label) ? 'new' : isVanished.has(label) ? 'vanished' : null,
    };
  }
  const rows = labels.map((label, i) => row(label, reference[i] ?? 0, live[i] ?? 0));
  const hasOther = otherReference + otherLive > 0;
  return hasOther ? [...rows, { ...row(OTHER, otherReference, otherLive), change: null }] : rows;
}
