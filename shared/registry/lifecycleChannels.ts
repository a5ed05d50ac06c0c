import { z } from 'zod';
import { Signature } from '../audit/signature';
import { ModelId, ModelVersionId, PersonId, PromotionRequestId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { GateFinding, LifecyclePolicy, PromotionStage, Reason, StepKind } from './lifecycle';
import { Stage } from './model';

const VersionNumber = z.number().int().positive();

/** A version by what people call it. */
const VersionRef = z.strictObject({ versionId: ModelVersionId, version: VersionNumber });
export type VersionRef = z.infer<typeof VersionRef>;

/** One step of one version from stage to stage; it never changes. */
export const StageChange = VersionRef.extend({
  ordinal: z.number().int().positive(),
  fromStage: Stage,
  toStage: Stage,
  kind: StepKind,
  requestId: PromotionRequestId.nullable(),
  atUtc: UtcInstant,
  /** Printed name. */
  changedBy: z.string(),
  reason: z.string(),
});
export type StageChange = z.infer<typeof StageChange>;

/** Somebody asked to bring a version to a stage. */
export const PromotionRequest = VersionRef.extend({
  id: PromotionRequestId,
  modelId: ModelId,
  toStage: PromotionStage,
  reason: z.string(),
  requestedById: PersonId,
  requestedBy: z.string(),
  requestedAtUtc: UtcInstant,
  /** Null while it is open. */
  outcome: z.enum(['promoted', 'rejected', 'withdrawn']).nullable(),
  closedBy: z.string().nullable(),
  closedAtUtc: UtcInstant.nullable(),
});
export type PromotionRequest = z.infer<typeof PromotionRequest>;

const AliasChange = z.strictObject({
  ordinal: z.number().int().positive(),
  alias: z.string(),
  /** Null: the alias was taken away. */
  version: VersionNumber.nullable(),
  versionId: ModelVersionId.nullable(),
  atUtc: UtcInstant,
  changedBy: z.string(),
  reason: z.string(),
});
export type AliasChange = z.infer<typeof AliasChange>;

/** Where a version stands, and what its next stage needs. */
const VersionLifecycle = z.strictObject({
  stage: Stage,
  /** The stage that the gates below stand before; null where no promotion leads on. */
  toStage: PromotionStage.nullable(),
  gates: z.array(GateFinding).readonly(),
  policyRevision: z.number().int().nonnegative(),
  request: PromotionRequest.nullable(),
  /** The version in Production, which a promotion to Production archives; null when none or this one is. */
  replaces: VersionRef.nullable(),
  /** What a rollback of this model would bring back; null unless this version is live. */
  rollbackTo: VersionRef.nullable(),
});
export type VersionLifecycle = z.infer<typeof VersionLifecycle>;

const LifecyclePolicyRevision = z.strictObject({
  /** 0 for the default policy. */
  revision: z.number().int().nonnegative(),
  policy: LifecyclePolicy,
  reason: z.string(),
  setAtUtc: UtcInstant.nullable(),
  setBy: z.string().nullable(),
});
export type LifecyclePolicyRevision = z.infer<typeof LifecyclePolicyRevision>;

const Approval = Signature.pick({
  printedName: true,
  meaning: true,
  reason: true,
  signedAtUtc: true,
});

/** Which version was live at an instant, since when, who decided and why. */
const LiveAnswer = z.strictObject({
  atUtc: UtcInstant,
  /** Null: none was live then. */
  live: z
    .strictObject({
      change: StageChange,
      /** Null: it is live still. */
      untilUtc: UtcInstant.nullable(),
      request: PromotionRequest.nullable(),
      signatures: z.array(Approval).readonly(),
    })
    .nullable(),
});
export type LiveAnswer = z.infer<typeof LiveAnswer>;

const ModelHistory = z.strictObject({
  changes: z.array(StageChange).readonly(),
  requests: z.array(PromotionRequest).readonly(),
  aliases: z.array(AliasChange).readonly(),
});
export type ModelHistory = z.infer<typeof ModelHistory>;

/** A name that stands for one version; the words that name versions otherwise are not free. */
export const Alias = z
  .string()
  .trim()
  .regex(/^(?!latest$|v?\d+$)[a-z][a-z0-9_.-]{0,59}$/iu);

export const lifecycleChannels = {
  'registry.getLifecycle': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: VersionLifecycle,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Asks to bring a version to its next stage. CONFLICT: no such step, or asked for already. */
  'registry.requestPromotion': channel({
    input: z.strictObject({ versionId: ModelVersionId, toStage: PromotionStage, reason: Reason }),
    output: VersionLifecycle,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Takes a request back. CONFLICT: it is closed already. */
  'registry.withdrawPromotion': channel({
    input: z.strictObject({ requestId: PromotionRequestId, reason: Reason }),
    output: VersionLifecycle,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Brings the version of a request to its stage. CONFLICT: a gate is closed (`gates`), or the request is. */
  'registry.promote': channel({
    input: z.strictObject({ requestId: PromotionRequestId, reason: Reason }),
    output: VersionLifecycle,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Brings back the version that was live before. CONFLICT: none was, or another one is live by now. */
  'registry.rollBack': channel({
    input: z.strictObject({
      modelId: ModelId,
      /** The version that the person saw in Production; null when they saw none. */
      liveVersionId: ModelVersionId.nullable(),
      reason: Reason,
    }),
    output: StageChange,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  'registry.archiveVersion': channel({
    input: z.strictObject({ versionId: ModelVersionId, reason: Reason }),
    output: VersionLifecycle,
    allow: ['manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  'registry.getLifecyclePolicy': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: LifecyclePolicyRevision,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Sets the gates of a model. CONFLICT carries the `current` policy. */
  'registry.setLifecyclePolicy': channel({
    input: z.strictObject({
      modelId: ModelId,
      policy: LifecyclePolicy,
      reason: Reason,
      revision: z.number().int().nonnegative(),
    }),
    output: LifecyclePolicyRevision,
    allow: ['manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Lets an alias stand for a version, or for none. */
  'registry.setAlias': channel({
    input: z.strictObject({
      modelId: ModelId,
      alias: Alias,
      versionId: ModelVersionId.nullable(),
      reason: Reason,
    }),
    output: z.array(AliasChange).readonly(),
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Every step, request and change of alias of a model, oldest first. */
  'registry.history': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: ModelHistory,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  'registry.liveAt': channel({
    input: z.strictObject({ modelId: ModelId, atUtc: UtcInstant }),
    output: LiveAnswer,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
} as const;
