import { Button, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconBox, IconChartHistogram, IconFileCheck, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { CreateModelDialog } from '../registry/CreateModelDialog';
import { PageHeader } from '../ui/PageHeader';

interface FirstStep {
  readonly icon: Icon;
  readonly title: string;
  readonly text: string;
}

const STEPS: readonly FirstStep[] = [
  {
    icon: IconBox,
    title: '1. Register a model and a version',
    text: 'Name, purpose and owner; then what was trained, on which file, with which metrics. You sign the version.',
  },
  {
    icon: IconChartHistogram,
    title: '2. Freeze a reference, import live batches',
    text: 'Bring the training data or a good window, then each new batch: CSV, Parquet or Arrow. Assay says what moved, and how sure that is.',
  },
  {
    icon: IconFileCheck,
    title: '3. Prove it',
    text: 'Acknowledge alerts with a reason and export a signed package that an auditor checks without Assay.',
  },
];

/** What a new workspace is for, and the first thing to do in it. */
export function OverviewFirstSteps() {
  const [isCreating, setIsCreating] = useState(false);
  return (
    <>
      <PageHeader
        title="Overview"
        sentence="This workspace is empty. Three steps lead to the first signed evidence."
      />
      <Stack gap="sm" maw={860}>
        {STEPS.map(({ icon: StepIcon, title, text }, i) => (
          <Paper key={title} bg="var(--assay-surface)">
            <Group wrap="nowrap" align="flex-start">
              <ThemeIcon variant="default" size={38} aria-hidden>
                <StepIcon size={20} stroke={1.5} />
              </ThemeIcon>
              <div>
                <Title order={2}>{title}</Title>
                <Text>{text}</Text>
                {i === 0 && (
                  <Button mt="sm" onClick={() => setIsCreating(true)}>
                    Create model
                  </Button>
                )}
              </div>
            </Group>
          </Paper>
        ))}
      </Stack>
      <CreateModelDialog opened={isCreating} onClose={() => setIsCreating(false)} />
    </>
  );
}
