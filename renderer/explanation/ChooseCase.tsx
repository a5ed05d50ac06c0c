import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ExplanationHead } from '../../shared/explanation/channels';
import type { ExplainedCase } from '../../shared/explanation/explanation';
import type { OutcomeWish } from '../../shared/explanation/modelCase';
import type { Request } from '../../shared/explanation/request';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatStatistic } from '../ui/formatNumber';
import { useCall } from '../ui/useCall';
import { useExplanationStore } from './explanationStore';
import { OpenCases } from './OpenCases';
import { OtherOutcomePart } from './OtherOutcomePart';

/** A case in an opened file. */
export interface ChosenCase {
  readonly source: {
    readonly stageId: string;
    readonly caseId: string;
    readonly output: string | null;
    readonly wish?: OutcomeWish;
  };
  readonly explained: ExplainedCase;
}

interface ChooseCaseProps {
  readonly request: Request;
  /** Whether a letter before holds the case already. */
  readonly hasBefore: boolean;
  readonly onChoose: (chosen: ChosenCase) => void;
}

/** Finds the person's case in the file that an explanation was made from. */
export function ChooseCase({ request, hasBefore, onChoose }: ChooseCaseProps) {
  const { modelId, versionId } = request;
  const heads = useExplanationStore((state) => state.headsByModel[modelId]);
  const list = useExplanationStore((state) => state.list);
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => void list(modelId), [list, modelId]);
  const own = (heads ?? []).filter((head) => head.versionId === versionId);
  const head = own.find(({ id }) => id === picked) ?? own[0];
  if (heads !== undefined && head === undefined)
    return (
      <Text>
        There is no explanation of version {request.version} yet. Import the SHAP values of its
        predictions on the model’s page, or have them computed from its ONNX file, then come back.
      </Text>
    );
  if (head === undefined) return null;
  return (
    <Stack gap="sm">
      {hasBefore && <Text>The case of the letter before is kept unless you choose another.</Text>}
      {own.length > 1 && (
        <Select
          label="Explanation"
          allowDeselect={false}
          value={head.id}
          onChange={setPicked}
          data={own.map(({ id, file }) => ({ value: id, label: file.fileName }))}
        />
      )}
      <CaseFields key={head.id} head={head} onChoose={onChoose} />
    </Stack>
  );
}

interface CaseFieldsProps {
  readonly head: ExplanationHead;
  readonly onChoose: (chosen: ChosenCase) => void;
}

function CaseFields({ head, onChoose }: CaseFieldsProps) {
  const explanation = useExplanationStore((state) => state.explanationById[head.id]);
  const get = useExplanationStore((state) => state.get);
  useEffect(() => void get(head.id), [get, head.id]);
  const reading = useCall('explanation.explainCase');
  const stageId = useExplanationStore((state) => state.openedById[head.id]);
  const [caseId, setCaseId] = useState('');
  const [found, setFound] = useState<ChosenCase | null>(null);
  const outputs = explanation?.aggregates.outputs.map(({ name }) => name) ?? [];
  const [output, setOutput] = useState<string | null>(null);
  const chosenOutput = output ?? outputs[0] ?? null;
  async function find(): Promise<void> {
    if (stageId === undefined || caseId === '') return;
    const source = { stageId, caseId, output: chosenOutput };
    const result = await reading.run(source);
    const chosen = result.ok ? { source, explained: result.value } : null;
    setFound(chosen);
    if (chosen !== null) onChoose(chosen);
  }
  return (
    <Stack gap="sm">
      {explanation !== undefined && (
        <OpenCases
          explanationId={head.id}
          file={head.file}
          model={explanation.aggregates.computed?.model ?? null}
          ending=""
        />
      )}
      {stageId !== undefined && (
        <Group align="flex-end" gap="sm">
          {outputs.length > 1 && (
            <Select
              label="Output"
              w={160}
              allowDeselect={false}
              value={chosenOutput}
              onChange={setOutput}
              data={outputs.map((name) => name ?? '')}
            />
          )}
          <TextInput
            label="Identifier of the case"
            w={260}
            value={caseId}
            onChange={(event) => setCaseId(event.currentTarget.value)}
          />
          <Button
            variant="default"
            loading={reading.isRunning}
            disabled={caseId === ''}
            onClick={() => void find()}
          >
            Find the case
          </Button>
        </Group>
      )}
      {found !== null && <Text>{foundWords(found.explained)}</Text>}
      {found !== null && explanation?.aggregates.computed !== undefined && (
        <OtherOutcomePart
          key={found.source.caseId}
          stageId={found.source.stageId}
          caseId={found.source.caseId}
          features={found.explained.contributions.map(({ feature }) => feature)}
          onFound={(wish) =>
            onChoose(wish === null ? found : { ...found, source: { ...found.source, wish } })
          }
        />
      )}
      {reading.error !== null && <ErrorPanel error={reading.error} />}
    </Stack>
  );
}

function foundWords({ prediction, contributions, isAdditive }: ExplainedCase): string {
  const sum = isAdditive
    ? 'its contributions add up'
    : 'its contributions do not add up, so no letter can rest on it';
  return `Found: the prediction is ${formatStatistic(prediction)}, ${contributions.length} features, ${sum}.`;
}
