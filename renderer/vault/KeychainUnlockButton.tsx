import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { VaultStatus } from '../../shared/vault/channels';
import { useCall } from '../ui/useCall';

export interface KeychainUnlockButtonProps {
  readonly personId: RawInputOf<Contract['vault.unlockWithKeychain']>['personId'];
  readonly onUnlocked: (status: VaultStatus) => void;
  /** Null when a new try begins. */
  readonly onError: (error: AppError | null) => void;
}

/** Signs in through the keychain; the passphrase can be typed meanwhile. */
export function KeychainUnlockButton({ personId, onUnlocked, onError }: KeychainUnlockButtonProps) {
  const { run, isRunning } = useCall('vault.unlockWithKeychain');

  async function onClick(): Promise<void> {
    onError(null);
    const result = await run({ personId });
    if (result.ok) onUnlocked(result.value);
    else onError(result.error);
  }

  return (
    <Button
      variant="default"
      leftSection={<IconKey size={16} aria-hidden />}
      loading={isRunning}
      onClick={() => void onClick()}
    >
      Unlock with this system’s keychain
    </Button>
  );
}
