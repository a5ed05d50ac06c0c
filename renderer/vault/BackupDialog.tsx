import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { WrittenBackup } from '../../shared/vault/backupChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { retryAfterMsOf } from '../ui/explainError';
import { PassphraseProblem } from '../ui/PassphraseProblem';
import { ProgressDialog } from '../ui/ProgressDialog';
import { PublicPassphrase } from '../ui/PublicPassphrase';
import { usePublicPassphraseStore } from '../ui/publicPassphraseStore';
import { useCall } from '../ui/useCall';
import { useCountdown } from '../ui/useCountdown';

export interface BackupDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onWritten: (backup: WrittenBackup) => void;
}

/** Says what will be written and recorded, asks for the passphrase, then core asks for the place. */
export function BackupDialog(props: BackupDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Back up this workspace">
      {/* Made anew each time it opens, so that no passphrase outlives the dialog. */}
      {props.opened && <BackupForm {...props} />}
    </Modal>
  );
}

function BackupForm({ onClose, onWritten }: BackupDialogProps) {
  const { run, progress, isRunning, error, cancel } = useCall('vault.backUp');
  const { secondsLeft, start } = useCountdown();
  const [passphrase, setPassphrase] = useState('');
  const publicPassphrase = usePublicPassphraseStore((state) => state.passphrase);
  const isRefused = error?.code === 'FORBIDDEN';

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (passphrase === '' || isRunning || secondsLeft > 0) return;
    const result = await run({ passphrase });
    if (result.ok) {
      onWritten(result.value);
      return;
    }
    if (result.error.code === 'FORBIDDEN') setPassphrase('');
    start(retryAfterMsOf(result.error));
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <Text>
          You choose the place next. The file is read again and opened before it gets its name; its
          name and SHA-256 then go on record.
        </Text>
        <PasswordInput
          label="Your passphrase"
          description="The copy is checked with the key that it opens."
          required
          data-autofocus
          autoComplete="off"
          value={passphrase}
          error={isRefused}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {publicPassphrase !== null && <PublicPassphrase passphrase={publicPassphrase} />}
        <PassphraseProblem message={isRefused ? error.message : null} secondsLeft={secondsLeft} />
        {error !== null && !isRefused && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={isRunning}>
            Cancel
          </Button>
          <Button type="submit" loading={isRunning} disabled={passphrase === '' || secondsLeft > 0}>
            Choose the place…
          </Button>
        </Group>
      </Stack>
      {/* Nothing is under way while the person chooses the place. */}
      <ProgressDialog
        opened={isRunning && progress !== null}
        title="Backing up the workspace"
        progress={progress}
        onCancel={cancel}
      />
    </form>
  );
}
