import { z } from 'zod';
import { ReasonText } from '../base/text';
import { ROLES } from '../vault/person';
import type { Stage } from './model';

/** Stages that a version reaches by a promotion through gates. */
export const PROMOTION_STAGES = ['Staging', 'Production'] as const;
export const PromotionStage = z.enum(PROMOTION_STAGES);
export type PromotionStage = z.infer<typeof PromotionStage>;

export const STEP_KINDS = ['promotion', 'rollback', 'archiving'] as const;
export const StepKind = z.enum(STEP_KINDS);
export type StepKind = z.infer<typeof StepKind>;

/** Why somebody did something; it goes on record. */
export const Reason = z.string().trim().min(1).max(2000).pipe(ReasonText);

/** Every step that exists. Nothing comes back from Archived but through the gates or by a rollback. */
const STEPS: Readonly<Record<Stage, Readonly<Partial<Record<Stage, readonly StepKind[]>>>>> = {
  None: { Staging: ['promotion'], Archived: ['archiving'] },
  Staging: { Production: ['promotion'], Archived: ['archiving'] },
  Production: { Archived: ['archiving', 'promotion', 'rollback'] },
  Archived: { Staging: ['promotion'], Production: ['rollback'] },
};

/**
 * Whether a version may go from one stage to another in this way.
 *
 * A promotion or rollback moves two versions at once: the one that comes, and the one in Production that it
 * sends to the archive.
 */
export function isStep(from: Stage, to: Stage, kind: StepKind): boolean {
  return STEPS[from][to]?.includes(kind) ?? false;
}

/** The stage that a promotion leads to from here; null where none does. */
export function nextStage(stage: Stage): PromotionStage | null {
  return PROMOTION_STAGES.find((to) => isStep(stage, to, 'promotion')) ?? null;
}

const Count = z.number().int().min(1).max(20);

/** One condition before a stage, as data. */
export const Gate = z.discriminatedUnion('kind', [
  /** At least one metric is on record. */
  z.strictObject({ kind: z.literal('evaluation') }),
  /** A metric of the snapshot keeps to a bound. */
  z.strictObject({
    kind: z.literal('metric'),
    metric: z.string().trim().min(1).max(250),
    comparison: z.enum(['atLeast', 'atMost']),
    bound: z.number(),
  }),
  /** The training data is named by its digest. */
  z.strictObject({ kind: z.literal('trainingData') }),
  z.strictObject({ kind: z.literal('schema') }),
  /** A manifest of the artefacts is part of the snapshot. */
  z.strictObject({ kind: z.literal('artefacts') }),
  /** The reference profile is frozen, so that drift can be measured. */
  z.strictObject({ kind: z.literal('reference') }),
  /** No alert of this severity or a worse one waits for somebody. */
  z.strictObject({ kind: z.literal('noOpenAlert'), severity: z.enum(['warning', 'critical']) }),
  /** The model's risk class was assessed, and its intended use is written down. */
  z.strictObject({ kind: z.literal('assessed') }),
  /** The version's model card is approved, and none of its figures is stale. */
  z.strictObject({ kind: z.literal('cardApproved') }),
  /** The newest signed verdict of a canary with this candidate says promote, by its newest plan, and somebody else approved it. */
  z.strictObject({ kind: z.literal('canaryVerdict') }),
  /** So many people other than the authors approved the request by their signature. */
  z.strictObject({ kind: z.literal('approvals'), role: z.enum(ROLES).nullable(), n: Count }),
]);
export type Gate = z.infer<typeof Gate>;

/** The gates before each stage; a promotion needs all of them. */
export const LifecyclePolicy = z.strictObject({
  Staging: z.array(Gate).max(50).readonly(),
  Production: z.array(Gate).max(50).readonly(),
});
export type LifecyclePolicy = z.infer<typeof LifecyclePolicy>;

/** Holds for a model until somebody sets another. */
export const DEFAULT_LIFECYCLE_POLICY: LifecyclePolicy = {
  Staging: [{ kind: 'evaluation' }],
  Production: [
    { kind: 'evaluation' },
    { kind: 'reference' },
    { kind: 'noOpenAlert', severity: 'critical' },
    { kind: 'approvals', role: null, n: 1 },
  ],
};

/** How one gate stands for one request. */
export const GateFinding = z.strictObject({
  gate: Gate,
  isMet: z.boolean(),
  /** What was found, in a sentence. */
  finding: z.string(),
});
export type GateFinding = z.infer<typeof GateFinding>;
