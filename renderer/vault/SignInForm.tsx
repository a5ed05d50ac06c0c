import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { formatNoun } from '../ui/formatNumber';
import { PublicPassphrase } from '../ui/PublicPassphrase';
import { useCall } from '../ui/useCall';
import { EntryError } from './EntryError';
import type { LockedStatus } from './lockedStatus';
import type { Entry } from './useEntry';

interface SignInFormProps {
  readonly status: LockedStatus;
  readonly personId: string;
  readonly entry: Entry;
}

/** Signs a person in with their own passphrase. */
export function SignInForm({ status, personId, entry }: SignInFormProps) {
  const { secondsLeft, take } = entry;
  const unlock = useCall('vault.unlock');
  const [passphrase, setPassphrase] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (passphrase === '' || secondsLeft > 0 || unlock.isRunning) return;
    if (take(await unlock.run({ personId, passphrase }))) return;
    setPassphrase('');
    field.current?.focus();
  }

  const { error } = unlock;
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <PasswordInput
          ref={field}
          label="Passphrase"
          autoComplete="off"
          required
          value={passphrase}
          error={error?.code === 'FORBIDDEN'}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {status.workspaceName === SAMPLE_WORKSPACE.name && (
          <PublicPassphrase passphrase={SAMPLE_WORKSPACE.passphrase} />
        )}
        <EntryError error={error} secondsLeft={secondsLeft} />
        {error === null && status.failedAttempts > 0 && (
          <Text c="dimmed">
            {formatNoun(status.failedAttempts, 'failed attempt')} since the last sign-in.
          </Text>
        )}
        <Button
          type="submit"
          loading={unlock.isRunning}
          disabled={passphrase === '' || secondsLeft > 0}
        >
          Unlock
        </Button>
      </Stack>
    </form>
  );
}
