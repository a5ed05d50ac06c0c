import { Button, Group, Paper, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import {
  ENTRY_KINDS,
  type Incident,
  type OfferedEntry,
  type ShownEvidence,
} from '../../shared/incident/incident';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Sentence } from '../ui/Sentence';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { useIncidentPageStore } from './incidentPageStore';
import { ENTRY_WORDS, evidencePath } from './incidentWords';

interface IncidentEntriesProps {
  readonly incident: Incident;
}

/** What happened, oldest first; below it what the records offer, and a line of one's own. */
export function IncidentEntries({ incident }: IncidentEntriesProps) {
  const { entries, offered, modelId, state } = incident;
  const doToIncident = useIncidentPageStore((store) => store.doToIncident);
  const [error, setError] = useState<AppError | null>(null);
  const add = async (entry: OfferedEntry): Promise<boolean> => {
    const failure = await doToIncident(incident, { act: 'addEntry', entry });
    setError(failure);
    return failure === null;
  };
  return (
    <Paper component="section" aria-labelledby="incident-entries" p="md" bg="var(--assay-surface)">
      <Title order={2} id="incident-entries" mb="sm">
        What happened
      </Title>
      <Stack gap="sm">
        <Stack gap={6} component="ol" m={0} pl="lg">
          {entries.map((entry) => (
            <li key={entry.ordinal}>
              <EntryLine entry={entry} modelId={modelId} />
              <Text c="dimmed" size="xs">
                Recorded by {entry.recordedBy} on <TimeText instant={entry.recordedAtUtc} />
              </Text>
            </li>
          ))}
        </Stack>
        {offered.length > 0 && <Title order={3}>On record since the detection</Title>}
        {offered.map((entry) => (
          <Group key={JSON.stringify(entry.evidence)} justify="space-between" wrap="nowrap">
            <EntryLine entry={entry} modelId={modelId} />
            <Button variant="default" size="xs" flex="none" onClick={() => void add(entry)}>
              Add to timeline
            </Button>
          </Group>
        ))}
        {error !== null && <ErrorPanel error={error} />}
        {state === 'open' && <EntryForm onAdd={add} />}
      </Stack>
    </Paper>
  );
}

interface EntryLineProps {
  readonly entry: OfferedEntry;
  readonly modelId: string;
}

function EntryLine({ entry, modelId }: EntryLineProps) {
  const { kind, atUtc, text, evidence } = entry;
  return (
    <Text component="div" className="assay-wrap assay-figures">
      <TimeText instant={atUtc} /> <b>{ENTRY_WORDS[kind]}:</b> <Sentence text={text} />
      {evidence !== null && (
        <>
          {' '}
          <EvidenceLink shown={evidence} modelId={modelId} />
        </>
      )}
    </Text>
  );
}

function EvidenceLink({
  shown,
  modelId,
}: {
  readonly shown: ShownEvidence;
  readonly modelId: string;
}) {
  return <TextLink to={evidencePath(shown.evidence, modelId)}>{shown.title}</TextLink>;
}

/** A line for what no record of the workspace shows; it happened now. */
function EntryForm({ onAdd }: { readonly onAdd: (entry: OfferedEntry) => Promise<boolean> }) {
  const [kind, setKind] = useState<OfferedEntry['kind']>('decision');
  const [text, setText] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text.trim() === '' || isBusy) return;
    setIsBusy(true);
    const atUtc = new Date().toISOString();
    const isSaved = await onAdd({ kind, atUtc, text: text.trim(), evidence: null });
    setIsBusy(false);
    if (isSaved) setText('');
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group align="flex-end" wrap="nowrap">
        <Select
          label="Kind"
          w={160}
          allowDeselect={false}
          data={ENTRY_KINDS.map((value) => ({ value, label: ENTRY_WORDS[value] }))}
          value={kind}
          onChange={(value) => setKind(ENTRY_KINDS.find((one) => one === value) ?? kind)}
        />
        <Textarea
          label="What happened"
          flex={1}
          autosize
          minRows={1}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={isBusy} disabled={text.trim() === ''}>
          Add entry
        </Button>
      </Group>
    </form>
  );
}
