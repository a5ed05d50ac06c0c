import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconLifebuoy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { RecoveryKit } from '../../shared/vault/peopleChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { StateBadge } from '../ui/StateBadge';
import { Waiting } from '../ui/Waiting';
import { ActForm } from './ActForm';
import { usePeopleStore, type KitFacts } from './peopleStore';
import { kitSentence, mayCall, whoCan } from './peopleWords';
import { RecoveryKitSheet } from './RecoveryKitSheet';
import { useSignedIn } from './useSignedIn';

/** What the recovery kit is, whether there is one, and the way to make it. */
export function RecoveryPanel() {
  const kit = usePeopleStore((state) => state.recoveryKit);
  const error = usePeopleStore((state) => state.errors['getRecoveryKit']);
  const getRecoveryKit = usePeopleStore((state) => state.getRecoveryKit);
  const roles = useSignedIn()?.person.roles ?? [];
  const [isMaking, setIsMaking] = useState(false);
  useEffect(() => void getRecoveryKit(), [getRecoveryKit]);
  return (
    <Stack gap="sm" align="flex-start">
      {error !== undefined && <ErrorPanel error={error} onRetry={() => void getRecoveryKit()} />}
      {kit === undefined && error === undefined && <Waiting />}
      {kit !== undefined && <KitState kit={kit} />}
      <Text>
        A recovery kit is a printed code that lets an administrator in who has lost their
        passphrase. It works once, opens the workspace and signs nothing. A new kit ends the one
        before.
      </Text>
      {mayCall(roles, 'vault.makeRecoveryKit') ? (
        <Button
          variant="default"
          leftSection={<IconLifebuoy size={16} aria-hidden />}
          onClick={() => setIsMaking(true)}
        >
          Make a recovery kit…
        </Button>
      ) : (
        <Text c="dimmed">{whoCan('vault.makeRecoveryKit', 'make a recovery kit')}</Text>
      )}
      <MakeKitDialog
        opened={isMaking}
        hasKit={kit !== undefined && kit !== null}
        onClose={() => setIsMaking(false)}
      />
    </Stack>
  );
}

function KitState({ kit }: { readonly kit: KitFacts | null }) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <StateBadge state={kit === null ? 'watch' : 'ok'} label={kit === null ? 'None' : 'Valid'} />
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {kitSentence(kit)}
      </Text>
    </Group>
  );
}

interface MakeKitDialogProps {
  readonly opened: boolean;
  readonly hasKit: boolean;
  readonly onClose: () => void;
}

function MakeKitDialog({ opened, hasKit, onClose }: MakeKitDialogProps) {
  const [kit, setKit] = useState<RecoveryKit | null>(null);
  function close(): void {
    setKit(null);
    onClose();
  }
  const isForm = kit === null;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Make a recovery kit"
      size="lg"
      // A code that is shown once does not vanish by a slip of the hand.
      closeOnEscape={isForm}
      closeOnClickOutside={isForm}
      withCloseButton={isForm}
    >
      {opened && kit === null && <MakeKitForm hasKit={hasKit} onCancel={close} onMade={setKit} />}
      {opened && kit !== null && <RecoveryKitSheet kit={kit} onDone={close} />}
    </Modal>
  );
}

interface MakeKitFormProps {
  readonly hasKit: boolean;
  readonly onCancel: () => void;
  readonly onMade: (kit: RecoveryKit) => void;
}

function MakeKitForm({ hasKit, onCancel, onMade }: MakeKitFormProps) {
  const makeRecoveryKit = usePeopleStore((state) => state.makeRecoveryKit);
  return (
    <ActForm
      submitLabel="Make the kit"
      passphraseLabel="Your passphrase"
      onCancel={onCancel}
      onSubmit={async ({ passphrase }) => {
        const result = await makeRecoveryKit({ passphrase });
        if (result.ok) onMade(result.value);
        return result.ok ? null : result.error;
      }}
    >
      <Text>
        That a kit was made goes on record with your name; the code does not. It is shown once: have
        a printer or pen and paper ready.
        {hasKit ? ' The kit that is valid now stops working.' : ''}
      </Text>
    </ActForm>
  );
}
