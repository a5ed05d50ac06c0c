import { Text } from '@mantine/core';
import type { PersonDetails } from '../../shared/vault/peopleChannels';
import { usePeopleStore } from './peopleStore';
import { PreviewedSigning } from '../ui/PreviewedSigning';

export interface ConfirmKeyProps {
  readonly opened: boolean;
  readonly person: PersonDetails;
  readonly keyId: string;
  readonly onClose: () => void;
}

/** A second person signs that a new key is its owner's. */
export function ConfirmKey({ opened, person, keyId, onClose }: ConfirmKeyProps) {
  const confirmKey = usePeopleStore((state) => state.confirmKey);
  return (
    <PreviewedSigning
      opened={opened}
      recordType="vault.key"
      recordId={keyId}
      title={`Confirm the key of ${person.printedName}`}
      meaning="approval"
      signLabel="Confirm key"
      onSign={confirmKey}
      onClose={onClose}
    >
      <Text>
        Ask {person.printedName} to read the four groups of the fingerprint aloud from their own My
        access tab, in person or by a call where you know them. Confirm only if every group is the
        same.
      </Text>
    </PreviewedSigning>
  );
}
