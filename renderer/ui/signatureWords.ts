import type { ShownSignature } from '../../shared/vault/signable';
import { formatUtc } from './formatNumber';
import type { State } from './theme';

/** How a signature under a record stands today, in a word and in a sentence. */
export function signatureState({
  isCurrent,
  keyRevokedAtUtc,
}: Pick<ShownSignature, 'isCurrent' | 'keyRevokedAtUtc'>): {
  readonly state: State;
  readonly label: string;
  readonly title: string;
} {
  if (!isCurrent) {
    return {
      state: 'watch',
      label: 'Outdated',
      title: 'The record changed after it was signed; the signature is of the record as it was.',
    };
  }
  if (keyRevokedAtUtc !== null) {
    return {
      state: 'unknown',
      label: 'Key revoked since',
      title: `The key was revoked on ${formatUtc(keyRevokedAtUtc)}. A signature made before stays one.`,
    };
  }
  return { state: 'ok', label: 'Current', title: 'The record is what was signed.' };
}
