import type { CardContent } from './cardContent';

export const CARD_SECTIONS = [
  { key: 'details', title: 'Details' },
  { key: 'use', title: 'Intended and out-of-scope use' },
  { key: 'io', title: 'Inputs and outputs' },
  { key: 'data', title: 'Training and evaluation data' },
  { key: 'performance', title: 'Performance' },
  { key: 'fairness', title: 'Fairness' },
  { key: 'explainability', title: 'Explainability' },
  { key: 'limits', title: 'Limits' },
  { key: 'risks', title: 'Risks and mitigation' },
  { key: 'environment', title: 'Environmental cost' },
  { key: 'monitoring', title: 'Monitoring and change' },
  { key: 'conformity', title: 'Standards and conformity' },
  { key: 'contacts', title: 'Contacts' },
  { key: 'references', title: 'References' },
] as const;
export type CardSection = (typeof CARD_SECTIONS)[number]['key'];

/** Every field that people fill in; what imports carry along is not one. */
export type CardFieldKey = Exclude<keyof CardContent, 'carried'>;

export type CardFieldKind =
  | 'prose'
  | 'line'
  | 'texts'
  | 'people'
  | 'licences'
  | 'datasets'
  | 'figures'
  | 'slices'
  | 'fairness'
  | 'risks'
  | 'citations';

export interface CardField {
  readonly key: CardFieldKey;
  readonly section: CardSection;
  readonly kind: CardFieldKind;
  readonly label: string;
  /** What a reader wants to know here. */
  readonly hint: string;
}

function field(
  section: CardSection,
  kind: CardFieldKind,
  key: CardFieldKey,
  label: string,
  hint: string,
): CardField {
  return { section, kind, key, label, hint };
}

/** The fields of a card in the order in which they are read. */
export const CARD_FIELDS: readonly CardField[] = [
  field('details', 'prose', 'overview', 'Overview', 'What the model does, in a sentence or two.'),
  field('details', 'prose', 'documentation', 'Description', 'How it works and how it is used.'),
  field('details', 'people', 'owners', 'Owners', 'Who answers for the model.'),
  field('details', 'line', 'task', 'Task', 'For example: binary classification.'),
  field('details', 'prose', 'architecture', 'Architecture', 'Kind of model and its objective.'),
  field('details', 'line', 'library', 'Library', 'What it was built with.'),
  field('details', 'texts', 'baseModels', 'Base models', 'Models it was made from, if any.'),
  field('details', 'texts', 'languages', 'Languages', 'Of the text it reads or writes, if any.'),
  field('details', 'licences', 'licences', 'Licences', 'Under which terms it may be used.'),
  field('details', 'prose', 'versionNotes', 'Changes', 'What is new against the version before.'),
  field('details', 'texts', 'tags', 'Tags', 'Words to find it by.'),
  field('use', 'prose', 'intendedUse', 'Intended use', 'What it is for, and in which setting.'),
  field('use', 'texts', 'useCases', 'Use cases', 'One use each.'),
  field('use', 'texts', 'users', 'Users', 'Who works with its output, and who is affected.'),
  field(
    'use',
    'prose',
    'downstreamUse',
    'Downstream use',
    'Use inside another system or after tuning.',
  ),
  field(
    'use',
    'prose',
    'outOfScope',
    'Out-of-scope use',
    'What it must not be used for, and misuse to expect.',
  ),
  field('io', 'prose', 'inputs', 'Inputs', 'Columns, types, units and ranges.'),
  field('io', 'prose', 'outputs', 'Outputs', 'What comes out, and how to read it.'),
  field(
    'data',
    'datasets',
    'datasets',
    'Datasets',
    'Each with its digest, so that it can be proved.',
  ),
  field('data', 'prose', 'trainingProcedure', 'Training', 'Preparation, settings and size.'),
  field(
    'data',
    'prose',
    'evaluationProcedure',
    'Evaluation',
    'How it was measured, on what, split by what.',
  ),
  field(
    'performance',
    'figures',
    'figures',
    'Figures',
    'Bound to evidence wherever there is some.',
  ),
  field('performance', 'prose', 'metricChoice', 'Why these metrics', 'Why they fit this use.'),
  field(
    'performance',
    'prose',
    'performanceNotes',
    'Reading the figures',
    'What they say and what they do not.',
  ),
  field(
    'fairness',
    'slices',
    'sliceTables',
    'Shares per group',
    'Counts per group; intervals and ratios are computed.',
  ),
  field(
    'fairness',
    'fairness',
    'fairness',
    'Groups at risk',
    'Benefits, harms, and what is done about them.',
  ),
  field(
    'fairness',
    'prose',
    'fairnessNotes',
    'Assessment',
    'What was looked at and what was found.',
  ),
  field(
    'explainability',
    'prose',
    'explainability',
    'Explainability',
    'How a single outcome can be explained.',
  ),
  field('limits', 'texts', 'limitations', 'Limitations', 'Where it works badly or not at all.'),
  field('limits', 'texts', 'tradeoffs', 'Trade-offs', 'What was given up for what.'),
  field('risks', 'risks', 'risks', 'Risks', 'Each with what is done against it.'),
  field(
    'risks',
    'prose',
    'riskManagement',
    'Risk management',
    'How risks are found, judged and followed.',
  ),
  field('risks', 'prose', 'humanOversight', 'Human oversight', 'Who can step in, and how.'),
  field(
    'risks',
    'prose',
    'cybersecurity',
    'Cybersecurity',
    'Protection against tampering and attack.',
  ),
  field(
    'environment',
    'prose',
    'environment',
    'Environmental cost',
    'Hardware, hours, energy, emissions; how they are known.',
  ),
  field(
    'monitoring',
    'prose',
    'monitoringPlan',
    'Monitoring plan',
    'What is watched after release, and what follows from it.',
  ),
  field(
    'monitoring',
    'prose',
    'lifecycleChanges',
    'Changes over the lifecycle',
    'Changes that were planned or made.',
  ),
  field(
    'conformity',
    'texts',
    'standards',
    'Standards',
    'Standards and specifications that were applied.',
  ),
  field(
    'conformity',
    'prose',
    'conformity',
    'Declaration of conformity',
    'The EU declaration, where there is one.',
  ),
  field('contacts', 'people', 'contacts', 'Contacts', 'Whom to ask and whom to tell.'),
  field(
    'references',
    'texts',
    'references',
    'References',
    'Papers, addresses, documents; never opened by Assay.',
  ),
  field('references', 'citations', 'citations', 'Citations', 'How to cite the model or its data.'),
  field('references', 'prose', 'moreInformation', 'More', 'What fits nowhere else.'),
];

const BY_KEY: ReadonlyMap<string, CardField> = new Map(CARD_FIELDS.map((one) => [one.key, one]));

export function cardField(key: CardFieldKey): CardField {
  const found = BY_KEY.get(key);
  if (found === undefined) throw new RangeError(`no such field: ${key}`);
  return found;
}

/** Whether anybody has said something here. */
export function isFilled(content: CardContent, key: CardFieldKey): boolean {
  const value = content[key];
  return typeof value === 'string' ? value.trim() !== '' : value.length > 0;
}
