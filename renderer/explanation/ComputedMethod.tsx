import { Stack, Text } from '@mantine/core';
import type { ComputedFacts } from '../../shared/explanation/computed';
import { METHOD_NAMES, methodSentence, STRUCTURE_WORDS } from '../../shared/explanation/modelWords';
import { formatCount, formatNoun, formatStatistic } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { artefactBadge } from './artefactBadge';

/** Everything that is needed to compute the explanation again. */
export function ComputedMethod({ computed }: { readonly computed: ComputedFacts }) {
  const { model, settings, nIncomplete, nRows, nCoalitions, largestError } = computed;
  const { output, target, idColumn, seed } = settings;
  return (
    <Stack gap="sm">
      <Text maw="86ch">{methodSentence(computed)}</Text>
      <KeyValue
        items={[
          { label: 'Model', value: model.fileName },
          {
            label: 'SHA-256 of the model',
            value: <HashText hash={model.sha256} of={model.fileName} />,
          },
          { label: 'Manifest of the version', value: artefactBadge(computed.isArtefact) },
          { label: 'Structure', value: STRUCTURE_WORDS[computed.structure] },
          { label: 'Method', value: METHOD_NAMES[computed.method] },
          { label: 'Output', value: `${output.name}, column ${output.column + 1}` },
          {
            label: 'Rows of the data',
            value: `${formatCount(nRows)}, of which ${formatCount(nIncomplete)} lack a value and were left out`,
          },
          { label: 'Background', value: formatNoun(computed.nBackground, 'case') },
          {
            label: 'Coalitions per case',
            value: nCoalitions === null ? 'none drawn: exact' : formatCount(nCoalitions),
          },
          {
            label: 'Largest standard error',
            value: largestError === null ? 'none: exact' : formatStatistic(largestError),
          },
          { label: 'Seed', value: String(seed) },
          { label: 'Outcome', value: target === null ? 'none' : target.column },
          { label: 'Cases are named by', value: idColumn ?? 'the number of the row' },
          { label: 'Operator sets', value: computed.opsets.join(', ') },
          {
            label: 'Runtime and method',
            value: `${computed.runtime}, method ${computed.methodVersion}`,
          },
          { label: 'Rows run through the model', value: formatCount(computed.nRuns) },
        ]}
      />
    </Stack>
  );
}
