import { Button, Group, List, Stack, Text } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import type { PersonDetails } from '../../shared/vault/peopleChannels';
import { KeyValue } from '../ui/KeyValue';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { KeyFingerprint, KeyState } from './KeyFingerprint';
import {
  confirmObstacle,
  isConfirmable,
  noKeySentence,
  originSentence,
  personStateLook,
  rolesText,
} from './peopleWords';

/** What is on record about a person's access. */
export function PersonFacts({ person }: { readonly person: PersonDetails }) {
  return (
    <KeyValue
      items={[
        { label: 'State', value: <StateBadge {...personStateLook(person.state)} /> },
        { label: 'Roles', value: rolesText(person.roles) },
        { label: 'Identity check', value: person.identityCheck || 'None on record' },
        { label: 'Added', value: <TimeText instant={person.addedAtUtc} /> },
        ...(person.deactivatedAtUtc === null
          ? []
          : [{ label: 'Deactivated', value: <TimeText instant={person.deactivatedAtUtc} /> }]),
        {
          label: 'Accountability',
          value:
            person.accountabilitySignedAtUtc === null ? (
              'Not signed yet'
            ) : (
              <>
                Signed at <TimeText instant={person.accountabilitySignedAtUtc} />
              </>
            ),
        },
        {
          label: 'Last sign-in',
          value:
            person.lastSignInAtUtc === null ? (
              'None on record'
            ) : (
              <TimeText instant={person.lastSignInAtUtc} />
            ),
        },
      ]}
    />
  );
}

export interface PersonKeyFactsProps {
  readonly person: PersonDetails;
  readonly onConfirm: () => void;
}

/** A person's signing key, how it came, and the way to confirm it. */
export function PersonKeyFacts({ person, onConfirm }: PersonKeyFactsProps) {
  const { key, state } = person;
  const obstacle = confirmObstacle(key);
  return (
    <Stack gap="xs" align="flex-start">
      <KeyState signingKey={key} />
      {key === null ? (
        <Text>{noKeySentence(state)}</Text>
      ) : (
        <>
          <KeyFingerprint keyId={key.keyId} />
          <Text style={{ overflowWrap: 'anywhere' }}>{originSentence(key)}</Text>
        </>
      )}
      {isConfirmable(key) && (
        <>
          <Text>
            Until somebody else confirms it, nothing but the statement of accountability can be
            signed with it. Compare the fingerprint with what the person reads aloud from their own
            My access tab.
          </Text>
          <Button leftSection={<IconFingerprint size={16} aria-hidden />} onClick={onConfirm}>
            Confirm key…
          </Button>
        </>
      )}
      {obstacle !== null && <Text>You cannot confirm it: {obstacle}</Text>}
    </Stack>
  );
}

/** What a person was trained in; notes are never changed. */
export function TrainingNotes({ training }: Pick<PersonDetails, 'training'>) {
  if (training.length === 0) return <Text>No training is on record.</Text>;
  return (
    <List size="sm" spacing={2}>
      {training.map(({ topic, trainedOn, recordedBy, recordedAtUtc }) => (
        <List.Item key={`${recordedAtUtc} ${topic}`} style={{ overflowWrap: 'anywhere' }}>
          <Group gap={6} display="inline-flex">
            <Text span fw={500}>
              {topic}
            </Text>
            <Text span className="assay-figures">
              on {trainedOn}, recorded by {recordedBy} at <TimeText instant={recordedAtUtc} />
            </Text>
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
