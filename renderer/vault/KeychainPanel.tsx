import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import type { KeychainState } from '../../shared/vault/keychainChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { retryAfterMsOf } from '../ui/explainError';
import { PassphraseProblem } from '../ui/PassphraseProblem';
import { PublicPassphrase } from '../ui/PublicPassphrase';
import { usePublicPassphraseStore } from '../ui/publicPassphraseStore';
import { StateBadge } from '../ui/StateBadge';
import { useCall } from '../ui/useCall';
import { useCountdown } from '../ui/useCountdown';

/** Signing in through the keychain on this device: what it does and does not do, and its switch. */
export function KeychainPanel() {
  const { run: findState, error } = useCall('vault.keychainState');
  /** Null until core has answered. */
  const [state, setState] = useState<KeychainState | null>(null);

  const load = useCallback(async () => {
    const result = await findState({});
    if (result.ok) setState(result.value);
  }, [findState]);
  useEffect(() => void load(), [load]);

  return (
    <Stack gap="sm" align="flex-start">
      <Text>
        Lets you sign in on this device without typing your passphrase: the keychain of your
        operating system keeps one half of a key, Assay the other, and neither half opens anything
        alone. Whoever can use your account on this device can then sign in as you.
      </Text>
      <Text>
        It does not sign: every signature still needs your passphrase. It goes on working after you
        change your passphrase, and ends when your access is reset or you are deactivated.
      </Text>
      {error !== null && <ErrorPanel error={error} onRetry={() => void load()} />}
      {state !== null && <KeychainSwitch state={state} onChange={setState} />}
    </Stack>
  );
}

interface SwitchProps {
  readonly state: KeychainState;
  readonly onChange: (state: KeychainState) => void;
}

function KeychainSwitch({ state, onChange }: SwitchProps) {
  const { isAvailable, isEnabled } = state;
  return (
    <>
      {!isAvailable && (
        <Text fw={600}>
          This system offers no keychain that Assay trusts; without one the passphrase is the only
          way in.
        </Text>
      )}
      <div aria-live="polite">
        {isEnabled && <StateBadge state="ok" label="On for you on this device" />}
        {!isEnabled && isAvailable && <Text fw={600}>Off for you on this device.</Text>}
      </div>
      {isEnabled && <DisableButton onChange={onChange} />}
      {!isEnabled && isAvailable && <EnableForm onChange={onChange} />}
    </>
  );
}

function DisableButton({ onChange }: Pick<SwitchProps, 'onChange'>) {
  const { run, isRunning, error } = useCall('vault.disableKeychain');

  async function onClick(): Promise<void> {
    const result = await run({});
    if (result.ok) onChange(result.value);
  }

  return (
    <>
      {error !== null && <ErrorPanel error={error} />}
      <Button variant="default" loading={isRunning} onClick={() => void onClick()}>
        Switch off
      </Button>
    </>
  );
}

function EnableForm({ onChange }: Pick<SwitchProps, 'onChange'>) {
  const { run, isRunning, error } = useCall('vault.enableKeychain');
  const { secondsLeft, start } = useCountdown();
  const [passphrase, setPassphrase] = useState('');
  const publicPassphrase = usePublicPassphraseStore((store) => store.passphrase);
  const isRefused = error?.code === 'FORBIDDEN';

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (passphrase === '' || isRunning || secondsLeft > 0) return;
    const result = await run({ passphrase });
    setPassphrase('');
    if (result.ok) onChange(result.value);
    else start(retryAfterMsOf(result.error));
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="sm">
        <PasswordInput
          label="Your passphrase"
          description="Your system may ask for permission first."
          required
          autoComplete="off"
          value={passphrase}
          error={isRefused}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {publicPassphrase !== null && <PublicPassphrase passphrase={publicPassphrase} />}
        <PassphraseProblem message={isRefused ? error.message : null} secondsLeft={secondsLeft} />
        {error !== null && !isRefused && <ErrorPanel error={error} />}
        <Group>
          <Button type="submit" loading={isRunning} disabled={passphrase === '' || secondsLeft > 0}>
            Switch on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
