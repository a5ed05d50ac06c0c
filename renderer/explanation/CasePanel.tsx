import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Explanation } from '../../shared/explanation/channels';
import type { ExplainedCase } from '../../shared/explanation/explanation';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatStatistic } from '../ui/formatNumber';
import { ProgressDialog } from '../ui/ProgressDialog';
import { Sentence } from '../ui/Sentence';
import { useCall } from '../ui/useCall';
import { WaterfallChart } from './WaterfallChart';

interface CasePanelProps {
  readonly explanation: Explanation;
  readonly output: string | null;
}

/** One case, read from the person's file when asked for: shown, and gone with the page. */
export function CasePanel({ explanation, output }: CasePanelProps) {
  const opening = useCall('explanation.openCases');
  const reading = useCall('explanation.explainCase');
  const [stageId, setStageId] = useState<string | null>(null);
  const [caseId, setCaseId] = useState('');
  const [found, setFound] = useState<ExplainedCase | null>(null);
  async function open(token: string | null): Promise<void> {
    const result = await opening.run({ explanationId: explanation.id, source: { token } });
    if (result.ok) setStageId(result.value.stageId);
  }
  async function look(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (stageId === null || caseId === '' || reading.isRunning) return;
    const result = await reading.run({ stageId, caseId, output });
    setFound(result.ok ? result.value : null);
  }
  return (
    <Stack gap="sm">
      {stageId === null ? (
        <FileDrop
          label={`Drop ${explanation.file.fileName} here to look at one case`}
          accept="The file that this explanation was made from. What it says of people stays in it: a case is shown and not stored."
          browseLabel="Choose the file…"
          onToken={(token) => void open(token)}
          onBrowse={() => void open(null)}
          isBusy={opening.isRunning}
        />
      ) : (
        <form onSubmit={(event) => void look(event)}>
          <Group align="flex-end" gap="sm">
            <TextInput
              label="Identifier of the case"
              description="As it stands in the column case_id."
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
      {opening.error !== null && <ErrorPanel error={opening.error} />}
      {reading.error !== null && <ErrorPanel error={reading.error} />}
      {found !== null && <Found explained={found} />}
      <ProgressDialog
        opened={opening.isRunning || reading.isRunning}
        title="Reading the file"
        progress={opening.progress ?? reading.progress}
        onCancel={() => {
          opening.cancel();
          reading.cancel();
        }}
      />
    </Stack>
  );
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
