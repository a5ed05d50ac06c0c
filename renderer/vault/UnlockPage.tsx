import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { EntranceFrame } from '../ui/EntranceFrame';
import { FirstSignInForm } from './FirstSignInForm';
import type { LockedStatus } from './lockedStatus';
import { LostPassphrase } from './LostPassphrase';
import { PersonChoice } from './PersonChoice';
import { RecoverForm } from './RecoverForm';
import { SignInForm } from './SignInForm';
import { useEntry } from './useEntry';
import { useVaultStore } from './vaultStore';

/** The ways into a locked workspace: one's passphrase, a one-time passphrase, the recovery kit. */
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
        <Entrance status={status} />
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

type Way = 'passphrase' | 'lost' | 'kit';

function Entrance({ status }: { readonly status: LockedStatus }) {
  const entry = useEntry(status.retryAfterMs);
  const [personId, setPersonId] = useState<string | null>(status.people[0]?.id ?? null);
  const [way, setWay] = useState<Way>('passphrase');
  const choice = { status, personId, entry, onPerson: setPersonId };
  return (
    <>
      <Paper p="lg" bg="var(--assay-surface)">
        {way === 'kit' ? <RecoverForm {...choice} /> : <PersonEntrance {...choice} />}
      </Paper>
      {way === 'lost' && (
        <Paper p="lg" bg="var(--assay-surface)">
          <LostPassphrase hasRecoveryKit={status.hasRecoveryKit} onUseKit={() => setWay('kit')} />
        </Paper>
      )}
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="left"
        w="fit-content"
        aria-expanded={way === 'kit' ? undefined : way === 'lost'}
        onClick={() => setWay(way === 'passphrase' ? 'lost' : 'passphrase')}
      >
        {way === 'kit' ? 'Sign in with a passphrase' : 'Lost the passphrase?'}
      </Anchor>
    </>
  );
}

interface PersonEntranceProps {
  readonly status: LockedStatus;
  readonly personId: string | null;
  readonly entry: ReturnType<typeof useEntry>;
  readonly onPerson: (personId: string) => void;
}

/** Who signs in, then the form that fits: somebody with a one-time passphrase chooses their own first. */
function PersonEntrance({ status, personId, entry, onPerson }: PersonEntranceProps) {
  const person = status.people.find(({ id }) => id === personId);
  return (
    <Stack gap="md">
      <PersonChoice people={status.people} personId={personId} onChange={onPerson} />
      {person !== undefined &&
        (person.isFirstSignIn ? (
          <FirstSignInForm
            key={person.id}
            workspaceName={status.workspaceName}
            person={person}
            entry={entry}
          />
        ) : (
          <SignInForm key={person.id} status={status} personId={person.id} entry={entry} />
        ))}
    </Stack>
  );
}
