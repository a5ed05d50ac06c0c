import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Progress as CallProgress } from '../../shared/ipc/messages';

export interface ProgressDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly progress: CallProgress | null;
  readonly onCancel?: () => void;
}

/** Shorter tasks end before anyone could read it. */
const SHOWN_AFTER_MS = 300;

/** What a long task is doing and how far it is, with a way to stop it. */
export function ProgressDialog({ opened, title, progress, onCancel }: ProgressDialogProps) {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    setIsDue(false);
    if (!opened) return;
    const timer = setTimeout(() => setIsDue(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [opened]);
  const percent = progress === null || progress.fraction === null ? null : progress.fraction * 100;
  const activity = progress?.activity ?? 'Starting';
  return (
    <Modal
      opened={opened && isDue}
      onClose={() => onCancel?.()}
      closeOnClickOutside={false}
      closeOnEscape={onCancel !== undefined}
      withCloseButton={false}
      title={title}
    >
      <Stack gap="sm">
        <Progress.Root size="lg">
          <Progress.Section
            value={percent ?? 100}
            striped={percent === null}
            animated={percent === null}
            withAria={false}
            role="progressbar"
            aria-label={title}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent === null ? undefined : Math.round(percent)}
            aria-valuetext={activity}
          />
        </Progress.Root>
        <Group justify="space-between" wrap="nowrap">
          <Text className="assay-figures">{activity}</Text>
          <Text c="dimmed" className="assay-figures">
            {percent === null ? '' : `${Math.round(percent)} %`}
          </Text>
        </Group>
        {onCancel !== undefined && (
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}
