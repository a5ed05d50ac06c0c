import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import type { DriftComparison } from './channels';
import { DriftPolicy } from './driftPolicy';
import { MultivariateDrift } from './multivariate';
import { DriftSummary, FeatureDrift, type FeatureDrift as Feature } from './driftReport';

const Side = z.strictObject({
  path: z.string(),
  sha256: Sha256Hex,
  rows: z.number().int().nonnegative(),
  columns: z.number().int().nonnegative(),
});

const FEATURE = FeatureDrift.shape;

/** One feature of `assay drift --json`; a statistic that does not apply is left out. */
const JsonFeature = z.strictObject({
  name: FEATURE.name,
  kind: FEATURE.kind,
  role: FEATURE.role,
  nReference: FEATURE.nReference,
  nLive: FEATURE.nLive,
  missingReference: FEATURE.missingReference,
  missingLive: FEATURE.missingLive,
  nInfiniteReference: FEATURE.nInfiniteReference,
  nInfiniteLive: FEATURE.nInfiniteLive,
  missingChange: FEATURE.missingChange.unwrap().optional(),
  ks: FEATURE.ks.unwrap().optional(),
  wasserstein: FEATURE.wasserstein.unwrap().optional(),
  psi: FEATURE.psi.unwrap().optional(),
  jensenShannon: FEATURE.jensenShannon.unwrap().optional(),
  chiSquare: FEATURE.chiSquare.unwrap().optional(),
  totalVariation: FEATURE.totalVariation.unwrap().optional(),
  nNewCategories: FEATURE.nNewCategories,
  nVanishedCategories: FEATURE.nVanishedCategories,
  chanceLimits: FEATURE.chanceLimits.unwrap(),
  variability: FEATURE.variability.unwrap(),
  primary: FEATURE.primary,
  primaryValue: FEATURE.primaryValue,
  threshold: FEATURE.threshold,
  thresholdOrigin: FEATURE.thresholdOrigin.unwrap(),
  adjustedPValue: FEATURE.adjustedPValue,
  verdict: FEATURE.verdict,
  reason: FEATURE.reason,
});

/** What `assay drift --json` prints; `docs/drift-json.schema.json` is made from this. */
export const DriftJson = z.strictObject({
  reference: Side,
  live: Side,
  summary: DriftSummary,
  policy: DriftPolicy,
  features: z.array(JsonFeature),
  /** All features together; only with --multivariate. */
  multivariate: MultivariateDrift.optional(),
  /** Columns of the reference that were not compared, and why. */
  ignored: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
});
export type DriftJson = z.infer<typeof DriftJson>;

/** The text of `docs/drift-json.schema.json`. */
export function driftJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(DriftJson, { target: 'draft-2020-12' }), null, 2)}\n`;
}

/** @param paths the two files as the caller named them */
export function toDriftJson(
  comparison: DriftComparison,
  paths: { readonly reference: string; readonly live: string },
): DriftJson {
  const { summary, policy, features, multivariate, ignored } = comparison;
  const side = (name: 'reference' | 'live'): z.infer<typeof Side> => ({
    path: paths[name],
    sha256: comparison[name].file.sha256,
    rows: comparison[name].nRows,
    columns: comparison[name].nColumns,
  });
  return {
    reference: side('reference'),
    live: side('live'),
    summary,
    policy,
    features: features.map(toJsonFeature),
    multivariate: multivariate ?? undefined,
    ignored: [...ignored],
  };
}

function toJsonFeature(feature: Feature): z.infer<typeof JsonFeature> {
  const { picture: _picture, notAssessedReason: _why, ...figures } = feature;
  const {
    ks,
    wasserstein,
    psi,
    jensenShannon,
    chiSquare,
    totalVariation,
    missingChange,
    ...always
  } = figures;
  return {
    ...always,
    missingChange: missingChange ?? undefined,
    ks: ks ?? undefined,
    wasserstein: wasserstein ?? undefined,
    psi: psi ?? undefined,
    jensenShannon: jensenShannon ?? undefined,
    chiSquare: chiSquare ?? undefined,
    totalVariation: totalVariation ?? undefined,
  };
}
