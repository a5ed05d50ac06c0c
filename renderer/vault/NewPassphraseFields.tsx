import { PasswordInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { acceptedPassphrase } from './newPassphrase';
import { StrengthMeter } from './StrengthMeter';
import { usePassphraseStrength } from './usePassphraseStrength';

export interface NewPassphraseFieldsProps {
  /** What an attacker would try first: the names on the form. */
  readonly context: readonly string[];
  readonly label?: string;
  /** Null until both fields agree and the passphrase is strong enough. */
  readonly onChange: (passphrase: string | null) => void;
}

/** A passphrase of one's own, typed twice and measured while it is typed. */
export function NewPassphraseFields(props: NewPassphraseFieldsProps) {
  const { context, label = 'Passphrase', onChange } = props;
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const strength = usePassphraseStrength(passphrase, context);
  const accepted = acceptedPassphrase({ passphrase, repeated, strength });
  useEffect(() => onChange(accepted), [accepted, onChange]);
  const isDifferent = repeated !== '' && repeated !== passphrase;
  return (
    <>
      <PasswordInput
        label={label}
        required
        autoComplete="new-password"
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      <StrengthMeter strength={strength} />
      <PasswordInput
        label={`${label} again`}
        required
        autoComplete="new-password"
        value={repeated}
        error={isDifferent ? 'The two passphrases differ.' : null}
        onChange={(event) => setRepeated(event.currentTarget.value)}
      />
    </>
  );
}
