import { Dialog, Text } from '@mantine/core';
import { useCallback } from 'react';
import { useVaultStore } from '../vault/vaultStore';
import { useIdleLock } from './useIdleLock';

/** Locks the workspace after the agreed wait, and says so a minute before. */
export function IdleLock({ lockAfterMs }: { readonly lockAfterMs: number }) {
  const lock = useVaultStore((state) => state.lock);
  const onOver = useCallback(() => void lock('idle'), [lock]);
  const state = useIdleLock(lockAfterMs, onOver);
  const isWarning = state.name === 'warning';
  return (
    <Dialog opened={isWarning} role="alert" withBorder p="md" size="md">
      <Text className="assay-figures">
        Nobody has used Assay for a while. It locks in {isWarning ? state.secondsLeft : 0} s; press
        a key or move the pointer to stay.
      </Text>
    </Dialog>
  );
}
