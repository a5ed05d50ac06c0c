import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import type { IntakeState } from '../../shared/intake/channels';
import type { MeaningChoice } from '../../shared/vault/signable';
import { formatNoun } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { SignDialog } from '../ui/SignDialog';
import { useIntakeStore } from './intakeStore';

/** A pipeline made these versions, so answering for them comes first. */
const CHOICES: readonly MeaningChoice[] = [
  { meaning: 'responsibility', obstacle: null },
  { meaning: 'authorship', obstacle: null },
];

/** New versions are registered once a person signs them: the one thing that a folder cannot do. */
export function SignWaiting({ state }: { readonly state: IntakeState }) {
  const take = useIntakeStore((store) => store.take);
  const [opened, setOpened] = useState(false);
  const unsigned = state.waiting.filter(({ waitsFor }) => waitsFor === 'signature');
  if (unsigned.length === 0) return null;
  const count = formatNoun(unsigned.length, 'new version');
  const versions = unsigned.flatMap(({ sidecarSha256 }) => sidecarSha256 ?? []);
  return (
    <Paper p="md">
      <Group justify="space-between" wrap="nowrap">
        <Text>
          {count} {unsigned.length === 1 ? 'waits' : 'wait'} for a signature; files of the same
          model that come after wait too.
        </Text>
        <Button
          leftSection={<IconSignature size={16} aria-hidden />}
          style={{ flexShrink: 0 }}
          onClick={() => setOpened(true)}
        >
          Sign and register…
        </Button>
      </Group>
      <SignDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={`Sign and register ${count}`}
        recordSha256={null}
        recordType="registry.version"
        choices={CHOICES}
        initialMeaning="responsibility"
        initialReason={`Register ${count} from the watched folder.`}
        signLabel="Sign and register"
        onSign={async (signing) => {
          const error = await take({ signing, versions });
          if (error === null) setOpened(false);
          return error;
        }}
      >
        <KeyValue
          items={[
            ...unsigned.map(({ name, modelName, reason, sidecarSha256 }) => ({
              label: modelName ?? name,
              value: (
                <Stack gap={2}>
                  <Text>{reason}</Text>
                  <HashText hash={sidecarSha256 ?? ''} of={name} />
                </Stack>
              ),
            })),
            { label: 'Stage', value: 'None; stages are given by people through gates' },
            { label: 'Content', value: 'exactly what the sidecars say, each signed and immutable' },
          ]}
        />
      </SignDialog>
    </Paper>
  );
}
