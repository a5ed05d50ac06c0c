import { useCallback } from 'react';
import type { Result } from '../../shared/ipc/result';
import type { VaultStatus } from '../../shared/vault/channels';
import { retryAfterMsOf } from '../ui/explainError';
import { useCountdown } from '../ui/useCountdown';
import { useVaultStore } from './vaultStore';

export interface Entry {
  /** How long the next attempt has to wait, whichever way in it takes. */
  readonly secondsLeft: number;
  /** Opens the window after success, waits after a refusal. Answers whether the person is in. */
  readonly take: (result: Result<VaultStatus>) => boolean;
}

/** What every way into a locked workspace has in common. */
export function useEntry(retryAfterMs: number): Entry {
  const setStatus = useVaultStore((state) => state.setStatus);
  const { secondsLeft, start } = useCountdown(retryAfterMs);
  const take = useCallback(
    (result: Result<VaultStatus>) => {
      if (result.ok) setStatus(result.value);
      else start(retryAfterMsOf(result.error));
      return result.ok;
    },
    [setStatus, start],
  );
  return { secondsLeft, take };
}
