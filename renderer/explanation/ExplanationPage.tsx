import { Select, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Explanation } from '../../shared/explanation/channels';
import type { ExplainedOutput } from '../../shared/explanation/explanation';
import { importanceSentence } from '../../shared/explanation/explanationWords';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { Section } from '../ui/Section';
import { Sentence } from '../ui/Sentence';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { AdditivityFacts } from './AdditivityFacts';
import { CasePanel } from './CasePanel';
import { ComputedMethod } from './ComputedMethod';
import { DependenceChart } from './DependenceChart';
import { dependenceSentence } from './dependenceWords';
import { useExplanationStore } from './explanationStore';
import { ImportanceChart } from './ImportanceChart';
import { ImportanceTable } from './ImportanceTable';
import { PermutationPart } from './PermutationPart';

const HERE = [{ to: '/models', label: 'Models' }];

/** One explanation: what moves the predictions, how each feature acts, and single cases. */
export function ExplanationPage({ explanationId }: { readonly explanationId: string }) {
  const explanation = useExplanationStore((state) => state.explanationById[explanationId]);
  const error = useExplanationStore((state) => state.errors[`explanation:${explanationId}`]);
  const get = useExplanationStore((state) => state.get);
  useEffect(() => void get(explanationId), [get, explanationId]);
  if (explanation === undefined)
    return (
      <>
        <PageHeader title="Explanation" context={<Trail steps={HERE} />} />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void get(explanationId)} />
        )}
      </>
    );
  return <Whole explanation={explanation} />;
}

function Whole({ explanation }: { readonly explanation: Explanation }) {
  const { modelId, modelName, version, aggregates } = explanation;
  const [at, setAt] = useState(0);
  const output = aggregates.outputs[at];
  if (output === undefined) return null;
  return (
    <>
      <PageHeader
        title={`Explanation of ${modelName}, version ${version}`}
        context={<Trail steps={[...HERE, { to: `/models/${modelId}`, label: modelName }]} />}
        sentence={<Sentence text={importanceSentence(output)} />}
        actions={
          aggregates.outputs.length > 1 ? (
            <Select
              aria-label="Output"
              allowDeselect={false}
              value={String(at)}
              onChange={(value) => setAt(Number(value ?? at))}
              data={aggregates.outputs.map(({ name }, i) => ({
                value: String(i),
                label: name ?? 'output',
              }))}
            />
          ) : undefined
        }
      />
      <OutputParts key={at} explanation={explanation} output={output} />
    </>
  );
}

interface OutputPartsProps {
  readonly explanation: Explanation;
  readonly output: ExplainedOutput;
}

function OutputParts({ explanation, output }: OutputPartsProps) {
  const [chosen, setChosen] = useState(output.features[0]?.name ?? '');
  const feature = output.features.find(({ name }) => name === chosen);
  const dependence = feature?.dependence ?? null;
  const { space } = output.additivity;
  const { computed } = explanation.aggregates;
  return (
    <Stack gap="lg">
      <ImportanceTable output={output} chosen={chosen} onChoose={setChosen} />
      <ImportanceChart output={output} />
      {computed !== undefined && computed.permutation !== null && (
        <Section title="What the model needs to predict well">
          <PermutationPart permutation={computed.permutation} />
        </Section>
      )}
      <Section title="How a feature acts">
        {dependence === null ? (
          <Text>The file holds no values of this feature, so there is nothing to compare.</Text>
        ) : (
          <Stack gap="sm">
            <Text maw="86ch">
              <Sentence text={dependenceSentence(chosen, dependence)} />
            </Text>
            <DependenceChart feature={chosen} dependence={dependence} space={space} />
          </Stack>
        )}
      </Section>
      <Section title="One case">
        <CasePanel explanation={explanation} output={output.name} />
      </Section>
      <Section title="How this was computed">
        <Stack gap="md">
          {computed !== undefined && <ComputedMethod computed={computed} />}
          <AdditivityFacts explanation={explanation} output={output} />
        </Stack>
      </Section>
    </Stack>
  );
}
