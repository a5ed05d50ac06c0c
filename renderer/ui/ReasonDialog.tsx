import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from './ErrorPanel';
import { ReasonField } from './ReasonField';

export interface ReasonDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** Whether the fields in `children` are complete. */
  readonly isReady?: boolean;
  readonly submitLabel: string;
  readonly initialReason?: string;
  readonly isDestructive?: boolean;
  /** Whether it holds a table. */
  readonly isWide?: boolean;
  /** Whether much is typed in it, so that a click beside it must not close it. */
  readonly staysOpen?: boolean;
  /** What becomes of the reason, where it is more than usual. */
  readonly reasonDescription?: string;
  /** Answers null when it is done, else why not. */
  readonly onSubmit: (reason: string) => Promise<AppError | null>;
  readonly onClose: () => void;
}

/** Says what will happen and asks why; the reason goes on record. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { opened, title, isWide = false, staysOpen = false, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={isWide ? '80rem' : 'lg'}
      closeOnClickOutside={!staysOpen}
    >
      {opened && <ReasonForm {...props} />}
    </Modal>
  );
}

function ReasonForm(props: ReasonDialogProps) {
  const { children, submitLabel, isReady = true, isDestructive = false } = props;
  const { onSubmit, onClose, reasonDescription } = props;
  const [reason, setReason] = useState(props.initialReason ?? '');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isFit = isReady && reason.trim() !== '';

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isFit || isBusy) return;
    setIsBusy(true);
    const failure = await onSubmit(reason.trim());
    setIsBusy(false);
    setError(failure);
    if (failure === null) onClose();
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {typeof children === 'string' ? <Text>{children}</Text> : children}
        <ReasonField
          isFirst
          value={reason}
          onChange={setReason}
          {...(reasonDescription === undefined ? {} : { description: reasonDescription })}
        />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={isBusy}
            disabled={!isFit}
            {...(isDestructive ? { color: 'error' } : {})}
          >
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
