import {
  Anchor,
  Button,
  Group,
  Paper,
  PasswordInput,
  Select,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import type { VaultStatus } from '../../shared/vault/channels';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { EntranceFrame } from '../ui/EntranceFrame';
import { ErrorPanel } from '../ui/ErrorPanel';
import { retryAfterMsOf } from '../ui/explainError';
import { formatNoun } from '../ui/formatNumber';
import { PassphraseProblem } from '../ui/PassphraseProblem';
import { PublicPassphrase } from '../ui/PublicPassphrase';
import { useCall } from '../ui/useCall';
import { useCountdown } from '../ui/useCountdown';
import { useVaultStore } from './vaultStore';

type LockedStatus = Extract<VaultStatus, { state: 'locked' }>;

/** Signs a person in to a locked workspace. */
export function UnlockPage({ status }: { readonly status: LockedStatus }) {
  const close = useVaultStore((state) => state.close);
  useEffect(() => {
    document.title = `Unlock ${status.workspaceName} · Assay`;
  }, [status.workspaceName]);
  return (
    <EntranceFrame width={440}>
      <Stack gap="md">
        <div>
          <Title order={1} style={{ overflowWrap: 'anywhere' }}>
            Unlock {status.workspaceName}
          </Title>
          <Text c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {status.folder}
          </Text>
        </div>
        <Paper p="lg" bg="var(--assay-surface)">
          <UnlockForm status={status} />
        </Paper>
        <Group justify="space-between">
          <Button variant="subtle" onClick={() => void close()}>
            Other workspace
          </Button>
          <Anchor component={Link} href="/verify" size="sm">
            Verify a package
          </Anchor>
        </Group>
      </Stack>
    </EntranceFrame>
  );
}

function UnlockForm({ status }: { readonly status: LockedStatus }) {
  const setStatus = useVaultStore((state) => state.setStatus);
  const unlock = useCall('vault.unlock');
  const { secondsLeft, start } = useCountdown(status.retryAfterMs);
  const [personId, setPersonId] = useState<string | null>(status.people[0]?.id ?? null);
  const [passphrase, setPassphrase] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (personId === null || passphrase === '' || secondsLeft > 0 || unlock.isRunning) return;
    const result = await unlock.run({ personId, passphrase });
    if (result.ok) {
      setStatus(result.value);
      return;
    }
    setPassphrase('');
    start(retryAfterMsOf(result.error));
    field.current?.focus();
  }

  const { error } = unlock;
  const isRefused = error?.code === 'FORBIDDEN';
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <PersonChoice people={status.people} personId={personId} onChange={setPersonId} />
        <PasswordInput
          ref={field}
          label="Passphrase"
          autoComplete="off"
          required
          value={passphrase}
          error={isRefused}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {status.workspaceName === SAMPLE_WORKSPACE.name && (
          <PublicPassphrase passphrase={SAMPLE_WORKSPACE.passphrase} />
        )}
        <PassphraseProblem message={isRefused ? error.message : null} secondsLeft={secondsLeft} />
        {error === null && status.failedAttempts > 0 && (
          <Text c="dimmed">
            {formatNoun(status.failedAttempts, 'failed attempt')} since the last sign-in.
          </Text>
        )}
        {error !== null && !isRefused && <ErrorPanel error={error} />}
        <Button
          type="submit"
          loading={unlock.isRunning}
          disabled={passphrase === '' || personId === null || secondsLeft > 0}
        >
          Unlock
        </Button>
      </Stack>
    </form>
  );
}

interface PersonChoiceProps {
  readonly people: LockedStatus['people'];
  readonly personId: string | null;
  readonly onChange: (personId: string) => void;
}

function PersonChoice({ people, personId, onChange }: PersonChoiceProps) {
  const [only] = people;
  if (people.length === 1 && only !== undefined) {
    return (
      <Text>
        You sign in as <b>{only.printedName}</b>.
      </Text>
    );
  }
  return (
    <Select
      label="Person"
      required
      allowDeselect={false}
      searchable={people.length > 8}
      data={people.map(({ id, printedName }) => ({ value: id, label: printedName }))}
      value={personId}
      onChange={(id) => id !== null && onChange(id)}
    />
  );
}
