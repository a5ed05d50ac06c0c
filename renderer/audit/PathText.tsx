import { Group, Text } from '@mantine/core';
import { CopyButton } from '../ui/CopyButton';

/** Where a file was written, with a button that copies the path. */
export function PathText({ path }: { readonly path: string }) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Text style={{ overflowWrap: 'anywhere' }}>{path}</Text>
      <CopyButton text={path} size="compact-xs" style={{ flexShrink: 0 }} />
    </Group>
  );
}
