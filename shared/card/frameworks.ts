import type { CardContent } from './cardContent';
import { CARD_FIELDS, isFilled, type CardFieldKey } from './cardFields';

/** What a point of a framework is answered by: a field, or the datasets of one role. */
type Part = CardFieldKey | 'trainingData' | 'evaluationData';

interface Point {
  /** As the framework calls it. */
  readonly name: string;
  /** All of them answer it. */
  readonly parts: readonly Part[];
}

export interface Framework {
  readonly key: 'mct' | 'huggingFace' | 'cyclonedx' | 'annexIv';
  readonly name: string;
  readonly points: readonly Point[];
}

function point(name: string, ...parts: readonly Part[]): Point {
  return { name, parts };
}

/** What others expect of a model card, and which fields of ours answer it. */
export const FRAMEWORKS: readonly Framework[] = [
  {
    key: 'mct',
    name: 'Google Model Card Toolkit v0.0.2',
    points: [
      point('model_details.overview', 'overview'),
      point('model_details.documentation', 'documentation'),
      point('model_details.owners', 'owners'),
      point('model_details.version', 'versionNotes'),
      point('model_details.licenses', 'licences'),
      point('model_details.references', 'references'),
      point('model_details.citations', 'citations'),
      point('model_parameters.model_architecture', 'architecture'),
      point('model_parameters.data', 'datasets'),
      point('model_parameters.input_format', 'inputs'),
      point('model_parameters.output_format', 'outputs'),
      point('quantitative_analysis.performance_metrics', 'figures'),
      point('considerations.users', 'users'),
      point('considerations.use_cases', 'useCases'),
      point('considerations.limitations', 'limitations'),
      point('considerations.tradeoffs', 'tradeoffs'),
      point('considerations.ethical_considerations', 'risks'),
    ],
  },
  {
    key: 'huggingFace',
    name: 'Hugging Face template',
    points: [
      point('Model Details', 'overview', 'documentation', 'owners', 'licences'),
      point('Direct Use', 'intendedUse'),
      point('Downstream Use', 'downstreamUse'),
      point('Out-of-Scope Use', 'outOfScope'),
      point('Bias, Risks, and Limitations', 'limitations', 'risks'),
      point('Recommendations', 'riskManagement'),
      point('Training Data', 'trainingData'),
      point('Training Procedure', 'trainingProcedure'),
      point('Testing Data, Factors & Metrics', 'evaluationData', 'evaluationProcedure'),
      point('Results', 'figures'),
      point('Model Examination', 'explainability'),
      point('Environmental Impact', 'environment'),
      point('Technical Specifications', 'architecture'),
      point('Citation', 'citations'),
      point('Model Card Contact', 'contacts'),
    ],
  },
  {
    key: 'cyclonedx',
    name: 'CycloneDX 1.6 modelCard',
    points: [
      point('modelParameters.task', 'task'),
      point('modelParameters.modelArchitecture', 'architecture'),
      point('modelParameters.datasets', 'datasets'),
      point('modelParameters.inputs', 'inputs'),
      point('modelParameters.outputs', 'outputs'),
      point('quantitativeAnalysis.performanceMetrics', 'figures'),
      point('considerations.users', 'users'),
      point('considerations.useCases', 'useCases'),
      point('considerations.technicalLimitations', 'limitations'),
      point('considerations.performanceTradeoffs', 'tradeoffs'),
      point('considerations.ethicalConsiderations', 'risks'),
      point('considerations.environmentalConsiderations', 'environment'),
      point('considerations.fairnessAssessments', 'fairness'),
    ],
  },
  {
    key: 'annexIv',
    name: 'EU AI Act, Annex IV',
    points: [
      point('1 General description', 'overview', 'intendedUse', 'owners', 'inputs', 'outputs'),
      point(
        '2 Development: data, design, validation, cybersecurity',
        'architecture',
        'trainingData',
        'trainingProcedure',
        'evaluationProcedure',
        'figures',
        'cybersecurity',
      ),
      point(
        '3 Monitoring, functioning and control',
        'limitations',
        'outOfScope',
        'humanOversight',
        'explainability',
      ),
      point('4 Appropriateness of the metrics', 'metricChoice'),
      point('5 Risk management (Art. 9)', 'risks', 'riskManagement'),
      point('6 Changes over the lifecycle', 'lifecycleChanges'),
      point('7 Standards applied', 'standards'),
      point('8 EU declaration of conformity', 'conformity'),
      point('9 Post-market monitoring plan (Art. 72)', 'monitoringPlan'),
    ],
  },
];

/** How far a card answers one framework, or our own fields. */
export interface Completeness {
  readonly nMet: number;
  readonly nPoints: number;
  readonly missing: readonly {
    readonly name: string;
    /** The fields to fill in. */
    readonly fields: readonly CardFieldKey[];
  }[];
}

/** How much of a framework a card answers, and what is missing. */
export function completenessOf(content: CardContent, { points }: Framework): Completeness {
  const missing = points.flatMap(({ name, parts }) => {
    const fields = parts.filter((part) => !isAnswered(content, part)).map(fieldOf);
    return fields.length === 0 ? [] : [{ name, fields: [...new Set(fields)] }];
  });
  return { nMet: points.length - missing.length, nPoints: points.length, missing };
}

/** How many of our own fields say something. */
export function ownCompleteness(content: CardContent): Completeness {
  const missing = CARD_FIELDS.filter(({ key }) => !isFilled(content, key)).map(
    ({ key, label }) => ({ name: label, fields: [key] }),
  );
  const nPoints = CARD_FIELDS.length;
  return { nMet: nPoints - missing.length, nPoints, missing };
}

function isAnswered(content: CardContent, part: Part): boolean {
  if (part === 'trainingData') return content.datasets.some(({ role }) => role === 'training');
  if (part === 'evaluationData') return content.datasets.some(({ role }) => role === 'evaluation');
  return isFilled(content, part);
}

function fieldOf(part: Part): CardFieldKey {
  return part === 'trainingData' || part === 'evaluationData' ? 'datasets' : part;
}
