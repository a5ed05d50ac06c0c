import { z } from 'zod';
import { UtcInstant } from '../base/time';
import { Metric } from '../performance/metric';

const Name = z.string().min(1).max(1024);

/**
 * What a figure of a card can rest on: a stored figure, named so that it can be looked up again.
 *
 * A new kind of evidence is a member here and a source in `electron/card/evidenceSources.ts`.
 */
export const EvidenceRef = z.discriminatedUnion('kind', [
  /** A metric of the version's snapshot; it never changes. */
  z.strictObject({ kind: z.literal('metric'), name: Name }),
  /** The digest of a dataset that the snapshot names. */
  z.strictObject({ kind: z.literal('dataset'), name: Name }),
  /** The frozen reference profile. */
  z.strictObject({ kind: z.literal('reference'), figure: z.enum(['rows', 'digest']) }),
  /** A figure of the newest drift report of the version. */
  z.strictObject({
    kind: z.literal('driftReport'),
    figure: z.enum(['drifted', 'assessed', 'topFeature']),
  }),
  /** The main statistic of one feature in the newest drift report of the version. */
  z.strictObject({ kind: z.literal('driftFeature'), feature: Name }),
  /** A metric of the version's newest measured window, on live data with outcomes. */
  z.strictObject({ kind: z.literal('performance'), metric: Metric }),
  /** The newest signed verdict of a canary in which the version was the candidate. */
  z.strictObject({ kind: z.literal('canaryVerdict'), figure: z.enum(['verdict', 'difference']) }),
  /** Alerts of the model that nobody has acknowledged. */
  z.strictObject({ kind: z.literal('openAlerts') }),
]);
export type EvidenceRef = z.infer<typeof EvidenceRef>;

/** A stored figure as it is at one moment. */
export const EvidenceFound = z.strictObject({
  /** As it is written in a card. */
  value: z.string().max(200),
  /** Ends of its interval; empty where it has none. */
  low: z.string().max(200),
  high: z.string().max(200),
  /** When the evidence itself was made. */
  asOfUtc: UtcInstant,
  /** Where it stands, in words. */
  source: z.string().max(2000),
});
export type EvidenceFound = z.infer<typeof EvidenceFound>;

/** A stored figure that a card can point at. */
export const EvidenceChoice = z.strictObject({
  ref: EvidenceRef,
  /** What it is called in a card unless somebody calls it otherwise. */
  name: z.string().max(500),
  found: EvidenceFound,
});
export type EvidenceChoice = z.infer<typeof EvidenceChoice>;

/** A figure of a card whose evidence says something else by now. */
export const StaleFigure = z.strictObject({
  figureId: z.string(),
  name: z.string(),
  was: z.string(),
  /** What the evidence says now; null when there is none any more. */
  now: EvidenceFound.nullable(),
});
export type StaleFigure = z.infer<typeof StaleFigure>;
