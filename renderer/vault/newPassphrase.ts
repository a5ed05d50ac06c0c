import type { PassphraseStrength } from '../../shared/vault/passphraseStrength';

export interface TypedPassphrase {
  readonly passphrase: string;
  readonly repeated: string;
  /** Null until it is measured. */
  readonly strength: Pick<PassphraseStrength, 'isAccepted'> | null;
}

/** The new passphrase once it was typed twice alike and is strong enough; null before. */
export function acceptedPassphrase({ passphrase, repeated, strength }: TypedPassphrase) {
  const isFit = passphrase !== '' && repeated === passphrase && strength?.isAccepted === true;
  return isFit ? passphrase : null;
}
