import { z } from 'zod';
import { EMPTY_DEFINITION, type FeatureDefinition } from '../../shared/feature/feature';

const Word = z.string().max(10_000);
const Tags = z.record(z.string(), z.unknown());
const Field = z.looseObject({
  name: z.string().min(1).max(400),
  valueType: z.union([z.string(), z.number()]).optional(),
  description: Word.optional(),
  tags: Tags.optional(),
});
const View = z.looseObject({
  spec: z.looseObject({
    name: z.string().min(1).max(400),
    features: z.array(Field).max(10_000).optional(),
    description: Word.optional(),
    owner: Word.optional(),
    tags: Tags.optional(),
    batchSource: z.looseObject({ name: Word.optional() }).optional(),
  }),
});
const Views = z.array(View).max(10_000);

/**
 * What `feast registry-dump` prints: a registry as JSON.
 *
 * @source feast.core.Registry (protobuf) as JSON; older versions write snake_case names
 */
const FeastDump = z.looseObject({
  featureViews: Views.optional(),
  feature_views: Views.optional(),
  onDemandFeatureViews: Views.optional(),
  on_demand_feature_views: Views.optional(),
});

export interface FoundDefinition {
  readonly name: string;
  readonly definition: FeatureDefinition;
}

/** Whether a JSON value looks like a registry dump at all. */
export function isFeastDump(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(FeastDump.shape).some((key) => Object.hasOwn(value, key))
  );
}

/**
 * The features of a registry dump. A feature is named `view:feature`, as Feast does it.
 *
 * @throws Error with one line that says which part is not as Feast writes it
 */
export function readFeastDump(value: unknown): readonly FoundDefinition[] {
  const parsed = FeastDump.safeParse(value);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new Error(`"${place}" is not as Feast writes it`);
  }
  const dump = parsed.data;
  const plain = dump.featureViews ?? dump.feature_views ?? [];
  const onDemand = dump.onDemandFeatureViews ?? dump.on_demand_feature_views ?? [];
  return [
    ...plain.flatMap(({ spec }) => definitionsOf(spec, '')),
    ...onDemand.flatMap(({ spec }) =>
      definitionsOf(spec, `Computed on demand by the view ${spec.name} of Feast.`),
    ),
  ];
}

function definitionsOf(
  spec: z.infer<typeof View>['spec'],
  transformation: string,
): FoundDefinition[] {
  const { name: view, owner = '', features = [], batchSource } = spec;
  const source = batchSource?.name ?? `Feast view ${view}`;
  return features.map(({ name, valueType, description = '', tags = {} }) => ({
    name: `${view}:${name}`,
    definition: {
      ...EMPTY_DEFINITION,
      valueType: valueTypeOf(valueType),
      description: description.slice(0, 5000),
      owner: owner.slice(0, 500),
      source: source.slice(0, 500),
      transformation,
      columnNames: [name],
      tags: Object.keys({ ...spec.tags, ...tags })
        .map((tag) => tag.trim().slice(0, 60))
        .filter((tag) => tag !== '')
        .slice(0, 50),
    },
  }));
}

/** Numbers of `feast.types.ValueType.Enum` beside their names. */
const TYPES: Readonly<Record<string, FeatureDefinition['valueType']>> = {
  STRING: 'text',
  2: 'text',
  INT32: 'number',
  3: 'number',
  INT64: 'number',
  4: 'number',
  DOUBLE: 'number',
  5: 'number',
  FLOAT: 'number',
  6: 'number',
  BOOL: 'boolean',
  7: 'boolean',
  UNIX_TIMESTAMP: 'time',
  8: 'time',
};

function valueTypeOf(type: string | number | undefined): FeatureDefinition['valueType'] {
  return TYPES[String(type ?? '').toUpperCase()] ?? 'other';
}
