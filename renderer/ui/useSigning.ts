import { useCallback, useEffect, useState } from 'react';
import type { SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import type { SignableType, SigningState } from '../../shared/vault/signable';
import { retryAfterMsOf } from './explainError';
import { useCall } from './useCall';
import { useCountdown } from './useCountdown';

export interface Signing {
  /** What this signature needs; null until core has answered. */
  readonly needed: SigningState | null;
  readonly isBusy: boolean;
  /** Why it was not signed, or why it is not known what a signature needs. */
  readonly error: AppError | null;
  readonly secondsLeft: number;
  readonly reload: () => void;
  /** Answers true when it is signed. */
  readonly sign: (act: SigningAct) => Promise<boolean>;
}

/** One signing act: what it needs, sending it, and why it was refused. */
export function useSigning(
  recordType: SignableType | null,
  onSign: (act: SigningAct) => Promise<AppError | null>,
): Signing {
  const { run, error: stateError } = useCall('vault.signingState');
  const [needed, setNeeded] = useState<SigningState | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { secondsLeft, start } = useCountdown();

  const reload = useCallback(() => {
    void run({ recordType }).then((result) => {
      if (result.ok) setNeeded(result.value);
    });
  }, [run, recordType]);
  useEffect(reload, [reload]);

  async function sign(act: SigningAct): Promise<boolean> {
    setIsBusy(true);
    setError(null);
    const failure = await onSign(act);
    setIsBusy(false);
    if (failure === null) return true;
    setError(failure.code === 'CANCELLED' ? null : failure);
    start(retryAfterMsOf(failure));
    // A dialog that stood open for long may need more by now: the name again, a confirmed clock.
    reload();
    return false;
  }
  return { needed, isBusy, error: error ?? stateError, secondsLeft, reload, sign };
}
