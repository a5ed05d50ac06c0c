import { z } from 'zod';
import { ModelId, ModelVersionId } from '../base/ids';
import { channel } from '../ipc/channel';
import { Reason } from './lifecycle';
import { Model, ModelFacts, ModelVersion, Tags } from './model';

const Revision = z.number().int().nonnegative();

export const factsChannels = {
  /** Changes what is known about a model, with a reason. CONFLICT when the revision is stale. */
  'registry.updateModel': channel({
    input: z.strictObject({
      modelId: ModelId,
      facts: ModelFacts,
      reason: Reason,
      revision: Revision,
    }),
    output: Model,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Replaces the tags of a version; what it froze stays. CONFLICT when the revision is stale. */
  'registry.setVersionTags': channel({
    input: z.strictObject({ versionId: ModelVersionId, tags: Tags, revision: Revision }),
    output: ModelVersion,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
