import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFileCertificate, IconSearch, IconShieldCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AuditEvent } from '../../shared/audit/auditEvent';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatNoun } from '../ui/formatNumber';
import { PageHeader } from '../ui/PageHeader';
import { ProgressDialog } from '../ui/ProgressDialog';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { useAuditStore } from './auditStore';
import { EventDialog } from './EventDialog';
import { EventTable } from './EventTable';
import { ExportPackageDialog } from './ExportPackageDialog';
import { TimestampSection } from './TimestampSection';
import { chainFinding } from './verificationWords';

const TYPING_PAUSE_MS = 250;

/** Every event of the workspace: who, when, what, old and new; with proof that none is missing. */
export function AuditPage() {
  const { nTotal, text, error, search, verifyChain, isVerifying, setExportOpen } = useAuditStore();
  // The check at sign-in runs quietly; only one that was asked for shows its progress.
  const [isAsked, setIsAsked] = useState(false);
  const [shown, setShown] = useState<AuditEvent | null>(null);
  useEffect(() => void search(''), [search]);

  const count = nTotal === null ? '…' : formatNoun(nTotal, 'event');
  const sentence =
    text.trim() === ''
      ? `${count} on record, newest first. Nothing here can be changed or removed.`
      : `${count} with “${text.trim()}”.`;
  return (
    <>
      <PageHeader
        title="Audit"
        sentence={sentence}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconShieldCheck size={16} aria-hidden />}
              loading={isVerifying}
              onClick={() => {
                setIsAsked(true);
                void verifyChain();
              }}
            >
              Verify chain
            </Button>
            <Button
              leftSection={<IconFileCertificate size={16} aria-hidden />}
              onClick={() => setExportOpen(true)}
            >
              Export package…
            </Button>
          </>
        }
      />
      <Stack gap="md">
        <ChainResult isAsked={isAsked} />
        <EventFilter />
        {error !== null && <ErrorPanel error={error} onRetry={() => void search(text)} />}
        {nTotal === 0 && <NothingFound isFiltered={text.trim() !== ''} />}
        {nTotal !== null && nTotal > 0 && <EventTable nTotal={nTotal} onShow={setShown} />}
        <EventDialog event={shown} onClose={() => setShown(null)} />
        <TimestampSection />
        <ExportPackageDialog />
      </Stack>
    </>
  );
}

function ChainResult({ isAsked }: { readonly isAsked: boolean }) {
  const { chain, chainError, isVerifying, chainProgress, verifyChain, cancelVerify } =
    useAuditStore();
  const finding = chain === null ? null : chainFinding(chain);
  return (
    <>
      <div aria-live="polite">
        {chain !== null && finding !== null && (
          <Group gap="sm" wrap="nowrap" align="flex-start">
            <StateBadge
              state={finding.state}
              label={finding.state === 'ok' ? 'Intact' : 'Broken'}
            />
            <Text className="assay-figures">
              {finding.sentence}{' '}
              <Text span c="dimmed">
                Checked <TimeText instant={chain.verifiedAtUtc} />.
              </Text>
            </Text>
          </Group>
        )}
      </div>
      {chainError !== null && <ErrorPanel error={chainError} onRetry={() => void verifyChain()} />}
      <ProgressDialog
        opened={isVerifying && isAsked}
        title="Verifying the chain"
        progress={chainProgress}
        onCancel={cancelVerify}
      />
    </>
  );
}

function EventFilter() {
  const search = useAuditStore((state) => state.search);
  const [typed, setTyped] = useState('');
  const searchSoon = useDebouncedCallback((text: string) => void search(text), TYPING_PAUSE_MS);
  return (
    <TextInput
      aria-label="Filter events"
      placeholder="Filter by person, action, subject or reason"
      leftSection={<IconSearch size={16} aria-hidden />}
      maw={420}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        searchSoon(event.currentTarget.value);
      }}
    />
  );
}

function NothingFound({ isFiltered }: { readonly isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState title="No event fits this filter">
      Try a name, an action such as “batch”, or a part of a reason.
    </EmptyState>
  ) : (
    <EmptyState title="No events yet">
      Everything that anyone records in this workspace appears here: who, when, what, the old value
      and the new one.
    </EmptyState>
  );
}
