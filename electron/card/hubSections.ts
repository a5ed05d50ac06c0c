import type { CardContent } from '../../shared/card/cardContent';

type ProseKey = {
  [K in keyof CardContent]: CardContent[K] extends string ? K : never;
}[keyof CardContent];
type TextsKey = {
  [K in keyof CardContent]: CardContent[K] extends readonly string[] ? K : never;
}[keyof CardContent];

/** A part of a card that has a structure of its own. */
export type HubPart =
  'owners' | 'contacts' | 'risks' | 'fairness' | 'slices' | 'citations' | 'training' | 'evaluation';

/** A heading of a README and the field that stands below it. */
export type HubSection = {
  readonly level: 1 | 2 | 3;
  readonly heading: string;
  /** Other headings that mean the same, as older templates have them. */
  readonly also?: readonly string[];
} & (
  | { readonly prose: ProseKey }
  | { readonly texts: TextsKey }
  | { readonly part: HubPart }
  | { readonly group: true }
);

/**
 * Hugging Face's template with what ours has beyond it, in order.
 *
 * @source huggingface_hub, templates/modelcard_template.md
 */
export const HUB_SECTIONS: readonly HubSection[] = [
  { level: 1, heading: 'Model Details', group: true },
  { level: 2, heading: 'Model Description', prose: 'documentation' },
  { level: 2, heading: 'Changes', prose: 'versionNotes' },
  { level: 2, heading: 'Model Sources', texts: 'references' },
  { level: 1, heading: 'Uses', group: true },
  { level: 2, heading: 'Direct Use', prose: 'intendedUse' },
  { level: 2, heading: 'Use Cases', texts: 'useCases' },
  { level: 2, heading: 'Users', texts: 'users' },
  { level: 2, heading: 'Downstream Use', prose: 'downstreamUse' },
  {
    level: 2,
    heading: 'Out-of-Scope Use',
    also: ['Misuse and Out-of-scope Use'],
    prose: 'outOfScope',
  },
  { level: 1, heading: 'Inputs and Outputs', group: true },
  { level: 2, heading: 'Inputs', prose: 'inputs' },
  { level: 2, heading: 'Outputs', prose: 'outputs' },
  {
    level: 1,
    heading: 'Bias, Risks, and Limitations',
    also: ['Risks, Limitations and Biases'],
    texts: 'limitations',
  },
  { level: 2, heading: 'Trade-offs', texts: 'tradeoffs' },
  { level: 2, heading: 'Risks and Mitigation', part: 'risks' },
  { level: 2, heading: 'Recommendations', prose: 'riskManagement' },
  { level: 2, heading: 'Fairness', prose: 'fairnessNotes' },
  { level: 3, heading: 'Groups at Risk', part: 'fairness' },
  { level: 3, heading: 'Shares by Group', part: 'slices' },
  { level: 2, heading: 'Human Oversight', prose: 'humanOversight' },
  { level: 2, heading: 'Cybersecurity', prose: 'cybersecurity' },
  { level: 1, heading: 'Training Details', also: ['Training'], group: true },
  { level: 2, heading: 'Training Data', part: 'training' },
  { level: 2, heading: 'Training Procedure', prose: 'trainingProcedure' },
  { level: 1, heading: 'Evaluation', group: true },
  { level: 2, heading: 'Testing Data, Factors & Metrics', prose: 'evaluationProcedure' },
  { level: 3, heading: 'Testing Data', part: 'evaluation' },
  { level: 3, heading: 'Metrics', prose: 'metricChoice' },
  { level: 2, heading: 'Results', prose: 'performanceNotes' },
  { level: 1, heading: 'Model Examination', prose: 'explainability' },
  { level: 1, heading: 'Monitoring', prose: 'monitoringPlan' },
  { level: 1, heading: 'Changes over the Lifecycle', prose: 'lifecycleChanges' },
  { level: 1, heading: 'Environmental Impact', prose: 'environment' },
  { level: 1, heading: 'Technical Specifications', prose: 'architecture' },
  { level: 1, heading: 'Standards', texts: 'standards' },
  { level: 1, heading: 'Declaration of Conformity', prose: 'conformity' },
  { level: 1, heading: 'Citation', part: 'citations' },
  { level: 1, heading: 'More Information', prose: 'moreInformation' },
  { level: 1, heading: 'Model Card Authors', part: 'owners' },
  { level: 1, heading: 'Model Card Contact', part: 'contacts' },
];

const BY_NAME = new Map(
  HUB_SECTIONS.flatMap((section) =>
    [section.heading, ...(section.also ?? [])].map((name) => [nameOf(name), section]),
  ),
);

/** The section that a heading begins; null for one that we do not know. */
export function sectionOf(heading: string): HubSection | null {
  return BY_NAME.get(nameOf(heading)) ?? null;
}

/** A heading without its marks: `## Direct Use [optional]:` is `direct use`. */
function nameOf(heading: string): string {
  return heading
    .replace(/\[optional\]/giu, '')
    .replace(/[*_:#]/gu, '')
    .trim()
    .toLowerCase();
}
