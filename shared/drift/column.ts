import { z } from 'zod';

export const COLUMN_KINDS = ['numeric', 'categorical', 'boolean', 'datetime'] as const;
export const ColumnKind = z.enum(COLUMN_KINDS);
export type ColumnKind = z.infer<typeof ColumnKind>;

/** What a column is for. Drift is computed for features, predictions and labels only. */
export const COLUMN_ROLES = ['feature', 'prediction', 'label', 'id', 'ignored'] as const;
export const ColumnRole = z.enum(COLUMN_ROLES);
export type ColumnRole = z.infer<typeof ColumnRole>;

/** How a column is read. */
export const ColumnSpec = z.strictObject({
  name: z.string().min(1).max(1024),
  kind: ColumnKind,
  role: ColumnRole,
});
export type ColumnSpec = z.infer<typeof ColumnSpec>;

/** A column as it was found in a file, with what Assay takes it for and why. */
export const InspectedColumn = ColumnSpec.extend({
  /** The type in the file, e.g. `DOUBLE`, `Utf8`, `Dictionary<Utf8>`. */
  fileType: z.string(),
  nMissing: z.number().int().nonnegative(),
  /** Distinct values among those looked at; at least this many when `isDistinctCapped`. */
  nDistinct: z.number().int().nonnegative(),
  isDistinctCapped: z.boolean(),
  /** Why this kind and role were proposed, in words. */
  reason: z.string(),
});
export type InspectedColumn = z.infer<typeof InspectedColumn>;

/**
 * Whether a column takes part where all features are looked at together. A date does not: it moves on with every
 * batch, and would tell any batch from its reference alone.
 */
export function isLookedAtTogether({ role, kind }: Pick<ColumnSpec, 'role' | 'kind'>): boolean {
  return role === 'feature' && kind !== 'datetime';
}
