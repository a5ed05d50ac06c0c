import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatNoun } from '../ui/formatNumber';
import { PublicPassphrase } from '../ui/PublicPassphrase';
import { useCall } from '../ui/useCall';
import { EntryError } from './EntryError';
import { KeychainUnlockButton } from './KeychainUnlockButton';
import type { LockedStatus } from './lockedStatus';
import type { Entry } from './useEntry';
import { useVaultStore } from './vaultStore';

interface SignInFormProps {
  readonly status: LockedStatus;
  readonly personId: string;
  readonly entry: Entry;
}

/** Signs a person in with their own passphrase. */
export function SignInForm({ status, personId, entry }: SignInFormProps) {
  const { secondsLeft, take } = entry;
  const unlock = useCall('vault.unlock');
  const setStatus = useVaultStore((state) => state.setStatus);
  const [keychainError, setKeychainError] = useState<AppError | null>(null);
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
  const person = status.people.find(({ id }) => id === personId);
  const hasKeychainUnlock = person?.hasKeychainUnlock === true;
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
        {hasKeychainUnlock && (
          <KeychainUnlockButton
            personId={personId}
            onUnlocked={setStatus}
            onError={setKeychainError}
          />
        )}
        {keychainError !== null && <ErrorPanel error={keychainError} />}
      </Stack>
    </form>
  );
}
