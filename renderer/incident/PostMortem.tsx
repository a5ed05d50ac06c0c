import { Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import type { Incident } from '../../shared/incident/incident';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatNoun } from '../ui/formatNumber';
import { useIncidentPageStore } from './incidentPageStore';

/** What was learnt; saved on request, and every saved text stays on record. */
export function PostMortem({ incident }: { readonly incident: Incident }) {
  const doToIncident = useIncidentPageStore((state) => state.doToIncident);
  const [text, setText] = useState(incident.postMortem);
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const nSaved = incident.steps.filter(({ act }) => act === 'writePostMortem').length;
  const isChanged = text.trim() !== incident.postMortem && text.trim() !== '';
  async function save(): Promise<void> {
    setIsBusy(true);
    setError(await doToIncident(incident, { act: 'writePostMortem', text: text.trim() }));
    setIsBusy(false);
  }
  return (
    <Paper component="section" aria-labelledby="post-mortem" p="md" bg="var(--assay-surface)">
      <Title order={2} id="post-mortem" mb="sm">
        Post-mortem
      </Title>
      <Stack gap="sm">
        <Textarea
          label="What went wrong, why, and what changes so that it does not happen again"
          autosize
          minRows={4}
          maxRows={20}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="space-between">
          <Text c="dimmed">
            {isChanged
              ? 'Not saved yet.'
              : `${nSaved === 0 ? 'Nothing saved yet' : `${formatNoun(nSaved, 'text')} on record`}.`}
          </Text>
          <Button
            variant="default"
            loading={isBusy}
            disabled={!isChanged}
            onClick={() => void save()}
          >
            Save post-mortem
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
