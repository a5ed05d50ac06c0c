import { Code, Text } from '@mantine/core';

/** Tells a passphrase that is no secret, beside the field that asks for it. */
export function PublicPassphrase({ passphrase }: { readonly passphrase: string }) {
  return (
    <Text c="dimmed">
      The sample’s passphrase is public: <Code>{passphrase}</Code>
    </Text>
  );
}
