import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { AppError } from '../../shared/ipc/errors';
import { CopyButton } from './CopyButton';
import { explainError } from './explainError';
import { stateColours } from './theme';

export interface ErrorPanelProps {
  readonly error: AppError;
  readonly onRetry?: () => void;
}

/** A failure for people: what, where, what was not changed, what next, and a code to search for. */
export function ErrorPanel({ error, onRetry }: ErrorPanelProps) {
  const { title, where, unchanged, next, code } = explainError(error);
  const colours = stateColours('alert');
  const text = [title, error.message, where, unchanged, next, code].filter(Boolean).join('\n');
  return (
    <Paper role="alert" p="md" bg={colours.background} style={{ borderColor: colours.border }}>
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <IconAlertTriangle size={20} color={colours.text} aria-hidden style={{ flexShrink: 0 }} />
        <Stack gap={6} flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>
          <Text fw={600} size="md">
            {title}
          </Text>
          <Text>{error.message}</Text>
          {where !== null && (
            <Text className="assay-figures">
              <b>Where:</b> {where}
            </Text>
          )}
          {/* Many messages say by themselves that nothing was recorded. */}
          <Text>{error.message.includes('Nothing was') ? next : `${unchanged} ${next}`}</Text>
          <Group gap="xs" mt={4}>
            {onRetry !== undefined && (
              <Button size="xs" onClick={onRetry}>
                Try again
              </Button>
            )}
            <CopyButton text={text} label="Copy" />
            <Text size="xs" ff="monospace">
              {code}
            </Text>
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}
