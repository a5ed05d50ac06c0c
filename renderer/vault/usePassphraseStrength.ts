import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { PassphraseStrength } from '../../shared/vault/passphraseStrength';
import { api } from '../api/client';

const WAIT_MS = 200;

/**
 * Core's estimate of a passphrase while it is typed.
 *
 * @param context what an attacker would try first: the names on the form
 * @returns null until it is measured
 */
export function usePassphraseStrength(
  passphrase: string,
  context: readonly string[],
): PassphraseStrength | null {
  const [typed] = useDebouncedValue(passphrase, WAIT_MS);
  const [measured, setMeasured] = useState<{ of: string; strength: PassphraseStrength } | null>(
    null,
  );
  const contextKey = JSON.stringify(context);
  useEffect(() => {
    if (typed === '') return;
    const controller = new AbortController();
    const known = (JSON.parse(contextKey) as string[]).filter((word) => word !== ''); // made two lines up
    void api['vault.measurePassphrase'](
      { passphrase: typed, context: known },
      { signal: controller.signal },
    ).then((result) => {
      if (result.ok && !controller.signal.aborted)
        setMeasured({ of: typed, strength: result.value });
    });
    return () => controller.abort();
  }, [typed, contextKey]);
  return passphrase === '' || measured === null ? null : measured.strength;
}
