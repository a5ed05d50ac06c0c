import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { sampleCard } from '../../electron/app/sampleCard';
import { readSample } from '../../electron/app/sampleManifest';
import { CardContent, emptyCard } from '../../shared/card/cardContent';

it('the card of the sample says what its files say, and nothing that they do not', () => {
  const filled = { ...emptyCard(), overview: 'Known', trainingProcedure: '- `ridge`: 1' };
  const sample = readSample(resolve('resources'));
  const content = CardContent.parse(sampleCard(filled, sample, sample.model));
  expect(content).toMatchObject({
    overview: 'Known',
    task: 'binary classification',
    architecture: 'logistic regression',
    licences: [{ identifier: 'CC-BY-4.0' }],
    citations: [{ text: expect.stringContaining('Moro, S., Cortez, P., and Rita, P.') }],
    limitations: expect.arrayContaining([expect.stringContaining('three months of 2008')]),
    trainingProcedure: expect.stringMatching(/^- `ridge`: 1\n\n[\s\S]*it would leak the label/u),
    evaluationProcedure: expect.stringContaining('3000 rows to measure on'),
    // Figures come from evidence alone; who is affected and at risk, nobody has said.
    figures: [],
    outOfScope: '',
    risks: [],
    users: [],
  });
});
