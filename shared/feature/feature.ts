import { z } from 'zod';
import { FeatureId, ModelId, ModelVersionId } from '../base/ids';
import { PlainText, ReasonText } from '../base/text';
import { UtcInstant } from '../base/time';
import { Stage } from '../registry/model';

/**
 * What a feature says about people: nothing, personal data (GDPR Art. 4(1)), a special category (Art. 9), or
 * criminal convictions and offences (Art. 10). Only a person says so; until then it is not assessed.
 */
export const SENSITIVITIES = ['notAssessed', 'none', 'personal', 'special', 'criminal'] as const;
export const Sensitivity = z.enum(SENSITIVITIES);
export type Sensitivity = z.infer<typeof Sensitivity>;

/** Lawful bases of GDPR Art. 6(1), letters a to f. */
export const LAWFUL_BASES = [
  'consent',
  'contract',
  'legalObligation',
  'vitalInterests',
  'publicTask',
  'legitimateInterests',
] as const;
export const LawfulBasis = z.enum(LAWFUL_BASES);
export type LawfulBasis = z.infer<typeof LawfulBasis>;

/** Conditions of GDPR Art. 9(2), letters a to j, under which special categories may be processed. */
export const SPECIAL_CONDITIONS = [
  'explicitConsent',
  'employmentLaw',
  'vitalInterests',
  'notForProfitBody',
  'madePublic',
  'legalClaims',
  'substantialPublicInterest',
  'healthCare',
  'publicHealth',
  'research',
] as const;
export const SpecialCondition = z.enum(SPECIAL_CONDITIONS);
export type SpecialCondition = z.infer<typeof SpecialCondition>;

/** What a person can say about the use: nothing needed, asked before, or may object (CCPA: opt out). */
export const CONSENT_RULES = ['none', 'consent', 'optOut'] as const;
export const ConsentRule = z.enum(CONSENT_RULES);
export type ConsentRule = z.infer<typeof ConsentRule>;

export const VALUE_TYPES = ['number', 'category', 'boolean', 'time', 'text', 'other'] as const;
export const ValueType = z.enum(VALUE_TYPES);
export type ValueType = z.infer<typeof ValueType>;

/** What a feature is called in the catalogue; it stays. */
export const FeatureName = z.string().trim().min(1).max(500).pipe(PlainText);
const Line = z.string().trim().max(500);
const Prose = z.string().trim().max(5000);

/** What somebody says about a feature; each change of it is a revision. */
export const FeatureDefinition = z.strictObject({
  valueType: ValueType,
  description: Prose,
  owner: Line,
  /** System, table or file that it comes from. */
  source: Line,
  /** How it is made of the source. */
  transformation: Prose,
  /** Names of columns that hold it, besides its own name. */
  columnNames: z.array(z.string().min(1).max(1024)).max(100).readonly(),
  sensitivity: Sensitivity,
  /** What it is used for. */
  purposes: z.array(z.string().trim().min(1).max(500).pipe(PlainText)).max(50).readonly(),
  /** Null while nobody has said so, and where no personal data are used. */
  lawfulBasis: LawfulBasis.nullable(),
  /** Null unless it is a special category, and while nobody has said so. */
  specialCondition: SpecialCondition.nullable(),
  /** How long it is kept, in days; null while nobody has said so. */
  retentionDays: z.number().int().positive().max(36_525).nullable(),
  consentRule: ConsentRule,
  tags: z.array(z.string().trim().min(1).max(60).pipe(PlainText)).max(50).readonly(),
  /** Not to be used any more. */
  isRetired: z.boolean(),
});
export type FeatureDefinition = z.infer<typeof FeatureDefinition>;

/** A definition that says nothing yet. */
export const EMPTY_DEFINITION: FeatureDefinition = {
  valueType: 'other',
  description: '',
  owner: '',
  source: '',
  transformation: '',
  columnNames: [],
  sensitivity: 'notAssessed',
  purposes: [],
  lawfulBasis: null,
  specialCondition: null,
  retentionDays: null,
  consentRule: 'none',
  tags: [],
  isRetired: false,
};

const Count = z.number().int().nonnegative();

/** What lists show of a feature. */
export const FeatureHead = FeatureDefinition.pick({
  valueType: true,
  description: true,
  owner: true,
  sensitivity: true,
  isRetired: true,
}).extend({
  id: FeatureId,
  name: FeatureName,
  /** From 1. */
  revision: z.number().int().positive(),
  /** Models with a version that takes it in or gives it out. */
  nModels: Count,
  changedAtUtc: UtcInstant,
  changedBy: z.string(),
});
export type FeatureHead = z.infer<typeof FeatureHead>;

const FeatureRevision = z.strictObject({
  revision: z.number().int().positive(),
  definition: FeatureDefinition,
  reason: ReasonText,
  savedAtUtc: UtcInstant,
  savedBy: z.string(),
});
export type FeatureRevision = z.infer<typeof FeatureRevision>;

/** A version whose schema names the feature. */
export const FeatureUse = z.strictObject({
  modelId: ModelId,
  modelName: z.string(),
  versionId: ModelVersionId,
  version: z.number().int().positive(),
  stage: Stage,
  columnName: z.string(),
  direction: z.enum(['input', 'output']),
});
export type FeatureUse = z.infer<typeof FeatureUse>;

export const Feature = z.strictObject({
  id: FeatureId,
  name: FeatureName,
  /** Newest first. */
  revisions: z.array(FeatureRevision).min(1).readonly(),
  /** The newest 500, by model and version. */
  uses: z.array(FeatureUse).readonly(),
  nUses: Count,
});
export type Feature = z.infer<typeof Feature>;
