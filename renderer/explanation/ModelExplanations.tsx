import { Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { importanceSentence } from '../../shared/explanation/explanationWords';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Section } from '../ui/Section';
import { Sentence } from '../ui/Sentence';
import { Waiting } from '../ui/Waiting';
import { ComputeFromModel } from './ComputeFromModel';
import { ExplanationTable } from './ExplanationTable';
import { useExplanationStore } from './explanationStore';
import { ImportShap } from './ImportShap';

/** What moves the predictions of a model's versions, and the way to bring the next explanation. */
export function ModelExplanations({ modelId }: { readonly modelId: string }) {
  const heads = useExplanationStore((state) => state.headsByModel[modelId]);
  const versions = useExplanationStore((state) => state.versionsByModel[modelId]);
  const errors = useExplanationStore((state) => state.errors);
  const list = useExplanationStore((state) => state.list);
  const loadVersions = useExplanationStore((state) => state.loadVersions);
  const [, navigate] = useLocation();
  useEffect(() => {
    void list(modelId);
    void loadVersions(modelId);
  }, [list, loadVersions, modelId]);
  const error = errors[`list:${modelId}`] ?? errors[`versions:${modelId}`];
  if (error !== undefined) return <ErrorPanel error={error} onRetry={() => void list(modelId)} />;
  if (heads === undefined || versions === undefined) return <Waiting />;
  if (versions.length === 0)
    return (
      <EmptyState title="An explanation needs a version">
        Register a version first; then bring the SHAP values of its predictions here.
      </EmptyState>
    );
  const [newest] = heads;
  return (
    <Stack gap="lg">
      {newest === undefined ? (
        <EmptyState title="See what moves the predictions">
          Bring the model as ONNX with a file of its inputs, and Assay computes on this machine how
          much each feature moves its predictions. Or bring SHAP values that you have: Assay checks
          that they add up. Both rank the features, show how each acts, and explain single cases
          from your file.
        </EmptyState>
      ) : (
        <>
          <Newest explanationId={newest.id} />
          <ExplanationTable heads={heads} />
        </>
      )}
      <Section title="Compute from an ONNX model">
        <ComputeFromModel
          versions={versions}
          onComputed={({ id }) => navigate(`/explanations/${id}`)}
        />
      </Section>
      <Section title="Import SHAP values">
        <ImportShap versions={versions} onImported={({ id }) => navigate(`/explanations/${id}`)} />
      </Section>
    </Stack>
  );
}

/** The finding of the newest explanation in one sentence. */
function Newest({ explanationId }: { readonly explanationId: string }) {
  const explanation = useExplanationStore((state) => state.explanationById[explanationId]);
  const get = useExplanationStore((state) => state.get);
  useEffect(() => void get(explanationId), [get, explanationId]);
  const output = explanation?.aggregates.outputs[0];
  if (explanation === undefined || output === undefined) return <Waiting />;
  const whose = `Version ${explanation.version}${output.name === null ? '' : `, output \`${output.name}\``}`;
  return (
    <Text maw="86ch">
      <Sentence text={`${whose}: ${importanceSentence(output)}`} />
    </Text>
  );
}
