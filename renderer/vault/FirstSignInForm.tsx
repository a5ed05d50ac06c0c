import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCall } from '../ui/useCall';
import { EntryError } from './EntryError';
import { NewPassphraseFields } from './NewPassphraseFields';
import type { Entry } from './useEntry';

interface FirstSignInFormProps {
  readonly workspaceName: string;
  readonly person: { readonly id: string; readonly printedName: string };
  readonly entry: Entry;
}

/** The first sign-in after an invitation or a reset: the person chooses a passphrase of their own. */
export function FirstSignInForm({ workspaceName, person, entry }: FirstSignInFormProps) {
  const { secondsLeft, take } = entry;
  const firstSignIn = useCall('vault.firstSignIn');
  const [oneTimePassphrase, setOneTimePassphrase] = useState('');
  const [newPassphrase, setNewPassphrase] = useState<string | null>(null);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (oneTimePassphrase === '' || newPassphrase === null) return;
    if (secondsLeft > 0 || firstSignIn.isRunning) return;
    const personId = person.id;
    const result = await firstSignIn.run({ personId, oneTimePassphrase, newPassphrase });
    if (!take(result) && !result.ok && result.error.code === 'FORBIDDEN') setOneTimePassphrase('');
  }

  const { error } = firstSignIn;
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <Text>
          {person.printedName} signs in with a one-time passphrase from an administrator. Replace it
          with one of your own, which nobody else knows. You get a signing key, which a second
          person must confirm before you sign with it.
        </Text>
        <PasswordInput
          label="One-time passphrase"
          description="As the administrator gave it to you; it works once."
          autoComplete="off"
          required
          data-autofocus
          value={oneTimePassphrase}
          error={error?.code === 'FORBIDDEN'}
          onChange={(event) => setOneTimePassphrase(event.currentTarget.value)}
        />
        <NewPassphraseFields
          label="New passphrase"
          context={[workspaceName, person.printedName]}
          onChange={setNewPassphrase}
        />
        <EntryError error={error} secondsLeft={secondsLeft} />
        <Button
          type="submit"
          loading={firstSignIn.isRunning}
          disabled={oneTimePassphrase === '' || newPassphrase === null || secondsLeft > 0}
        >
          Set passphrase and sign in
        </Button>
      </Stack>
    </form>
  );
}
