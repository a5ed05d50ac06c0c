import { Box, Center, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { BrandMark } from './BrandMark';

export interface EntranceFrameProps {
  readonly children: ReactNode;
  /** Width of the column, in pixels. */
  readonly width?: number;
}

/** The frame of every screen that comes before a workspace is unlocked. */
export function EntranceFrame({ children, width = 860 }: EntranceFrameProps) {
  return (
    <Box mih="100vh" display="flex" style={{ flexDirection: 'column' }}>
      <Group component="header" px="lg" h={52} gap={10}>
        <BrandMark />
      </Group>
      <Center component="main" id="main" tabIndex={-1} flex={1} px="lg" py="md">
        <Box w="100%" maw={width}>
          {children}
        </Box>
      </Center>
      <Box component="footer" px="lg" py="sm">
        <Text size="xs" c="dimmed">
          Assay works offline: this application makes no network connection. What you enter stays on
          this machine, encrypted.
        </Text>
      </Box>
    </Box>
  );
}
