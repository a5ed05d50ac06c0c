import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useCallback, useEffect, useId, useState, type FormEvent } from 'react';
import type { LiveAnswer } from '../../shared/registry/lifecycleChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { KeyValue } from '../ui/KeyValue';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { useCall } from '../ui/useCall';

/** Which version was live at an instant, since when, who decided and why. */
export function LiveAtPanel({ modelId }: { readonly modelId: string }) {
  const titleId = useId();
  const { run, error, isRunning } = useCall('registry.liveAt');
  const [answer, setAnswer] = useState<LiveAnswer | null>(null);
  const [typed, setTyped] = useState('');
  const ask = useCallback(
    async (atUtc: string) => {
      const result = await run({ modelId, atUtc });
      if (result.ok) setAnswer(result.value);
    },
    [run, modelId],
  );
  useEffect(() => void ask(new Date().toISOString()), [ask]);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    // The field has no zone: what is typed is UTC, as everywhere.
    const atMs = typed === '' ? Date.now() : Date.parse(`${typed}Z`);
    if (!Number.isNaN(atMs)) void ask(new Date(atMs).toISOString());
  }

  return (
    <Paper component="section" aria-labelledby={titleId} bg="var(--assay-surface)">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Title order={2} id={titleId}>
            What was live
          </Title>
          <form onSubmit={onSubmit}>
            <Group gap="xs" align="flex-end">
              <TextInput
                type="datetime-local"
                step={1}
                label="As of (UTC)"
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
              <Button type="submit" variant="default" loading={isRunning}>
                Show
              </Button>
            </Group>
          </form>
        </Group>
        {error !== null && <ErrorPanel error={error} />}
        <div aria-live="polite">
          {answer !== null && <Answer modelId={modelId} answer={answer} />}
        </div>
      </Stack>
    </Paper>
  );
}

interface AnswerProps {
  readonly modelId: string;
  readonly answer: LiveAnswer;
}

function Answer({ modelId, answer: { atUtc, live } }: AnswerProps) {
  if (live === null)
    return (
      <Text fw={600}>
        No version was live at <TimeText instant={atUtc} />.
      </Text>
    );
  const { change, untilUtc, request, signatures } = live;
  return (
    <Stack gap="xs">
      <Text fw={600}>
        Version {change.version} was live at <TimeText instant={atUtc} />
        {untilUtc === null ? ' and still is.' : '.'}
      </Text>
      <KeyValue
        items={[
          {
            label: 'Version',
            value: (
              <TextLink to={`/models/${modelId}/versions/${change.versionId}`}>
                Version {change.version}
              </TextLink>
            ),
          },
          { label: 'Since', value: <TimeText instant={change.atUtc} /> },
          { label: 'Until', value: untilUtc === null ? 'now' : <TimeText instant={untilUtc} /> },
          {
            label: change.kind === 'rollback' ? 'Rolled back by' : 'Promoted by',
            value: `${change.changedBy}: “${change.reason}”`,
          },
          ...(request === null
            ? []
            : [{ label: 'Asked for by', value: `${request.requestedBy}: “${request.reason}”` }]),
          ...signatures.map(({ printedName, meaning, reason }) => ({
            label: `Signed (${meaning})`,
            value: `${printedName}: “${reason}”`,
          })),
        ]}
      />
    </Stack>
  );
}
