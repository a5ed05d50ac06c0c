import { Button, Stack, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ModelCase } from '../../shared/explanation/modelCase';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { OtherOutcomePart } from './OtherOutcomePart';
import { SurrogatePart } from './SurrogatePart';
import { WhatIfPart } from './WhatIfPart';

interface ModelCasePartProps {
  readonly stageId: string;
  readonly caseId: string;
}

/** What can be asked of the model about one case: shown, and gone with the page. */
export function ModelCasePart({ stageId, caseId }: ModelCasePartProps) {
  const { run, cancel, error, isRunning, progress } = useCall('explanation.readCaseInputs');
  const [asked, setAsked] = useState<ModelCase | null>(null);
  async function ask(): Promise<void> {
    const result = await run({ stageId, caseId });
    setAsked(result.ok ? result.value : null);
  }
  if (asked !== null) {
    const at = { stageId, caseId };
    return (
      <Stack gap="md">
        <Part title="What if">
          <WhatIfPart {...at} inputs={asked.inputs} />
        </Part>
        <Part title="What would have led to another outcome">
          <OtherOutcomePart {...at} features={asked.inputs.map(({ feature }) => feature)} />
        </Part>
        <Part title="A line near this case">
          <SurrogatePart surrogate={asked.surrogate} />
        </Part>
      </Stack>
    );
  }
  return (
    <div>
      <Button variant="default" loading={isRunning} onClick={() => void ask()}>
        Ask the model about this case
      </Button>
      {error !== null && <ErrorPanel error={error} />}
      <ProgressDialog
        opened={isRunning}
        title="Asking the model"
        progress={progress}
        onCancel={cancel}
      />
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={3} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
