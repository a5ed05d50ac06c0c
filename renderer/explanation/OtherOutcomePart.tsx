import { Button, Group, List, MultiSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { outcomeWords } from '../../shared/explanation/counterfactualWords';
import type { OtherOutcome, OutcomeWish } from '../../shared/explanation/modelCase';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatStatistic } from '../ui/formatNumber';
import { ProgressDialog } from '../ui/ProgressDialog';
import { Sentence } from '../ui/Sentence';
import { useCall } from '../ui/useCall';

interface OtherOutcomePartProps {
  readonly stageId: string;
  readonly caseId: string;
  readonly features: readonly string[];
  /** Told what was looked for; null once the wish is no longer what was looked for. */
  readonly onFound?: (wish: OutcomeWish | null) => void;
}

/** Looks for small changes that would have led to another outcome. */
export function OtherOutcomePart({ stageId, caseId, features, onFound }: OtherOutcomePartProps) {
  const { run, cancel, error, isRunning, progress } = useCall('explanation.findOtherOutcome');
  const [threshold, setThreshold] = useState<number | string>(0.5);
  const [fixed, setFixed] = useState<string[]>([]);
  const [outcome, setOutcome] = useState<OtherOutcome | null>(null);
  function change(): void {
    setOutcome(null);
    onFound?.(null);
  }
  async function look(): Promise<void> {
    if (typeof threshold !== 'number') return;
    const wish = { threshold, fixed };
    const result = await run({ stageId, caseId, wish });
    setOutcome(result.ok ? result.value : null);
    onFound?.(result.ok ? wish : null);
  }
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <NumberInput
          label="Another outcome begins at"
          description="A prediction, e.g. the threshold."
          w={220}
          value={threshold}
          onChange={(value) => {
            setThreshold(value);
            change();
          }}
        />
        <MultiSelect
          searchable
          label="Features that nobody can change"
          description="They stay as they are, such as an age."
          w={360}
          value={fixed}
          onChange={(value) => {
            setFixed(value);
            change();
          }}
          data={[...features]}
        />
        <Button
          variant="default"
          loading={isRunning}
          disabled={typeof threshold !== 'number'}
          onClick={() => void look()}
        >
          Look for changes
        </Button>
      </Group>
      {error !== null && <ErrorPanel error={error} />}
      {outcome !== null && <Found outcome={outcome} />}
      <ProgressDialog
        opened={isRunning}
        title="Looking for another outcome"
        progress={progress}
        onCancel={cancel}
      />
    </Stack>
  );
}

function Found({
  outcome: { found, prediction, threshold, isAbove },
}: {
  readonly outcome: OtherOutcome;
}) {
  const side = `The prediction is ${formatStatistic(prediction)}; another outcome begins ${isAbove ? 'at' : 'below'} ${formatStatistic(threshold)}.`;
  if (found.length === 0)
    return (
      <Text>
        {side} No change of up to five features within what is usual leads there. That does not
        prove that there is none.
      </Text>
    );
  return (
    <Stack gap="xs">
      <Text>{side} Each of these changes alone leads there; the model was run with it.</Text>
      <List size="sm" spacing={6} className="assay-figures">
        {found.map((one) => (
          <List.Item key={one.changes.map(({ feature }) => feature).join()}>
            <Sentence text={`${outcomeWords(one)} ${formatStatistic(one.prediction)}.`} />
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
