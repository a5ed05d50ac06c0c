import { Group, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';

/** Shorter waits would only flicker. */
const SHOWN_AFTER_MS = 300;

/** Stands where records are still on their way. */
export function Waiting({ label = 'Reading records' }: { readonly label?: string }) {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isDue) return null;
  return (
    <Group gap="xs" role="status" p="md">
      <Loader size="xs" aria-hidden />
      <Text c="dimmed">{label}</Text>
    </Group>
  );
}
