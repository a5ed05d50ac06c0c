import { z } from 'zod';
import { ModelId, ModelVersionId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { Model, RiskClass, Stage } from './model';

const Count = z.number().int().nonnegative();
const SearchText = z.string().max(200);
/** A part of a list, so that no answer grows with the workspace. */
const Page = { offset: Count, limit: z.number().int().min(1).max(200) };

/** A risk class, or that nobody assessed it yet. */
export const RiskChoice = z.union([RiskClass, z.literal('notAssessed')]);
export type RiskChoice = z.infer<typeof RiskChoice>;

export const ModelFilters = z.strictObject({
  /** Any of these; empty: whoever it is. */
  owners: z.array(z.string().max(120)).max(100).readonly(),
  /** Any of these; empty: all. */
  riskClasses: z.array(RiskChoice).max(10).readonly(),
  /** All of these, whatever the letter case. */
  tags: z.array(z.string().max(60)).max(50).readonly(),
  /** Null: both. */
  hasOpenAlert: z.boolean().nullable(),
  /** A version of it stands there; null: wherever. */
  stage: Stage.nullable(),
});
export type ModelFilters = z.infer<typeof ModelFilters>;

/** Lets every model pass. */
export const NO_FILTERS: z.input<typeof ModelFilters> = {
  owners: [],
  riskClasses: [],
  tags: [],
  hasOpenAlert: null,
  stage: null,
};

export const MODEL_SORT_KEYS = [
  'name',
  'owner',
  'alerts',
  'versions',
  'batches',
  'lastBatch',
  /** Open alerts first, then the latest batch: what asks for a person. */
  'attention',
] as const;

export const ModelSort = z.strictObject({
  key: z.enum(MODEL_SORT_KEYS),
  direction: z.enum(['ascending', 'descending']),
});
export type ModelSort = z.infer<typeof ModelSort>;

const ModelQuery = { text: SearchText, filters: ModelFilters };

const ModelSearch = z.strictObject({ ...ModelQuery, sort: ModelSort, ...Page });

/** The query for the first models by name that hold a text; an empty one is in all of them. */
export function modelsByName(text: string, limit: number, offset = 0): z.input<typeof ModelSearch> {
  return {
    text,
    filters: NO_FILTERS,
    sort: { key: 'name', direction: 'ascending' },
    offset,
    limit,
  };
}

const ModelPage = z.strictObject({
  /** Of the whole workspace. */
  nTotal: Count,
  /** Of the whole workspace, with an alert that nobody acknowledged. */
  nAlerting: Count,
  /** Of the whole workspace, with at least one live batch. */
  nMonitored: Count,
  /** Live batches of the whole workspace. */
  nBatches: Count,
  nMatching: Count,
  models: z.array(Model).readonly(),
});
export type ModelPage = z.infer<typeof ModelPage>;

const Choice = z.strictObject({ value: z.string(), n: Count });
/** A value to filter by, and how many records would be left. */
export type Choice = z.infer<typeof Choice>;
const Choices = z.array(Choice).readonly();

const ModelChoices = z.strictObject({
  /** Most models first; at most 200, the others are found by text. */
  owners: Choices,
  riskClasses: Choices,
  tags: Choices,
  stages: Choices,
  nAlerting: Count,
});
export type ModelChoices = z.infer<typeof ModelChoices>;

/** What lists show of a version, without its whole snapshot. */
export const VersionSummary = z.strictObject({
  id: ModelVersionId,
  modelId: ModelId,
  modelName: z.string(),
  version: z.number().int().positive(),
  description: z.string(),
  /** The first few. */
  metrics: z.array(z.strictObject({ name: z.string(), value: z.number() })).readonly(),
  nMetrics: Count,
  stage: Stage,
  aliases: z.array(z.string()).readonly(),
  tags: z.array(z.string()).readonly(),
  /** When its author signed it. */
  registeredAtUtc: UtcInstant,
  /** Printed name of the author. */
  registeredBy: z.string(),
  hasReference: z.boolean(),
});
export type VersionSummary = z.infer<typeof VersionSummary>;

const VersionPage = z.strictObject({
  /** That match. */
  nTotal: Count,
  versions: z.array(VersionSummary).readonly(),
});
export type VersionPage = z.infer<typeof VersionPage>;

const VersionChoices = z.strictObject({
  stages: Choices,
  aliases: Choices,
  tags: Choices,
});
export type VersionChoices = z.infer<typeof VersionChoices>;

export const listChannels = {
  /** Models whose name, owner, purpose or tags hold the text, whatever the letter case. */
  'registry.searchModels': channel({
    input: ModelSearch,
    output: ModelPage,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** What the models can be narrowed down to, with counts; each filter leaves its own choices open. */
  'registry.modelChoices': channel({
    input: z.strictObject(ModelQuery),
    output: ModelChoices,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Versions whose number, description, tags or aliases hold the text, whatever the letter case. */
  'registry.searchVersions': channel({
    input: z.strictObject({
      /** Null: of all models; then the model's name is searched, too. */
      modelId: ModelId.nullable(),
      text: SearchText,
      stage: Stage.nullable(),
      alias: z.string().max(250).nullable(),
      tag: z.string().max(60).nullable(),
      hasReference: z.boolean().nullable(),
      sort: z.enum(['newest', 'oldest']),
      ...Page,
    }),
    output: VersionPage,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** What the versions of a model can be narrowed down to, with counts. */
  'registry.versionChoices': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: VersionChoices,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
} as const;
