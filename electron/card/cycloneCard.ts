import { z } from 'zod';
import { emptyCard, CardContent, type CardFigure } from '../../shared/card/cardContent';
import type { Pictures } from './cardExport';
import { readBullets, writeBullets } from './bulletList';
import { carriedFor, compact, withCarried } from './carriedParts';

const Text = z.string().max(50_000);
const Texts = z.array(Text).max(200);
const Properties = z
  .array(z.strictObject({ name: Text, value: z.string().max(8_000_000).optional() }))
  .max(1000);

/**
 * The `modelCard` of a CycloneDX component. What we map is spelt out; the rest is carried as it is.
 *
 * @source CycloneDX 1.6 (ECMA-424), definitions/modelCard
 */
export const CycloneModelCard = z.looseObject({
  modelParameters: z
    .looseObject({
      task: Text.optional(),
      modelArchitecture: Text.optional(),
      inputs: z
        .array(z.strictObject({ format: Text.optional() }))
        .max(5000)
        .optional(),
      outputs: z
        .array(z.strictObject({ format: Text.optional() }))
        .max(5000)
        .optional(),
    })
    .optional(),
  quantitativeAnalysis: z
    .looseObject({
      performanceMetrics: z
        .array(
          z.strictObject({
            type: Text.optional(),
            value: z.string().max(200).optional(),
            slice: Text.optional(),
            confidenceInterval: z
              .strictObject({
                lowerBound: z.string().max(200).optional(),
                upperBound: z.string().max(200).optional(),
              })
              .optional(),
          }),
        )
        .max(500)
        .optional(),
    })
    .optional(),
  considerations: z
    .looseObject({
      users: Texts.optional(),
      useCases: Texts.optional(),
      technicalLimitations: Texts.optional(),
      performanceTradeoffs: Texts.optional(),
      ethicalConsiderations: z
        .array(z.strictObject({ name: Text.optional(), mitigationStrategy: Text.optional() }))
        .max(500)
        .optional(),
      fairnessAssessments: z
        .array(
          z.strictObject({
            groupAtRisk: Text.optional(),
            benefits: Text.optional(),
            harms: Text.optional(),
            mitigationStrategy: Text.optional(),
          }),
        )
        .max(500)
        .optional(),
    })
    .optional(),
  properties: Properties.optional(),
});
export type CycloneModelCard = z.infer<typeof CycloneModelCard>;

/** Holds our whole card as JSON, so that nothing is lost between two workspaces. */
const OWN_PROPERTY = 'assay:card';
const PICTURE_PROPERTY = 'assay:card:picture';

/**
 * A CycloneDX model card as ours.
 *
 * One that Assay wrote holds our card as it was; of others every part is mapped or carried along.
 */
export function fromCyclone(card: CycloneModelCard): CardContent {
  const own = ownCard(card);
  if (own !== null) return own;
  const { modelParameters = {}, quantitativeAnalysis = {}, considerations = {}, ...other } = card;
  const { task, modelArchitecture, inputs, outputs, ...otherParameters } = modelParameters;
  const { performanceMetrics, ...otherAnalysis } = quantitativeAnalysis;
  const {
    users,
    useCases,
    technicalLimitations,
    performanceTradeoffs,
    ethicalConsiderations,
    fairnessAssessments,
    ...more
  } = considerations;
  const filled = (all: readonly string[] | undefined): string[] =>
    (all ?? []).filter((text) => text !== '');
  return {
    ...emptyCard(),
    task: (task ?? '').slice(0, 1000),
    architecture: modelArchitecture ?? '',
    inputs: formatLines(inputs),
    outputs: formatLines(outputs),
    figures: (performanceMetrics ?? []).map(fromMetric),
    users: filled(users),
    useCases: filled(useCases),
    limitations: filled(technicalLimitations),
    tradeoffs: filled(performanceTradeoffs),
    risks: (ethicalConsiderations ?? []).flatMap(({ name = '', mitigationStrategy = '' }) =>
      name === '' ? [] : [{ name, mitigation: mitigationStrategy }],
    ),
    fairness: (fairnessAssessments ?? []).map(
      ({ groupAtRisk = '', benefits = '', harms = '', mitigationStrategy = '' }) => ({
        groupAtRisk,
        benefits,
        harms,
        mitigation: mitigationStrategy,
      }),
    ),
    carried: carriedFor('cyclonedx', {
      ...other,
      modelParameters: otherParameters,
      quantitativeAnalysis: otherAnalysis,
      considerations: more,
    }),
  };
}

/** Our card as a CycloneDX model card; what the standard has no place for goes into a property. */
export function toCyclone(content: CardContent): CycloneModelCard {
  const mapped = {
    modelParameters: {
      task: content.task,
      modelArchitecture: content.architecture,
      inputs: lineFormats(content.inputs),
      outputs: lineFormats(content.outputs),
    },
    quantitativeAnalysis: {
      performanceMetrics: content.figures.map(({ name, value, slice, low, high }) => ({
        type: name,
        value,
        slice,
        confidenceInterval: { lowerBound: low, upperBound: high },
      })),
    },
    considerations: {
      users: content.users,
      useCases: content.useCases,
      technicalLimitations: content.limitations,
      performanceTradeoffs: content.tradeoffs,
      ethicalConsiderations: content.risks.map(({ name, mitigation }) => ({
        name,
        mitigationStrategy: mitigation,
      })),
      fairnessAssessments: content.fairness.map(({ mitigation, ...assessment }) => ({
        ...assessment,
        mitigationStrategy: mitigation,
      })),
    },
  };
  return CycloneModelCard.parse(compact(withCarried(mapped, content, 'cyclonedx')));
}

/** {@link toCyclone} with our whole card and its pictures beside it. */
export function toCycloneWithOwn(content: CardContent, pictures: Pictures = {}): CycloneModelCard {
  const { properties = [], ...card } = toCyclone(content);
  const own = [
    { name: OWN_PROPERTY, value: JSON.stringify(content) },
    ...Object.values(pictures).map((value) => ({ name: PICTURE_PROPERTY, value })),
  ];
  const names = own.map(({ name }) => name);
  return {
    ...card,
    properties: [...properties.filter(({ name }) => !names.includes(name)), ...own],
  };
}

function ownCard({ properties = [] }: CycloneModelCard): CardContent | null {
  const text = properties.find(({ name }) => name === OWN_PROPERTY)?.value;
  if (text === undefined) return null;
  try {
    const parsed = CardContent.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

type Metric = NonNullable<
  NonNullable<CycloneModelCard['quantitativeAnalysis']>['performanceMetrics']
>[number];

function fromMetric(metric: Metric, i: number): CardFigure {
  const { type = '', value = '', slice = '', confidenceInterval = {} } = metric;
  return {
    id: `import-${i + 1}`,
    name: type.slice(0, 1000),
    slice: slice.slice(0, 1000),
    value,
    low: confidenceInterval.lowerBound ?? '',
    high: confidenceInterval.upperBound ?? '',
    evidence: null,
    asOfUtc: null,
    source: '',
  };
}

/** One format an item of a list. */
function formatLines(formats: readonly { readonly format?: string | undefined }[] = []): string {
  return writeBullets(formats.flatMap(({ format = '' }) => (format === '' ? [] : [format])));
}

/** A list becomes one format an item; other prose is one format as a whole. */
function lineFormats(prose: string): readonly { readonly format: string }[] {
  if (prose.trim() === '') return [];
  return (readBullets(prose) ?? [prose]).map((format) => ({ format }));
}
