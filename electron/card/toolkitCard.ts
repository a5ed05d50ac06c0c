import { z } from 'zod';
import {
  emptyCard,
  type CardContent,
  type CardDataset,
  type CardFigure,
} from '../../shared/card/cardContent';
import { carriedFor, compact, withCarried } from './carriedParts';

const Text = z.string().max(50_000);
const Graphics = z.looseObject({});
const List = <T extends z.ZodType>(item: T) => z.array(item).max(200);
const Described = List(z.looseObject({ description: Text.optional() }));

/**
 * A card of Google's Model Card Toolkit, schema v0.0.2.
 *
 * Objects inside may hold more than the schema names; the outermost may not, as the schema says.
 *
 * @source github.com/tensorflow/model-card-toolkit, model_card_toolkit/schema/v0.0.2. Two published forms of
 *   a metric's value exist (number, text); both are read, and text is written.
 */
export const ToolkitCard = z.strictObject({
  schema_version: z.string().max(50).optional(),
  model_details: z
    .looseObject({
      name: Text.optional(),
      overview: Text.optional(),
      documentation: Text.optional(),
      owners: List(z.looseObject({ name: Text.optional(), contact: Text.optional() })).optional(),
      version: z
        .looseObject({ name: Text.optional(), date: Text.optional(), diff: Text.optional() })
        .optional(),
      licenses: List(
        z.looseObject({ identifier: Text.optional(), custom_text: Text.optional() }),
      ).optional(),
      references: List(z.looseObject({ reference: Text.optional() })).optional(),
      citations: List(
        z.looseObject({ style: Text.optional(), citation: Text.optional() }),
      ).optional(),
      path: Text.optional(),
    })
    .optional(),
  model_parameters: z
    .looseObject({
      model_architecture: Text.optional(),
      data: List(
        z.looseObject({
          name: Text.optional(),
          link: Text.optional(),
          sensitive: z.looseObject({ sensitive_data: List(Text).optional() }).optional(),
          graphics: Graphics.optional(),
          description: Text.optional(),
        }),
      ).optional(),
      input_format: Text.optional(),
      output_format: Text.optional(),
    })
    .optional(),
  quantitative_analysis: z
    .looseObject({
      performance_metrics: z
        .array(
          z.looseObject({
            type: Text.optional(),
            value: z.union([z.string().max(200), z.number()]).optional(),
            slice: Text.optional(),
            confidence_interval: z
              .looseObject({
                lower_bound: z.union([z.string().max(200), z.number()]).optional(),
                upper_bound: z.union([z.string().max(200), z.number()]).optional(),
              })
              .optional(),
          }),
        )
        .max(500)
        .optional(),
      graphics: Graphics.optional(),
    })
    .optional(),
  considerations: z
    .looseObject({
      users: Described.optional(),
      use_cases: Described.optional(),
      limitations: Described.optional(),
      tradeoffs: Described.optional(),
      ethical_considerations: List(
        z.looseObject({ name: Text.optional(), mitigation_strategy: Text.optional() }),
      ).optional(),
    })
    .optional(),
});
export type ToolkitCard = z.infer<typeof ToolkitCard>;

/** What a file calls the model that it is about. */
export interface CardIdentity {
  readonly modelName: string;
  readonly versionName: string;
  /** Day of the version; null where it is not known. */
  readonly date: string | null;
}

/** The Toolkit's card as ours; what has no field here is carried along. */
export function fromToolkit(card: ToolkitCard): CardContent {
  const details = card.model_details ?? {};
  const parameters = card.model_parameters ?? {};
  const analysis = card.quantitative_analysis ?? {};
  const considerations = card.considerations ?? {};
  const { overview, documentation, owners, version, licenses, references, citations, ...other } =
    details;
  const { model_architecture, data, input_format, output_format, ...otherParameters } = parameters;
  const { performance_metrics, ...otherAnalysis } = analysis;
  const { name: _name, ...otherDetails } = other;
  const { users, use_cases, limitations, tradeoffs, ethical_considerations, ...more } =
    considerations;
  return {
    ...emptyCard(),
    overview: overview ?? '',
    documentation: documentation ?? '',
    owners: (owners ?? []).map(({ name = '', contact = '' }) => ({ name, contact })),
    versionNotes: version?.diff ?? '',
    licences: (licenses ?? []).map(({ identifier = '', custom_text = '' }) => ({
      identifier,
      text: custom_text,
      link: '',
    })),
    references: texts((references ?? []).map(({ reference }) => reference)),
    citations: (citations ?? []).flatMap(({ style = '', citation = '' }) =>
      citation === '' ? [] : [{ style, text: citation }],
    ),
    architecture: model_architecture ?? '',
    inputs: input_format ?? '',
    outputs: output_format ?? '',
    datasets: (data ?? []).map(fromDataset),
    figures: (performance_metrics ?? []).map(fromMetric),
    users: texts((users ?? []).map(({ description }) => description)),
    useCases: texts((use_cases ?? []).map(({ description }) => description)),
    limitations: texts((limitations ?? []).map(({ description }) => description)),
    tradeoffs: texts((tradeoffs ?? []).map(({ description }) => description)),
    risks: (ethical_considerations ?? []).flatMap(({ name = '', mitigation_strategy = '' }) =>
      name === '' ? [] : [{ name, mitigation: mitigation_strategy }],
    ),
    carried: carriedFor('modelCardToolkit', {
      model_details: otherDetails,
      model_parameters: otherParameters,
      quantitative_analysis: otherAnalysis,
      considerations: more,
    }),
  };
}

