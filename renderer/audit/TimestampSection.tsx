import { Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconClockDown, IconClockUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ExportedRequest } from '../../shared/audit/timestampChannels';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { KeyValue } from '../ui/KeyValue';
import { useCall } from '../ui/useCall';
import { Waiting } from '../ui/Waiting';
import { useAuditStore } from './auditStore';
import { PathText } from './PathText';
import { useTimestampStore } from './timestampStore';
import { TimestampTable } from './TimestampTable';
import { timestampFinding } from './timestampWords';

/** Lets an outside authority state since when the log is as it is (RFC 3161), by files only. */
export function TimestampSection() {
  const { timestamps, error, listTimestamps } = useTimestampStore();
  const requesting = useCall('audit.requestTimestamp');
  const importing = useCall('audit.importTimestamp');
  const [exported, setExported] = useState<ExportedRequest | null>(null);
  useEffect(() => void listTimestamps(), [listTimestamps]);

  async function onExport(): Promise<void> {
    importing.clearError();
    const result = await requesting.run({});
    if (result.ok) await refresh(result.value);
  }
  async function onImport(): Promise<void> {
    requesting.clearError();
    const result = await importing.run({ source: { token: null } });
    if (result.ok) await refresh(null);
  }
  async function refresh(request: ExportedRequest | null): Promise<void> {
    setExported(request);
    const { search, text } = useAuditStore.getState();
    await Promise.all([listTimestamps(), search(text)]);
  }

  const failure = requesting.error ?? importing.error;
  return (
    <section aria-labelledby="timestamps-title">
      <Stack gap="sm" mt="md">
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="lg">
          <Heading sentence={timestamps?.length ? timestampFinding(timestamps) : null} />
          <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
            <Button
              variant="default"
              leftSection={<IconClockUp size={16} aria-hidden />}
              loading={requesting.isRunning}
              onClick={() => void onExport()}
            >
              Export request…
            </Button>
            <Button
              variant="default"
              leftSection={<IconClockDown size={16} aria-hidden />}
              loading={importing.isRunning}
              disabled={timestamps === null || timestamps.length === 0}
              onClick={() => void onImport()}
            >
              Import response…
            </Button>
          </Group>
        </Group>
        {failure !== null && <ErrorPanel error={failure} />}
        {error !== null && <ErrorPanel error={error} onRetry={() => void listTimestamps()} />}
        {exported !== null && <WrittenRequest exported={exported} />}
        {timestamps === null && error === null && <Waiting />}
        {timestamps?.length === 0 && <NothingRequested />}
        {timestamps !== null && timestamps.length > 0 && (
          <>
            <TimestampTable timestamps={timestamps} />
            <TrustNote />
          </>
        )}
      </Stack>
    </section>
  );
}

function Heading({ sentence }: { readonly sentence: string | null }) {
  return (
    <Stack gap={4} miw={0}>
      <Title order={2} id="timestamps-title">
        Timestamps
      </Title>
      <Text maw="86ch" className="assay-figures" style={{ overflowWrap: 'anywhere' }}>
        {sentence ??
          'An outside authority states since when the log is as it is, so that its dates rest on more than this machine’s clock.'}
      </Text>
    </Stack>
  );
}

function TrustNote() {
  return (
    <Text c="dimmed" maw="100ch">
      On import, Assay checks imprint, nonce, signature and the purpose of the certificate. Whether
      to trust the authority is the reader’s decision, with the authority’s CA certificate:{' '}
      <Code>openssl ts -verify -data CHECKPOINT.txt -in RESPONSE.tsr -CAfile CA.pem</Code>. Audit
      packages carry both files.
    </Text>
  );
}

function WrittenRequest({ exported }: { readonly exported: ExportedRequest }) {
  return (
    <Paper p="md" role="status">
      <Stack gap="xs">
        <Text>
          The request is written. Send it to a timestamping authority from any machine with a
          network, then import the .tsr file that comes back. Keep the checkpoint: it is what gets
          stamped.
        </Text>
        <KeyValue
          items={[
            { label: 'Request', value: <PathText path={exported.path} /> },
            { label: 'Checkpoint', value: <PathText path={exported.checkpointPath} /> },
          ]}
        />
      </Stack>
    </Paper>
  );
}

function NothingRequested() {
  return (
    <EmptyState title="Nothing is stamped yet">
      Export a request (.tsq): it holds the SHA-256 of the log’s checkpoint and nothing of its
      content. A timestamping authority (RFC 3161) signs it with its own time, on a machine that has
      a network. Import its response (.tsr) here: from then on, every audit package carries the
      proof that these events existed at that time.
    </EmptyState>
  );
}
