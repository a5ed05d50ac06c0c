import { Group, Text } from '@mantine/core';

/** The name with its mark: a measured line that leaves its reference. */
export function BrandMark() {
  return (
    <Group gap={8} wrap="nowrap">
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
        <rect width="22" height="22" rx="4" fill="var(--mantine-primary-color-filled)" />
        <path
          d="M4 15 H9 V11 H13 V8 H18"
          fill="none"
          stroke="#fff"
          strokeOpacity="0.55"
          strokeWidth="1.6"
        />
        <path d="M4 15 H7 V8 H11 V5 H18" fill="none" stroke="#fff" strokeWidth="1.8" />
      </svg>
      <Text fw={700} size="md">
        Assay
      </Text>
    </Group>
  );
}
