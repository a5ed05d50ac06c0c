import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ActForm } from './ActForm';
import { NewPassphraseFields } from './NewPassphraseFields';
import { usePeopleStore } from './peopleStore';

export interface ChangePassphraseFormProps {
  /** What somebody would try first: the names of the workspace and of the person. */
  readonly context: readonly string[];
}

/** Replaces one's own passphrase. */
export function ChangePassphraseForm({ context }: ChangePassphraseFormProps) {
  /** Counts the changes: each starts an empty form. */
  const [nChanges, setNChanges] = useState(0);
  return (
    <Stack gap="sm">
      <Text>
        Only what your passphrase locks is made anew. Backups made before still open with the old
        one.
      </Text>
      <PassphraseFields
        key={nChanges}
        context={context}
        onChanged={() => setNChanges((count) => count + 1)}
      />
      <Text role="status" fw={600}>
        {nChanges === 0 ? '' : 'Your passphrase is changed. Use the new one from now on.'}
      </Text>
    </Stack>
  );
}

interface PassphraseFieldsProps extends ChangePassphraseFormProps {
  readonly onChanged: () => void;
}

function PassphraseFields({ context, onChanged }: PassphraseFieldsProps) {
  const changePassphrase = usePeopleStore((state) => state.changePassphrase);
  const [newPassphrase, setNewPassphrase] = useState<string | null>(null);
  return (
    <ActForm
      submitLabel="Change passphrase"
      passphraseLabel="Current passphrase"
      isPassphraseFirst
      isReady={newPassphrase !== null}
      onSubmit={async ({ passphrase }) => {
        if (newPassphrase === null) return null;
        const failure = await changePassphrase({ passphrase, newPassphrase });
        if (failure === null) onChanged();
        return failure;
      }}
    >
      <NewPassphraseFields label="New passphrase" context={context} onChange={setNewPassphrase} />
    </ActForm>
  );
}
