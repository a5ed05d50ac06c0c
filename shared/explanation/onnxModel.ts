import { z } from 'zod';
import { FileFingerprint } from '../base/files';

const Name = z.string().min(1).max(1024);

/** How a feature enters a model. */
export const FEATURE_TYPES = ['number', 'integer', 'boolean', 'text'] as const;
export const FeatureType = z.enum(FEATURE_TYPES);
export type FeatureType = z.infer<typeof FeatureType>;

export const ModelFeature = z.strictObject({ name: Name, type: FeatureType });
export type ModelFeature = z.infer<typeof ModelFeature>;

/** What the file itself says about how features act; decides which way of computing is exact. */
export const MODEL_STRUCTURES = [
  'additive',
  'additiveLogit',
  'trees',
  'treesLogit',
  'other',
] as const;
const ModelStructure = z.enum(MODEL_STRUCTURES);
export type ModelStructure = z.infer<typeof ModelStructure>;

/** One figure that a model answers per case. */
export const ModelOutput = z.strictObject({
  name: Name,
  /** Which of its columns, from 0. */
  column: z.number().int().nonnegative(),
});
export type ModelOutput = z.infer<typeof ModelOutput>;

/** What an ONNX file says about itself. */
export const OnnxFacts = z.strictObject({
  file: FileFingerprint,
  producer: z.string(),
  irVersion: z.number().int(),
  /** Operator sets, e.g. `ai.onnx 17`. */
  opsets: z.array(z.string()).readonly(),
  nNodes: z.number().int().nonnegative(),
  /** Distinct operators, in the order of their names. */
  operators: z.array(z.string()).readonly(),
  features: z.array(ModelFeature).min(1).readonly(),
  /** Outputs that are tensors of numbers. */
  outputs: z.array(Name).min(1).readonly(),
  structure: ModelStructure,
  /** The output that the structure speaks of; null with `other`. */
  structureOutput: Name.nullable(),
});
export type OnnxFacts = z.infer<typeof OnnxFacts>;

/** Largest ONNX file that is read; models of tables are far smaller. */
export const MAX_MODEL_BYTES = 256 * 1024 * 1024;
export const MAX_MODEL_FEATURES = 500;

const NUMBER_TYPE = /int|float|double|decimal|number|numeric|long|real/iu;
const TEXT_TYPE = /char|string|utf8|text|object|dictionary|enum/iu;

/**
 * Why a model does not fit the inputs that its version declares; null when it does, or the version declares none.
 *
 * @param schema inputs of the version: name and type as its author wrote them
 */
export function schemaMismatch(
  features: readonly ModelFeature[],
  schema: readonly { readonly name: string; readonly type: string }[],
): string | null {
  if (schema.length === 0) return null;
  const typeOf = new Map(schema.map(({ name, type }) => [name, type]));
  for (const { name, type } of features) {
    const declared = typeOf.get(name);
    if (declared === undefined)
      return `it takes an input \`${name}\`, which is not among the ${schema.length} inputs that the version declares.`;
    const [isNumber, isText] = [NUMBER_TYPE.test(declared), TEXT_TYPE.test(declared)];
    if (type === 'text' ? isNumber && !isText : isText && !isNumber)
      return `it takes \`${name}\` as ${type === 'text' ? 'text' : 'a number'}, while the version declares ${declared}.`;
  }
  return null;
}
