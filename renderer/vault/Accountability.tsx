import { Blockquote, Button, Group, Stack, Text } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import type { PersonDetails } from '../../shared/vault/peopleChannels';
import { ACCOUNTABILITY_STATEMENT } from '../../shared/vault/signable';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { usePeopleStore } from './peopleStore';
import { PreviewedSigning } from '../ui/PreviewedSigning';

/** The statement that a person signs once, before their signatures count. */
export function Accountability({ person }: { readonly person: PersonDetails }) {
  const signAccountability = usePeopleStore((state) => state.signAccountability);
  const [isSigning, setIsSigning] = useState(false);
  const { accountabilitySignedAtUtc: signedAtUtc } = person;
  return (
    <Stack gap="sm" align="flex-start">
      <Blockquote p="sm" m={0} fz="sm" color="gray">
        {ACCOUNTABILITY_STATEMENT}
      </Blockquote>
      {signedAtUtc === null ? (
        <>
          <Text>You sign it once, with the meaning of responsibility.</Text>
          <Button
            leftSection={<IconSignature size={16} aria-hidden />}
            onClick={() => setIsSigning(true)}
          >
            Sign the statement…
          </Button>
        </>
      ) : (
        <Group gap="xs">
          <StateBadge state="ok" label="Signed" />
          <Text>
            at <TimeText instant={signedAtUtc} />
          </Text>
        </Group>
      )}
      <PreviewedSigning
        opened={isSigning}
        recordType="vault.accountability"
        recordId={person.id}
        title="Sign the statement of accountability"
        meaning="responsibility"
        signLabel="Sign"
        initialReason="I have read the statement and accept it."
        onSign={signAccountability}
        onClose={() => setIsSigning(false)}
      />
    </Stack>
  );
}
