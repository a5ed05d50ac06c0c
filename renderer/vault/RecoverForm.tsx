import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCall } from '../ui/useCall';
import { EntryError } from './EntryError';
import type { LockedStatus } from './lockedStatus';
import { NewPassphraseFields } from './NewPassphraseFields';
import { PersonChoice } from './PersonChoice';
import type { Entry } from './useEntry';

interface RecoverFormProps {
  readonly status: LockedStatus;
  readonly personId: string | null;
  readonly onPerson: (personId: string) => void;
  readonly entry: Entry;
}

/** Lets an administrator in with the code of the printed recovery kit, which is used up by it. */
export function RecoverForm({ status, personId, onPerson, entry }: RecoverFormProps) {
  const { secondsLeft, take } = entry;
  const recover = useCall('vault.recover');
  const [code, setCode] = useState('');
  const [newPassphrase, setNewPassphrase] = useState<string | null>(null);
  const person = status.people.find(({ id }) => id === personId);
  const isComplete = personId !== null && code.trim() !== '' && newPassphrase !== null;

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (personId === null || newPassphrase === null || code.trim() === '') return;
    if (secondsLeft > 0 || recover.isRunning) return;
    take(await recover.run({ personId, code, newPassphrase }));
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <Text>
          The kit lets one administrator in once and is used up by it. The use is recorded; you get
          a new signing key, which a second person must confirm before you sign with it.
        </Text>
        <PersonChoice people={status.people} personId={personId} onChange={onPerson} />
        <TextInput
          label="Code of the recovery kit"
          description="As it is printed; spaces, hyphens and capitals do not matter."
          autoComplete="off"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          required
          value={code}
          error={recover.error?.code === 'FORBIDDEN'}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <NewPassphraseFields
          label="New passphrase"
          context={[status.workspaceName, person?.printedName ?? '']}
          onChange={setNewPassphrase}
        />
        <EntryError error={recover.error} secondsLeft={secondsLeft} />
        <Button type="submit" loading={recover.isRunning} disabled={!isComplete || secondsLeft > 0}>
          Set passphrase and sign in
        </Button>
      </Stack>
    </form>
  );
}
