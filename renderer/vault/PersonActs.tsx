import { List, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { GivenAccess, PersonDetails } from '../../shared/vault/peopleChannels';
import type { Role } from '../../shared/vault/person';
import { ActForm } from './ActForm';
import { FocusedTitle } from './FocusedTitle';
import { rolesText } from './peopleWords';
import { usePeopleStore } from './peopleStore';
import { RolesField } from './RolesField';

interface PersonActProps {
  readonly person: PersonDetails;
  /** Done or given up: back to the person. */
  readonly onEnd: () => void;
}

/** Notes that a person was trained in something. */
export function TrainingForm({ person, onEnd }: PersonActProps) {
  const recordTraining = usePeopleStore((state) => state.recordTraining);
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const [topic, setTopic] = useState('');
  const [trainedOn, setTrainedOn] = useState(today);
  return (
    <ActForm
      submitLabel="Add training note"
      isReady={topic.trim() !== '' && trainedOn !== ''}
      onCancel={onEnd}
      onSubmit={async () => {
        const failure = await recordTraining({ personId: person.id, topic, trainedOn });
        if (failure === null) onEnd();
        return failure;
      }}
    >
      <FocusedTitle>Add training note</FocusedTitle>
      <Text>The note goes on record with your name and the time. It never changes.</Text>
      <TextInput
        label="Topic"
        description="What the training was about, and where its proof is kept."
        required
        maxLength={500}
        value={topic}
        onChange={(event) => setTopic(event.currentTarget.value)}
      />
      <TextInput
        label="Day of the training"
        type="date"
        required
        max={today}
        maw={200}
        value={trainedOn}
        onChange={(event) => setTrainedOn(event.currentTarget.value)}
      />
    </ActForm>
  );
}

/** Changes what a person may do from their next sign-in on. */
export function RolesForm({ person, onEnd }: PersonActProps) {
  const setRoles = usePeopleStore((state) => state.setRoles);
  const [roles, chooseRoles] = useState<readonly Role[]>(person.roles);
  const isChanged = rolesText(roles) !== rolesText(person.roles);
  return (
    <ActForm
      submitLabel="Change roles"
      needsReason
      isReady={roles.length > 0 && isChanged}
      onCancel={onEnd}
      onSubmit={async ({ reason }) => {
        const { id: personId, revision } = person;
        const failure = await setRoles({ personId, roles: [...roles], reason, revision });
        if (failure === null) onEnd();
        return failure;
      }}
    >
      <FocusedTitle>Change roles</FocusedTitle>
      <Text>On record now: {rolesText(person.roles)}.</Text>
      <RolesField value={roles} onChange={chooseRoles} />
    </ActForm>
  );
}

interface ResetFormProps extends PersonActProps {
  readonly onGiven: (given: GivenAccess) => void;
}

/** Gives a person who lost their passphrase a way in. */
export function ResetForm({ person, onEnd, onGiven }: ResetFormProps) {
  const resetAccess = usePeopleStore((state) => state.resetAccess);
  return (
    <ActForm
      submitLabel="Reset access"
      needsReason
      passphraseLabel="Your own passphrase"
      onCancel={onEnd}
      onSubmit={async (act) => {
        const { id: personId, revision } = person;
        const result = await resetAccess({ personId, revision, ...act });
        if (result.ok) onGiven(result.value);
        return result.ok ? null : result.error;
      }}
    >
      <FocusedTitle>Reset access</FocusedTitle>
      <Text>For a person who lost their passphrase. This is what happens:</Text>
      <List size="sm" spacing={4}>
        <List.Item>
          Their present passphrase stops working, and their keys are revoked. What they signed
          before stays signed.
        </List.Item>
        <List.Item>You get a one-time passphrase for them, shown once.</List.Item>
        <List.Item>
          They make new keys with it. Because you could have used it in their place, a person other
          than the two of you must confirm the new key before it signs records.
        </List.Item>
        <List.Item>The data key is replaced at the next sign-in of anybody.</List.Item>
      </List>
    </ActForm>
  );
}

/** Ends a person's access for ever. */
export function DeactivateForm({ person, onEnd }: PersonActProps) {
  const deactivatePerson = usePeopleStore((state) => state.deactivatePerson);
  return (
    <ActForm
      submitLabel="Deactivate for ever"
      isDestructive
      needsReason
      onCancel={onEnd}
      onSubmit={async ({ reason }) => {
        const { id: personId, revision } = person;
        const failure = await deactivatePerson({ personId, reason, revision });
        if (failure === null) onEnd();
        return failure;
      }}
    >
      <FocusedTitle>Deactivate {person.printedName}</FocusedTitle>
      <List size="sm" spacing={4}>
        <List.Item>It is for ever: nobody can undo it.</List.Item>
        <List.Item>
          The name is never given to anybody again, because signatures show it. What they signed
          stays signed.
        </List.Item>
        <List.Item>
          They know the data key of today. It is replaced at the next sign-in of anybody, so that
          what is recorded from then on is closed to them.
        </List.Item>
        <List.Item>
          Copies of the workspace that were made before, backups among them, stay readable to them
          with their passphrase.
        </List.Item>
        {person.roles.includes('administrator') && (
          <List.Item>
            The recovery kit stops working, because they may know where it lies. Make a new one
            afterwards.
          </List.Item>
        )}
      </List>
    </ActForm>
  );
}
