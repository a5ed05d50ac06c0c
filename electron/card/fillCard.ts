import type { CardContent, CardDataset, CardFigure } from '../../shared/card/cardContent';
import { CARD_FIELDS, isFilled, type CardFieldKey } from '../../shared/card/cardFields';
import type { EvidenceChoice } from '../../shared/card/evidence';
import type { Model, ModelVersion, SchemaColumn } from '../../shared/registry/model';

/** How metrics of performance are called; others, such as coefficients, are no figures for a card. */
const PERFORMANCE_WORDS =
  /(^|[^a-z])(auc|auroc|roc|accuracy|precision|recall|f1|fbeta|log_?loss|brier|rmse|mae|mse|mape|r2|loss|error|score|gini|mcc|kappa|sensitivity|specificity|ece|ndcg|map|bleu|rouge|perplexity)([^a-z]|$)/u;
const MAX_FIGURES = 24;

/**
 * Fills what is still empty in a card with what the workspace knows. Nothing that somebody wrote is touched,
 * and nothing is made up: a field that the workspace knows nothing about stays empty.
 */
export function fillCard(
  content: CardContent,
  known: {
    readonly model: Model;
    readonly version: ModelVersion;
    readonly evidence: readonly EvidenceChoice[];
  },
): CardContent {
  const offered = knownContent(known);
  const filled = CARD_FIELDS.filter(
    ({ key }) => offered[key] !== undefined && !isFilled(content, key),
  ).map(({ key }): [CardFieldKey, unknown] => [key, offered[key]]);
  return { ...content, ...Object.fromEntries(filled) };
}

function knownContent({
  model,
  version: { snapshot },
  evidence,
}: Parameters<typeof fillCard>[1]): Partial<CardContent> {
  return {
    overview: model.purpose,
    documentation: snapshot.description,
    owners: [{ name: model.owner, contact: '' }],
    contacts: [{ name: model.owner, contact: '' }],
    tags: [...model.tags],
    intendedUse: model.intendedUse,
    inputs: columnList(snapshot.schema, 'input'),
    outputs: columnList(snapshot.schema, 'output'),
    trainingProcedure: settingsList(snapshot.hyperparameters),
    datasets: datasetsOf(snapshot),
    figures: figuresOf(evidence),
    references: snapshot.runLink === undefined ? [] : [snapshot.runLink],
  };
}

function columnList(schema: readonly SchemaColumn[], direction: SchemaColumn['direction']): string {
  return schema
    .filter((column) => column.direction === direction)
    .map(({ name, type }) => `- ${code(name)}: ${type}`)
    .join('\n');
}

function settingsList(hyperparameters: ModelVersion['snapshot']['hyperparameters']): string {
  return Object.entries(hyperparameters)
    .map(([name, value]) => `- ${code(name)}: ${String(value)}`)
    .join('\n');
}

/** A name as Markdown shows it, whatever characters it has. */
function code(name: string): string {
  const fence = name.includes('`') ? '``' : '`';
  return fence === '`' ? `\`${name}\`` : `\`\` ${name} \`\``;
}

function datasetsOf({ trainingData, datasets = [] }: ModelVersion['snapshot']): CardDataset[] {
  const empty = { description: '', link: '', sensitive: [], carried: '' };
  const training: CardDataset[] =
    trainingData === null
      ? []
      : [
          {
            ...empty,
            name: trainingData.fileName,
            role: 'training',
            digest: `sha256:${trainingData.sha256}`,
          },
        ];
  const others = datasets.map(({ name, role, digest, source }): CardDataset => ({
    ...empty,
    name,
    role: role === 'validation' || role === 'test' ? 'evaluation' : role,
    digest,
    link: source.slice(0, 1000),
  }));
  return [...training, ...others];
}

/** The metrics that say how good the model is, and how far its data drifted, each bound to its evidence. */
function figuresOf(evidence: readonly EvidenceChoice[]): CardFigure[] {
  const metrics = evidence.filter(({ ref }) => ref.kind === 'metric');
  const known = metrics.filter(({ name }) => PERFORMANCE_WORDS.test(wordsOf(name)));
  const drift = evidence.filter(
    ({ ref }) => ref.kind === 'driftReport' && ref.figure === 'drifted',
  );
  return [...(known.length === 0 ? metrics : known).slice(0, MAX_FIGURES), ...drift].map(
    ({ ref, name, found }, i) => ({
      id: `fill-${i + 1}`,
      name,
      slice: '',
      evidence: ref,
      ...found,
    }),
  );
}

/** `holdOut.logLoss` as `hold_out.log_loss`. */
function wordsOf(name: string): string {
  return name.replace(/([a-z])([A-Z])/gu, '$1_$2').toLowerCase();
}
