import { Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useEffect, useState, type FormEvent } from 'react';
import { EntranceFrame } from '../ui/EntranceFrame';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { FolderChoice } from './FolderChoice';
import { NewPassphraseFields } from './NewPassphraseFields';
import { useVaultStore } from './vaultStore';

/** Creates an encrypted workspace and its first person. */
export function CreateWorkspacePage({ onBack }: { readonly onBack: () => void }) {
  useEffect(() => {
    document.title = 'Create workspace · Assay';
  }, []);
  return (
    <EntranceFrame width={560}>
      <Stack gap="md">
        <div>
          <Title order={1}>Create workspace</Title>
          <Text mt={4}>
            One folder with one encrypted file. You become its first person and hold every role.
          </Text>
        </div>
        <Paper p="lg" bg="var(--assay-surface)">
          <CreateWorkspaceForm onBack={onBack} />
        </Paper>
      </Stack>
    </EntranceFrame>
  );
}

function CreateWorkspaceForm({ onBack }: { readonly onBack: () => void }) {
  const setStatus = useVaultStore((state) => state.setStatus);
  const create = useCall('vault.create');
  const [name, setName] = useState('');
  const [printedName, setPrintedName] = useState('');
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const [folderToken, setFolderToken] = useState<string | null>(null);

  const isNamed = name.trim() !== '' && printedName.trim() !== '';

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (passphrase === null || !isNamed || create.isRunning) return;
    const result = await create.run({ folderToken, name, printedName, passphrase });
    if (result.ok) setStatus(result.value);
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <TextInput
          label="Name of the workspace"
          description="For example the team or the product whose models it holds."
          required
          data-autofocus
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Your name"
          description="As it is printed with your signatures."
          required
          maxLength={120}
          value={printedName}
          onChange={(event) => setPrintedName(event.currentTarget.value)}
        />
        <FolderChoice
          purpose="create"
          fallback="The default place, in a folder named after the workspace"
          onChange={setFolderToken}
        />
        <NewPassphraseFields context={[name, printedName]} onChange={setPassphrase} />
        <Alert
          icon={<IconKey size={18} aria-hidden />}
          color="gray"
          variant="outline"
          title="There is no way back without it"
          styles={{ root: { borderColor: 'var(--assay-unknown-border)' } }}
        >
          Nobody can read or reset this workspace without the passphrase. Write it down and keep it
          in a safe place; then print a recovery kit in Settings, for the day it is lost.
        </Alert>
        {create.error !== null && <ErrorPanel error={create.error} />}
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
          <Button
            type="submit"
            disabled={passphrase === null || !isNamed}
            loading={create.isRunning}
          >
            Create workspace
          </Button>
        </Group>
      </Stack>
      <ProgressDialog
        opened={create.isRunning}
        title="Creating the workspace"
        progress={create.progress}
      />
    </form>
  );
}
