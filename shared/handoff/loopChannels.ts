import { z } from 'zod';
import { FileSource } from '../base/files';
import { ModelId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { Reason } from '../registry/lifecycle';
import { ROLES } from '../vault/person';
import { RetrainingPolicy, RetrainingRules } from './retrainingRules';
import { RuleAction } from './ruleAction';

const READ = { allow: ROLES, session: 'unlocked', mutates: false } as const;
const WRITE = { allow: ['analyst', 'manager'], session: 'unlocked', mutates: true } as const;
const Revision = z.number().int().nonnegative();

/** The folder that serving pipelines watch, and what waits to be written there. */
const Outbox = z.strictObject({
  /** 0 until somebody chooses one. */
  revision: Revision,
  /** For people to read; null: none. */
  path: z.string().nullable(),
  setAtUtc: UtcInstant.nullable(),
  setBy: z.string().nullable(),
  nWaiting: z.number().int().nonnegative(),
  nWritten: z.number().int().nonnegative(),
});
export type Outbox = z.infer<typeof Outbox>;

export const loopChannels = {
  /** What broken rules set off, newest first, with what came of it. */
  'handoff.listActions': channel({
    ...READ,
    input: z.strictObject({ modelId: ModelId.nullable() }),
    output: z.array(RuleAction).readonly(),
    errors: [],
  }),
  'handoff.getOutbox': channel({ ...READ, input: z.strictObject({}), output: Outbox, errors: [] }),
  /** Chooses the outbox folder, or none. CONFLICT: somebody was first. */
  'handoff.setOutbox': channel({
    ...WRITE,
    input: z.strictObject({ source: FileSource.nullable(), reason: Reason, revision: Revision }),
    output: Outbox,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Does what is due: actions of rules, retraining rules, manifests that wait. Asked for at every sign-in. */
  'handoff.settle': channel({
    ...READ,
    mutates: true,
    input: z.strictObject({}),
    output: z.strictObject({
      nActed: z.number().int().nonnegative(),
      nFired: z.number().int().nonnegative(),
      nWritten: z.number().int().nonnegative(),
    }),
    errors: [],
  }),
  'handoff.getRules': channel({
    ...READ,
    input: z.strictObject({ modelId: ModelId }),
    output: RetrainingRules,
    errors: ['NOT_FOUND'],
  }),
  /** Says when a model shall be trained anew, with a reason. CONFLICT: somebody was first. */
  'handoff.setRules': channel({
    ...WRITE,
    input: z.strictObject({
      modelId: ModelId,
      policy: RetrainingPolicy,
      reason: Reason,
      revision: Revision,
    }),
    output: RetrainingRules,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
