import { Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import type { PersonDetails } from '../../shared/vault/peopleChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatDuration } from '../ui/formatNumber';
import { KeyValue } from '../ui/KeyValue';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { Accountability } from './Accountability';
import { ChangePassphraseForm } from './ChangePassphraseForm';
import { KeychainPanel } from './KeychainPanel';
import { KeyFingerprint, KeyState } from './KeyFingerprint';
import { usePeopleStore } from './peopleStore';
import { myAccessSentence, originSentence, rolesText } from './peopleWords';
import { useSignedIn } from './useSignedIn';

/** What the signed-in person is here, and what only they can do about it. */
export function MyAccessPanel() {
  const status = useSignedIn();
  const me = usePeopleStore(({ people }) => people?.find(({ id }) => id === status?.person.id));
  const error = usePeopleStore((state) => state.errors['listPeople']);
  const listPeople = usePeopleStore((state) => state.listPeople);
  useEffect(() => void listPeople(), [listPeople]);
  if (status === null) return null;
  const { workspace, person, autoLockAfterMs } = status;
  return (
    <Stack gap="md" maw={760}>
      {error !== undefined && <ErrorPanel error={error} onRetry={() => void listPeople()} />}
      {me === undefined && error === undefined && <Waiting />}
      {me !== undefined && (
        <>
          <Text size="md" style={{ overflowWrap: 'anywhere' }}>
            {myAccessSentence(me)}
          </Text>
          <Section title="You">
            <MyFacts me={me} />
          </Section>
          <Section title="Accountability">
            <Accountability person={me} />
          </Section>
        </>
      )}
      <Section title="Passphrase">
        <ChangePassphraseForm context={[workspace.name, person.printedName]} />
      </Section>
      <Section title="The system’s keychain">
        <KeychainPanel />
      </Section>
      <Section title="Automatic lock">
        <Text>
          The workspace locks by itself after {formatDuration(autoLockAfterMs)} without use, and
          when the machine sleeps or its screen is locked. Nothing that was recorded is lost.
        </Text>
      </Section>
    </Stack>
  );
}

function MyFacts({ me }: { readonly me: PersonDetails }) {
  const { key } = me;
  return (
    <Stack gap="sm">
      <KeyValue
        items={[
          { label: 'Name', value: me.printedName },
          { label: 'Roles', value: rolesText(me.roles) },
          { label: 'Last sign-in', value: <TimeText instant={me.lastSignInAtUtc} /> },
          { label: 'Signing key', value: <KeyState signingKey={key} /> },
          ...(key === null
            ? []
            : [{ label: 'Fingerprint', value: <KeyFingerprint keyId={key.keyId} /> }]),
        ]}
      />
      {key !== null && <Text style={{ overflowWrap: 'anywhere' }}>{originSentence(key)}</Text>}
      {key !== null && !key.isConfirmed && (
        <Text>
          Read the four groups aloud to the person who confirms your key, in person or by a call
          where they know you.
        </Text>
      )}
    </Stack>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper component="section" bg="var(--assay-surface)">
      <Title order={2} mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}
