import { z } from 'zod';
import { ModelVersionId } from '../base/ids';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { VersionComparison } from './versionComparison';

export const compareChannels = {
  /** What changes from one version to another, also of another model. */
  'registry.compareVersions': channel({
    input: z.strictObject({ leftId: ModelVersionId, rightId: ModelVersionId }),
    output: VersionComparison,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
} as const;
