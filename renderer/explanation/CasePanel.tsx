import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Explanation } from '../../shared/explanation/channels';
import type { ComputedFacts } from '../../shared/explanation/computed';
import type { ExplainedCase } from '../../shared/explanation/explanation';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatStatistic } from '../ui/formatNumber';
import { ProgressDialog } from '../ui/ProgressDialog';
import { Sentence } from '../ui/Sentence';
import { useCall } from '../ui/useCall';
import { useExplanationStore } from './explanationStore';
import { ModelCasePart } from './ModelCasePart';
import { OpenCases } from './OpenCases';
import { WaterfallChart } from './WaterfallChart';

interface CasePanelProps {
  readonly explanation: Explanation;
  readonly output: string | null;
}

/** One case, read from the person's file when asked for: shown, and gone with the page. */
export function CasePanel({ explanation, output }: CasePanelProps) {
  const reading = useCall('explanation.explainCase');
  const stageId = useExplanationStore((state) => state.openedById[explanation.id]);
  const { computed } = explanation.aggregates;
  const [caseId, setCaseId] = useState('');
  const [found, setFound] = useState<{ caseId: string; explained: ExplainedCase } | null>(null);
  async function look(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (stageId === undefined || caseId === '' || reading.isRunning) return;
    const result = await reading.run({ stageId, caseId, output });
    setFound(result.ok ? { caseId, explained: result.value } : null);
  }
  return (
    <Stack gap="sm">
      <OpenCases
        explanationId={explanation.id}
        file={explanation.file}
        model={computed?.model ?? null}
        ending="to look at one case"
      />
      {stageId !== undefined && (
        <form onSubmit={(event) => void look(event)}>
          <Group align="flex-end" gap="sm">
            <TextInput
              label="Identifier of the case"
              description={identifierWords(computed)}
              w={280}
              value={caseId}
              onChange={(event) => setCaseId(event.currentTarget.value)}
            />
            <Button type="submit" loading={reading.isRunning} disabled={caseId === ''}>
              Show the case
            </Button>
          </Group>
        </form>
      )}
      {reading.error !== null && <ErrorPanel error={reading.error} />}
      {found !== null && <Found explained={found.explained} />}
      {found !== null && stageId !== undefined && computed !== undefined && (
        <ModelCasePart key={found.caseId} stageId={stageId} caseId={found.caseId} />
      )}
      <ProgressDialog
        opened={reading.isRunning}
        title="Reading the file"
        progress={reading.progress}
        onCancel={reading.cancel}
      />
    </Stack>
  );
}

/** How a case is named. */
function identifierWords(computed: ComputedFacts | undefined): string {
  if (computed === undefined) return 'As it stands in the column case_id.';
  const { idColumn } = computed.settings;
  return idColumn === null
    ? 'The number of its row; the line with the names is none.'
    : `As it stands in the column ${idColumn}.`;
}

function Found({ explained }: { readonly explained: ExplainedCase }) {
  return (
    <Stack gap="sm">
      <Text>
        <Sentence text={caseSentence(explained)} />
      </Text>
      <WaterfallChart explained={explained} />
    </Stack>
  );
}

function caseSentence(explained: ExplainedCase): string {
  const { base, prediction, contributions, isAdditive } = explained;
  const [top] = contributions;
  const inSpace =
    explained.space === 'logit' ? ` (${formatStatistic(explained.explained)} log-odds)` : '';
  const unit = explained.space === 'logit' ? ' log-odds' : '';
  const most =
    top === undefined
      ? ''
      : `; \`${top.feature}\` ${top.shap < 0 ? 'lowers' : 'raises'} it most (${formatStatistic(top.shap)})`;
  const sum = isAdditive
    ? 'The contributions add up to it.'
    : 'The contributions do not add up to it: do not explain a decision by them.';
  return `The prediction is ${formatStatistic(prediction)}${inSpace}, starting from the base value ${formatStatistic(base)}${unit}${most}. ${sum}`;
}
