import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { InspectedBackup } from '../../shared/vault/backupChannels';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { ErrorPanel } from '../ui/ErrorPanel';
import { retryAfterMsOf } from '../ui/explainError';
import { PassphraseProblem } from '../ui/PassphraseProblem';
import { ProgressDialog } from '../ui/ProgressDialog';
import { PublicPassphrase } from '../ui/PublicPassphrase';
import { useCall } from '../ui/useCall';
import { useCountdown } from '../ui/useCountdown';
import { FolderChoice } from './FolderChoice';
import { PersonChoice } from './PersonChoice';
import { useVaultStore } from './vaultStore';

/** Where the workspace goes and who restores it; signs them in when it is done. */
export function RestoreForm({ backup }: { readonly backup: InspectedBackup }) {
  const setStatus = useVaultStore((state) => state.setStatus);
  const restore = useCall('vault.restore');
  const { secondsLeft, start } = useCountdown();
  const [folderToken, setFolderToken] = useState<string | null>(null);
  const [personId, setPersonId] = useState<string | null>(backup.people[0]?.id ?? null);
  const [passphrase, setPassphrase] = useState('');

  const { error } = restore;
  const isRefused = error?.code === 'FORBIDDEN';
  const isComplete = folderToken !== null && personId !== null && passphrase !== '';

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (folderToken === null || personId === null || passphrase === '') return;
    if (secondsLeft > 0 || restore.isRunning) return;
    const { stageId } = backup;
    const result = await restore.run({ stageId, folderToken, personId, passphrase });
    if (result.ok) {
      setStatus(result.value);
      return;
    }
    if (result.error.code === 'FORBIDDEN') setPassphrase('');
    start(retryAfterMsOf(result.error));
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <FolderChoice purpose="restore" fallback={null} onChange={setFolderToken} />
        <PersonChoice people={backup.people} personId={personId} onChange={setPersonId} />
        <PasswordInput
          label="Passphrase"
          description="The one of the day on which the backup was made. It also proves that the backup is genuine."
          required
          autoComplete="off"
          value={passphrase}
          error={isRefused}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {backup.workspaceName === SAMPLE_WORKSPACE.name && (
          <PublicPassphrase passphrase={SAMPLE_WORKSPACE.passphrase} />
        )}
        <PassphraseProblem message={isRefused ? error.message : null} secondsLeft={secondsLeft} />
        {error !== null && !isRefused && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={restore.isRunning}
            disabled={!isComplete || secondsLeft > 0}
          >
            Restore and sign in
          </Button>
        </Group>
      </Stack>
      <ProgressDialog
        opened={restore.isRunning}
        title="Restoring the workspace"
        progress={restore.progress}
        onCancel={restore.cancel}
      />
    </form>
  );
}
