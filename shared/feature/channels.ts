import { z } from 'zod';
import { FileFingerprint, FileSource } from '../base/files';
import { FeatureId, StageId } from '../base/ids';
import { channel } from '../ipc/channel';
import { Reason } from '../registry/lifecycle';
import { ROLES } from '../vault/person';
import { Feature, FeatureDefinition, FeatureHead, FeatureName, Sensitivity } from './feature';

const Count = z.number().int().nonnegative();

const FeaturePage = z.strictObject({
  /** Of the whole catalogue. */
  nTotal: Count,
  nNotAssessed: Count,
  /** Personal data, special categories, convictions. */
  nPersonal: Count,
  nMatching: Count,
  /** By name. */
  features: z.array(FeatureHead).readonly(),
});
export type FeaturePage = z.infer<typeof FeaturePage>;

/** A feature found in a file, before anything is recorded. */
const FoundFeature = z.strictObject({
  name: FeatureName,
  definition: FeatureDefinition,
  /** What it seems to say about people; null without a hint. */
  proposal: z
    .strictObject({ sensitivity: Sensitivity.exclude(['notAssessed']), reason: z.string() })
    .nullable(),
  /** Is in the catalogue already, and stays as it is there. */
  isKnown: z.boolean(),
});
export type FoundFeature = z.infer<typeof FoundFeature>;

const StagedFeatures = z.strictObject({
  stageId: StageId,
  file: FileFingerprint,
  origin: z.enum(['table', 'feast']),
  features: z.array(FoundFeature).readonly(),
  warnings: z.array(z.string()).readonly(),
});
export type StagedFeatures = z.infer<typeof StagedFeatures>;

export const featureChannels = {
  /** Features whose name, description, owner, source or tags hold the text, whatever the letter case. */
  'feature.search': channel({
    input: z.strictObject({
      text: z.string().max(200),
      /** Null: any. */
      sensitivity: Sensitivity.nullable(),
      offset: Count,
      limit: z.number().int().min(1).max(200),
    }),
    output: FeaturePage,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  'feature.get': channel({
    input: z.strictObject({ featureId: FeatureId }),
    output: Feature,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Adds a feature to the catalogue. CONFLICT: one of that name is there. */
  'feature.define': channel({
    input: z.strictObject({ name: FeatureName, definition: FeatureDefinition, reason: Reason }),
    output: Feature,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['CONFLICT'],
  }),
  /** Changes what is said about a feature, as a new revision. CONFLICT carries the `current` feature. */
  'feature.revise': channel({
    input: z.strictObject({
      featureId: FeatureId,
      revision: z.number().int().positive(),
      definition: FeatureDefinition,
      reason: Reason,
    }),
    output: Feature,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Reads the features of a data file or of a Feast registry dump; nothing is recorded. */
  'feature.inspectImport': channel({
    input: z.strictObject({ source: FileSource }),
    output: StagedFeatures,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Adds features that were read, with the sensitivity that the person chose for each. */
  'feature.import': channel({
    input: z.strictObject({
      stageId: StageId,
      chosen: z
        .array(z.strictObject({ name: FeatureName, sensitivity: Sensitivity }))
        .min(1)
        .max(5000)
        .readonly(),
      reason: Reason,
    }),
    output: z.strictObject({ nAdded: Count }),
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
} as const;
