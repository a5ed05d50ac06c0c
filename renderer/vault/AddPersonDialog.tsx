import { Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { GivenAccess as Given } from '../../shared/vault/peopleChannels';
import type { Role } from '../../shared/vault/person';
import { ActForm } from './ActForm';
import { GivenAccess } from './GivenAccess';
import { usePeopleStore } from './peopleStore';
import { RolesField } from './RolesField';

export interface AddPersonDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Adds a person, then shows once what lets them in. */
export function AddPersonDialog({ opened, onClose }: AddPersonDialogProps) {
  const [given, setGiven] = useState<Given | null>(null);
  function close(): void {
    setGiven(null);
    onClose();
  }
  const isForm = given === null;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Add person"
      size="lg"
      // A passphrase that is shown once does not vanish by a slip of the hand.
      closeOnEscape={isForm}
      closeOnClickOutside={isForm}
      withCloseButton={isForm}
    >
      {opened && given === null && <AddPersonForm onCancel={close} onGiven={setGiven} />}
      {opened && given !== null && <GivenAccess given={given} onDone={close} />}
    </Modal>
  );
}

interface AddPersonFormProps {
  readonly onCancel: () => void;
  readonly onGiven: (given: Given) => void;
}

function AddPersonForm({ onCancel, onGiven }: AddPersonFormProps) {
  const addPerson = usePeopleStore((state) => state.addPerson);
  const [printedName, setPrintedName] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(['analyst']);
  const [identityCheck, setIdentityCheck] = useState('');
  return (
    <ActForm
      submitLabel="Add person"
      passphraseLabel="Your own passphrase"
      isReady={printedName.trim() !== '' && identityCheck.trim() !== '' && roles.length > 0}
      onCancel={onCancel}
      onSubmit={async ({ passphrase }) => {
        const input = { printedName, roles: [...roles], identityCheck, passphrase };
        const result = await addPerson(input);
        if (result.ok) onGiven(result.value);
        return result.ok ? null : result.error;
      }}
    >
      <Text>
        You get a one-time passphrase for them, shown once. They make their keys with it themselves,
        so that nobody else ever holds them.
      </Text>
      <TextInput
        label="Name"
        description="As it is printed with their signatures. It belongs to one person for ever."
        required
        data-autofocus
        maxLength={120}
        value={printedName}
        onChange={(event) => setPrintedName(event.currentTarget.value)}
      />
      <RolesField value={roles} onChange={setRoles} />
      <TextInput
        label="How their identity was checked"
        description="For example the document that you saw, or who vouched for them."
        required
        maxLength={500}
        value={identityCheck}
        onChange={(event) => setIdentityCheck(event.currentTarget.value)}
      />
    </ActForm>
  );
}
