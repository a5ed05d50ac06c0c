import type { CardContent } from '../../shared/card/cardContent';
import type { Sample, SampleVersion } from './sampleManifest';

/**
 * A card of the sample, on top of what the workspace knows by itself: everything comes from the version's file
 * and the credit of its data, and what they do not say stays unsaid.
 */
export function sampleCard(
  filled: CardContent,
  { model, citation, licence }: Sample,
  version: SampleVersion,
): CardContent {
  const { rule, n, nTraining } = version.metrics.holdOut;
  const leftOut = version.excludedColumns.map(({ column, reason }) => `- \`${column}\`: ${reason}`);
  return {
    ...filled,
    task: 'binary classification',
    architecture: model.algorithm,
    trainingProcedure: `${filled.trainingProcedure}\n\nColumns that are no input, and why:\n\n${leftOut.join('\n')}`,
    evaluationProcedure: `Held out: ${rule}; ${n} rows to measure on, ${nTraining} to fit on.`,
    limitations: version.limits,
    licences: [
      { identifier: licence.spdxId, text: `The data: ${licence.name}`, link: licence.url },
    ],
    citations: [{ style: '', text: citation }],
  };
}
