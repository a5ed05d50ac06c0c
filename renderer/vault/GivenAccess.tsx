import { Button, Group, List, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { GivenAccess as Given } from '../../shared/vault/peopleChannels';
import { CopyButton } from '../ui/CopyButton';
import { FocusedTitle } from './FocusedTitle';
import { PrintedSheet } from './PrintedSheet';
import { SecretCode } from './SecretCode';
import { useSignedIn } from './useSignedIn';

export interface GivenAccessProps {
  readonly given: Given;
  readonly onDone: () => void;
}

/** A one-time passphrase, shown this once, and what to do with it. */
export function GivenAccess({ given, onDone }: GivenAccessProps) {
  const { person, oneTimePassphrase } = given;
  const workspaceName = useSignedIn()?.workspace.name ?? '';
  const who =
    person.state === 'reset' ? 'Somebody other than the two of you' : 'Somebody other than them';
  return (
    <Stack gap="md">
      <FocusedTitle>One-time passphrase for {person.printedName}</FocusedTitle>
      <Text>
        It is shown this once and kept nowhere. It opens the workspace a single time; if it is lost,
        reset the access again.
      </Text>
      <SecretCode code={oneTimePassphrase} label="One-time passphrase" />
      <Group gap="xs">
        <CopyButton text={oneTimePassphrase} label="Copy" />
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPrinter size={14} aria-hidden />}
          onClick={() => window.print()}
        >
          Print
        </Button>
      </Group>
      <div>
        <Text fw={600}>What to do next</Text>
        <List type="ordered" size="sm" spacing={4} mt={4}>
          <List.Item>Hand it to the person yourself, not by mail.</List.Item>
          <List.Item>
            They choose their name on the sign-in page, type it, and choose a passphrase of their
            own. Their signing key is made at that moment.
          </List.Item>
          <List.Item>
            {who} compares the fingerprint of that key with what the person reads aloud, and
            confirms it here. Until then they can sign nothing but their own accountability.
          </List.Item>
        </List>
      </div>
      <Group justify="flex-end">
        <Button onClick={onDone}>I have it; do not show it again</Button>
      </Group>
      <PrintedSheet>
        <h1>One-time passphrase</h1>
        <p>Workspace: {workspaceName}</p>
        <p>For: {person.printedName}</p>
        <SecretCode code={oneTimePassphrase} label="One-time passphrase" />
        <p>
          Open the workspace in Assay, choose your name, type this passphrase, then choose one of
          your own. It works once. Destroy this sheet afterwards.
        </p>
      </PrintedSheet>
    </Stack>
  );
}
