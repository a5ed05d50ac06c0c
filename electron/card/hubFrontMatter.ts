import { CORE_SCHEMA, dump, load } from 'js-yaml';
import { z } from 'zod';
import { emptyCard, type CardContent, type CardFigure } from '../../shared/card/cardContent';
import { carriedFor, carriedOf, compact } from './carriedParts';

const Word = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Words = z
  .union([Word, z.array(Word)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

const HubMetric = z.looseObject({
  type: z.string(),
  value: z.unknown(),
  name: z.string().optional(),
});
const HubResult = z.looseObject({
  task: z.looseObject({ type: z.string() }),
  dataset: z.looseObject({ type: z.string(), name: z.string() }),
  metrics: z.array(HubMetric),
  source: z.looseObject({ name: z.string().optional(), url: z.string() }).optional(),
});
const ModelIndex = z.array(z.looseObject({ name: z.string(), results: z.array(HubResult) }));
type HubResult = z.infer<typeof HubResult>;
type ModelIndex = z.infer<typeof ModelIndex>;

/**
 * Front matter of a model card on Hugging Face.
 *
 * @source huggingface.co/docs/hub/model-cards and hub-docs/modelcard.md; keys that are not named here are carried
 */
export const HubFrontMatter = z.looseObject({
  language: Words.optional(),
  license: Word.optional(),
  license_name: Word.optional(),
  license_link: Word.optional(),
  library_name: Word.optional(),
  tags: Words.optional(),
  datasets: Words.optional(),
  base_model: Words.optional(),
  pipeline_tag: Word.optional(),
  'model-index': ModelIndex.optional(),
});
export type HubFrontMatter = z.infer<typeof HubFrontMatter>;

const HUB_DATASETS = 'https://huggingface.co/datasets/';
const MAX_DEPTH = 40;
/** What a result is called whose figures are of no slice: a dataset there must have a name. */
const WHOLE = 'All evaluation data';

/** @throws Error with one line that says what is wrong with the YAML or with a key */
export function parseFrontMatter(yaml: string): HubFrontMatter {
  const value: unknown = load(yaml, { schema: CORE_SCHEMA, maxDepth: MAX_DEPTH, maxAliases: 50 });
  const parsed = HubFrontMatter.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`"${issue?.path.join('.') ?? ''}" is not as Hugging Face describes it`);
}

/** What front matter says, as fields of a card; keys without a field are carried. */
export function fromFrontMatter(front: HubFrontMatter): Partial<CardContent> {
  const { language, license, license_name, license_link, library_name, tags, ...rest } = front;
  const { datasets, base_model, pipeline_tag, 'model-index': index, ...other } = rest;
  return {
    languages: language ?? [],
    licences:
      license === undefined
        ? []
        : [{ identifier: license, text: license_name ?? '', link: license_link ?? '' }],
    library: library_name ?? '',
    tags: tags ?? [],
    baseModels: base_model ?? [],
    task: pipeline_tag ?? '',
    datasets: (datasets ?? []).map((name) => ({
      name,
      role: 'training' as const,
      description: '',
      link: `${HUB_DATASETS}${name}`,
      digest: '',
      sensitive: [],
      carried: '',
    })),
    figures: (index ?? [])
      .flatMap(({ results }) => results)
      .flatMap(({ dataset, metrics }) => metrics.map((metric) => figureOf(dataset.name, metric)))
      .map((figure, i) => ({ ...figure, id: `import-${i + 1}` })),
    carried: carriedFor('huggingFace', { ...other, 'model-index': index }),
  };
}

function figureOf(slice: string, metric: z.infer<typeof HubMetric>): Omit<CardFigure, 'id'> {
  return {
    name: (metric.name ?? metric.type).slice(0, 1000),
    slice: slice === WHOLE ? '' : slice.slice(0, 1000),
    value: wordOf(metric.value).slice(0, 200),
    low: '',
    high: '',
    evidence: null,
    asOfUtc: null,
    source: '',
  };
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Fields of a card as front matter. */
export function toFrontMatter(content: CardContent, modelName: string): HubFrontMatter {
  const { 'model-index': carriedIndex, ...other } = carriedOf(content, 'huggingFace');
  const [licence] = content.licences;
  const index = modelIndex(content, modelName, ModelIndex.safeParse(carriedIndex).data ?? []);
  const front = {
    ...other,
    language: content.languages,
    license: licence === undefined ? '' : licence.identifier === '' ? 'other' : licence.identifier,
    license_name: licence?.text ?? '',
    license_link: licence?.link ?? '',
    library_name: content.library,
    tags: content.tags,
    datasets: content.datasets
      .filter(({ link }) => link.startsWith(HUB_DATASETS))
      .map(({ link }) => link.slice(HUB_DATASETS.length)),
    base_model: content.baseModels,
    pipeline_tag: content.task,
    'model-index': index,
  };
  return HubFrontMatter.parse(compact(front));
}

/** Front matter as YAML; a list of one word is written as the word, as most cards do. */
export function dumpFrontMatter(front: HubFrontMatter): string {
  const short = Object.fromEntries(
    Object.entries(front).map(([key, value]) => [
      key,
      ['language', 'base_model'].includes(key) && Array.isArray(value) && value.length === 1
        ? value[0]
        : value,
    ]),
  );
  return dump(short, { lineWidth: -1 });
}

/**
 * Figures as an evaluation index: metrics of an imported index keep their place and details, with the value
 * that the card has now; those that are not in the card any more are left out, new ones come after.
 */
function modelIndex(content: CardContent, modelName: string, carried: ModelIndex): ModelIndex {
  const left = [...content.figures];
  const take = (slice: string, name: string): CardFigure | undefined => {
    const at = left.findIndex(
      (figure) => figure.slice === (slice === WHOLE ? '' : slice) && figure.name === name,
    );
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const kept = carried.map((model) => ({
    ...model,
    results: model.results
      .map((result) => ({
        ...result,
        metrics: result.metrics.flatMap((metric) => {
          const figure = take(result.dataset.name, metric.name ?? metric.type);
          if (figure === undefined) return [];
          const isSame = wordOf(metric.value) === figure.value;
          return [isSame ? metric : { ...metric, value: valueOf(figure.value) }];
        }),
      }))
      .filter(({ metrics }) => metrics.length > 0),
  }));
  if (left.length === 0) return kept.filter(({ results }) => results.length > 0);
  const [first = { name: modelName, results: [] }, ...others] = kept;
  const fresh = [...Map.groupBy(left, ({ slice }) => slice)].map(([slice, figures]) =>
    resultOf(content, slice, figures),
  );
  return [{ ...first, results: [...first.results, ...fresh] }, ...others];
}

function resultOf({ task }: CardContent, slice: string, figures: CardFigure[]): HubResult {
  return {
    task: { type: task === '' ? 'other' : task },
    dataset: { type: 'other', name: slice === '' ? WHOLE : slice },
    metrics: figures.map(({ name, value }) => ({ type: name, value: valueOf(value) })),
  };
}

function valueOf(text: string): string | number {
  const number = Number(text);
  return text.trim() !== '' && String(number) === text ? number : text;
}

/** A card with nothing but what front matter says. */
export function cardOfFrontMatter(front: HubFrontMatter): CardContent {
  return { ...emptyCard(), ...fromFrontMatter(front) };
}
