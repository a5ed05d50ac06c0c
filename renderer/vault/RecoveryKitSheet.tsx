import { Button, Group, List, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { RecoveryKit } from '../../shared/vault/peopleChannels';
import { CopyButton } from '../ui/CopyButton';
import { formatUtc } from '../ui/formatNumber';
import { KeyValue } from '../ui/KeyValue';
import { FocusedTitle } from './FocusedTitle';
import { PrintedSheet } from './PrintedSheet';
import { SecretCode } from './SecretCode';

export interface RecoveryKitSheetProps {
  readonly kit: RecoveryKit;
  readonly onDone: () => void;
}

/** The recovery kit with its code, shown this once, on screen and on paper. */
export function RecoveryKitSheet({ kit, onDone }: RecoveryKitSheetProps) {
  const [isAsking, setIsAsking] = useState(false);
  if (isAsking) return <KeptQuestion onBack={() => setIsAsking(false)} onDone={onDone} />;
  return (
    <Stack gap="md">
      <FocusedTitle>Recovery kit of {kit.workspaceName}</FocusedTitle>
      <Text>The code is shown this once and kept nowhere. Print the sheet, or write it down.</Text>
      <KitContents kit={kit} />
      <Group justify="space-between">
        <Group gap="xs">
          <Button
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => window.print()}
          >
            Print…
          </Button>
          <CopyButton text={kit.code} label="Copy the code" size="sm" />
        </Group>
        <Button variant="default" onClick={() => setIsAsking(true)}>
          Close
        </Button>
      </Group>
      <PrintedSheet>
        <h1>Recovery kit of {kit.workspaceName}</h1>
        <KitContents kit={kit} />
      </PrintedSheet>
    </Stack>
  );
}

function KitContents({ kit }: { readonly kit: RecoveryKit }) {
  return (
    <Stack gap="md">
      <SecretCode code={kit.code} label="Code of the recovery kit" />
      <KeyValue
        items={[
          { label: 'Workspace', value: kit.workspaceName },
          { label: 'Kit', value: kit.id },
          { label: 'Made', value: `${formatUtc(kit.madeAtUtc)} by ${kit.madeBy}` },
        ]}
      />
      <div>
        <Text fw={600}>How to use it</Text>
        <List type="ordered" size="sm" spacing={4} mt={4}>
          <List.Item>
            On the sign-in page of the workspace, choose “Lost the passphrase?”.
          </List.Item>
          <List.Item>Choose your name. You must be an administrator of this workspace.</List.Item>
          <List.Item>
            Type the code; small letters, spaces and dashes do not matter. Then choose a new
            passphrase.
          </List.Item>
          <List.Item>
            The kit is used up by it: make a new one. A second person must confirm your new key
            before it signs records.
          </List.Item>
        </List>
      </div>
      <div>
        <Text fw={600}>Where to keep it</Text>
        <Text>
          On paper, in a safe or a sealed envelope, away from the machine and from the backups.
          Whoever holds this sheet and a copy of the workspace can read everything in it.
        </Text>
      </div>
    </Stack>
  );
}

interface KeptQuestionProps {
  readonly onBack: () => void;
  readonly onDone: () => void;
}

function KeptQuestion({ onBack, onDone }: KeptQuestionProps) {
  return (
    <Stack gap="md">
      <FocusedTitle>Have you printed or written it down?</FocusedTitle>
      <Text>
        The code cannot be shown again. Without it this kit is of no use, and you would have to make
        another.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          No, show the code
        </Button>
        <Button onClick={onDone}>Yes, close</Button>
      </Group>
    </Stack>
  );
}
