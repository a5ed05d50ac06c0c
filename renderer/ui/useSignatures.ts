import { useCallback, useEffect, useState } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import type { SignableRef, SignedRecord } from '../../shared/vault/signable';
import { useCall } from './useCall';

/** The signatures under one record, read again when `refreshKey` changes or on `reload`. */
export function useSignatures(
  { recordType, recordId }: SignableRef,
  refreshKey: string | number | undefined,
): {
  readonly signed: SignedRecord | null;
  readonly error: AppError | null;
  readonly reload: () => void;
} {
  const { run, error } = useCall('vault.listSignatures');
  const [signed, setSigned] = useState<SignedRecord | null>(null);
  const reload = useCallback(() => {
    void run({ recordType, recordId }).then((result) => {
      if (result.ok) setSigned(result.value);
    });
  }, [run, recordType, recordId]);
  useEffect(reload, [reload, refreshKey]);
  return { signed, error, reload };
}
