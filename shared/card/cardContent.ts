import { z } from 'zod';
import { UtcInstant } from '../base/time';
import { EvidenceRef } from './evidence';

/** Markdown. */
const Prose = z.string().max(50_000);
const Line = z.string().max(1000);
const Text = z.string().min(1).max(10_000);
const Texts = z.array(Text).max(200).readonly();
/** Names an item of a list for as long as the card lives. */
export const ItemId = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** A person or a team; one of the two is enough. */
export const CardPerson = z.strictObject({ name: Line, contact: Line });
export type CardPerson = z.infer<typeof CardPerson>;

/** Either an SPDX identifier or a text of its own; the link is for people, never opened. */
export const CardLicence = z.strictObject({
  identifier: Line,
  text: z.string().max(50_000),
  link: Line,
});
export type CardLicence = z.infer<typeof CardLicence>;

export const DATASET_ROLES = ['training', 'evaluation', 'other'] as const;
export const CardDataset = z.strictObject({
  name: Line,
  role: z.enum(DATASET_ROLES),
  description: Prose,
  link: Line,
  /** As its source wrote it, e.g. `sha256:…`. */
  digest: Line,
  /** What in it says something sensitive about people. */
  sensitive: Texts,
  /** JSON: what an imported card said of it beyond these; empty otherwise. */
  carried: z.string().max(2_000_000),
});
export type CardDataset = z.infer<typeof CardDataset>;

/** A figure: typed by somebody, or bound to evidence, which then says value, date and source. */
export const CardFigure = z.strictObject({
  id: ItemId,
  name: Line,
  /** Which part of the data it was measured on; empty: all of it. */
  slice: Line,
  value: z.string().max(200),
  low: z.string().max(200),
  high: z.string().max(200),
  evidence: EvidenceRef.nullable(),
  /** When the evidence was made; null where there is none. */
  asOfUtc: UtcInstant.nullable(),
  source: z.string().max(2000),
});
export type CardFigure = z.infer<typeof CardFigure>;

const Count = z.number().int().nonnegative();
/** A share per group: how many of how many. */
export const SliceTable = z.strictObject({
  id: ItemId,
  /** Which share it is, e.g. `Selection rate`. */
  metric: Line,
  /** What tells the groups apart, e.g. `Age band`. */
  attribute: Line,
  /** Name of the group that the others are compared with. */
  referenceGroup: Line,
  /** Where the counts come from. */
  source: Line,
  groups: z
    .array(
      z
        .strictObject({ group: Line, count: Count, n: Count })
        .refine(({ count, n }) => count <= n, 'more cases than there are'),
    )
    .max(200)
    .readonly(),
});
export type SliceTable = z.infer<typeof SliceTable>;

export const CardRisk = z.strictObject({ name: Text, mitigation: z.string().max(10_000) });
export type CardRisk = z.infer<typeof CardRisk>;

const Aspect = z.string().max(10_000);
/** Who could be treated worse, what they gain and lose, and what is done about it. */
export const CardFairness = z.strictObject({
  groupAtRisk: Aspect,
  benefits: Aspect,
  harms: Aspect,
  mitigation: Aspect,
});
export type CardFairness = z.infer<typeof CardFairness>;

export const CardCitation = z.strictObject({ style: Line, text: Text });
export type CardCitation = z.infer<typeof CardCitation>;

export const CARRIED_FORMATS = ['modelCardToolkit', 'huggingFace', 'cyclonedx'] as const;

const listOf = <T extends z.ZodType>(item: T) => z.array(item).max(500).readonly();

/** Everything that a model card says; empty text and empty lists stand for what nobody has said yet. */
export const CardContent = z.strictObject({
  overview: Prose,
  documentation: Prose,
  versionNotes: Prose,
  owners: listOf(CardPerson),
  licences: listOf(CardLicence),
  task: Line,
  architecture: Prose,
  library: Line,
  languages: Texts,
  baseModels: Texts,
  tags: Texts,
  intendedUse: Prose,
  useCases: Texts,
  downstreamUse: Prose,
  outOfScope: Prose,
  users: Texts,
  inputs: Prose,
  outputs: Prose,
  datasets: listOf(CardDataset),
  trainingProcedure: Prose,
  evaluationProcedure: Prose,
  figures: listOf(CardFigure),
  metricChoice: Prose,
  performanceNotes: Prose,
  sliceTables: z.array(SliceTable).max(50).readonly(),
  fairness: listOf(CardFairness),
  fairnessNotes: Prose,
  explainability: Prose,
  limitations: Texts,
  tradeoffs: Texts,
  risks: listOf(CardRisk),
  riskManagement: Prose,
  humanOversight: Prose,
  cybersecurity: Prose,
  environment: Prose,
  monitoringPlan: Prose,
  lifecycleChanges: Prose,
  standards: Texts,
  conformity: Prose,
  contacts: listOf(CardPerson),
  references: Texts,
  citations: listOf(CardCitation),
  moreInformation: Prose,
  /** JSON: what an imported card said that no field here is for, so that it is there when it is exported again. */
  carried: z
    .array(z.strictObject({ format: z.enum(CARRIED_FORMATS), json: z.string().max(4_000_000) }))
    .max(3)
    .readonly(),
});
export type CardContent = z.infer<typeof CardContent>;

/** A card that says nothing yet. */
export function emptyCard(): CardContent {
  const empty = Object.entries(CardContent.shape).map(([key, schema]) => [
    key,
    schema instanceof z.ZodString ? '' : [],
  ]);
  return CardContent.parse(Object.fromEntries(empty));
}