/** Our card in the Toolkit's schema; fields that it does not have are left out. */
export function toToolkit(content: CardContent, identity: CardIdentity): ToolkitCard {
  const described = (all: readonly string[]) => all.map((description) => ({ description }));
  const card = {
    schema_version: '0.0.2',
    model_details: {
      name: identity.modelName,
      overview: content.overview,
      documentation: content.documentation,
      owners: content.owners,
      version: { name: identity.versionName, date: identity.date, diff: content.versionNotes },
      licenses: content.licences.map(({ identifier, text, link }) =>
        identifier === '' ? { custom_text: text === '' ? link : text } : { identifier },
      ),
      references: content.references.map((reference) => ({ reference })),
      citations: content.citations.map(({ style, text }) => ({ style, citation: text })),
    },
    model_parameters: {
      model_architecture: content.architecture,
      data: content.datasets.map(toDataset),
      input_format: content.inputs,
      output_format: content.outputs,
    },
    quantitative_analysis: { performance_metrics: content.figures.map(toMetric) },
    considerations: {
      users: described(content.users),
      use_cases: described(content.useCases),
      limitations: described(content.limitations),
      tradeoffs: described(content.tradeoffs),
      ethical_considerations: content.risks.map(({ name, mitigation }) => ({
        name,
        mitigation_strategy: mitigation,
      })),
    },
  };
  return ToolkitCard.parse(compact(withCarried(card, content, 'modelCardToolkit')));
}

type ToolkitDataset = NonNullable<NonNullable<ToolkitCard['model_parameters']>['data']>[number];

function fromDataset(dataset: ToolkitDataset): CardDataset {
  const { name = '', link = '', description = '', sensitive, ...other } = dataset;
  const { sensitive_data = [] } = sensitive ?? {};
  return {
    name,
    role: /\b(eval|evaluation|test|testing|validation|hold-?out)\b/iu.test(`${name} ${description}`)
      ? 'evaluation'
      : 'training',
    description,
    link,
    digest: '',
    sensitive: texts(sensitive_data),
    carried: Object.keys(other).length === 0 ? '' : JSON.stringify(other),
  };
}

function toDataset({ name, link, description, sensitive, carried, digest }: CardDataset): object {
  const other: unknown = carried === '' ? {} : JSON.parse(carried);
  const said =
    digest === '' || description.includes(digest) ? [description] : [description, digest];
  return {
    ...(typeof other === 'object' ? other : {}),
    name,
    link,
    description: said.filter((part) => part !== '').join('\n\n'),
    sensitive: { sensitive_data: sensitive },
  };
}

type ToolkitMetric = NonNullable<
  NonNullable<ToolkitCard['quantitative_analysis']>['performance_metrics']
>[number];

function fromMetric(metric: ToolkitMetric, i: number): CardFigure {
  const { type = '', value = '', slice = '', confidence_interval } = metric;
  return {
    id: `import-${i + 1}`,
    name: type,
    slice,
    value: String(value),
    low: String(confidence_interval?.lower_bound ?? ''),
    high: String(confidence_interval?.upper_bound ?? ''),
    evidence: null,
    asOfUtc: null,
    source: '',
  };
}

function toMetric({ name, value, slice, low, high }: CardFigure): object {
  return {
    type: name,
    value,
    slice,
    confidence_interval: { lower_bound: low, upper_bound: high },
  };
}

function texts(all: readonly (string | undefined)[]): string[] {
  return all.filter((text) => text !== undefined && text !== '').map(String);
}
