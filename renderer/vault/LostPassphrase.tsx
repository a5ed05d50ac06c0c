import { Button, Stack, Text } from '@mantine/core';

interface LostPassphraseProps {
  readonly hasRecoveryKit: boolean;
  readonly onUseKit: () => void;
}

/** What is left to somebody who lost their passphrase. */
export function LostPassphrase({ hasRecoveryKit, onUseKit }: LostPassphraseProps) {
  return (
    <Stack gap="sm" align="flex-start">
      <Text>
        Nobody can look a passphrase up. An administrator of this workspace can reset your access:
        you get a one-time passphrase, then choose a new one and get a new signing key. What you
        signed before stays signed.
      </Text>
      {hasRecoveryKit ? (
        <>
          <Text>An administrator who lost their own can use the printed recovery kit.</Text>
          <Button variant="default" onClick={onUseKit}>
            Use the recovery kit…
          </Button>
        </>
      ) : (
        <Text>
          This workspace has no recovery kit. If no administrator can sign in, nobody can let you
          in.
        </Text>
      )}
    </Stack>
  );
}
