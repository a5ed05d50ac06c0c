import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { ImportedVersions, InspectedStore } from '../../shared/registry/importChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { PageHeader } from '../ui/PageHeader';
import { ProgressDialog } from '../ui/ProgressDialog';
import { TextLink } from '../ui/TextLink';
import { Trail } from '../ui/Trail';
import { useCall } from '../ui/useCall';
import { BrokenParts } from './BrokenParts';
import { ImportCandidates } from './ImportCandidates';
import { useImportStore } from './importStore';
import { importedSentence, storeSentence } from './importWords';
import { SignImport } from './SignImport';

/** Brings what MLflow left behind: look, choose, sign. */
export function ImportPage() {
  const store = useImportStore((state) => state.store);
  const imported = useImportStore((state) => state.imported);
  return (
    <>
      <PageHeader
        title="Import from MLflow"
        context={<Trail steps={[{ to: '/models', label: 'Models' }]} />}
        sentence={sentenceOf(store, imported)}
      />
      <Stack gap="md">
        <SourceChoice />
        {imported !== null && <Imported imported={imported} />}
        {store !== null && <Look key={store.stageId} store={store} />}
      </Stack>
    </>
  );
}

function sentenceOf(store: InspectedStore | null, imported: ImportedVersions | null): string {
  if (store !== null) return storeSentence(store);
  if (imported !== null) return importedSentence(imported);
  return 'Registered versions and runs become signed, immutable versions here. No server and no Python is needed; what you bring is only read.';
}

function SourceChoice() {
  const inspect = useCall('registry.inspectImport');
  const pick = useCall('registry.pickImportFolder');
  const keepStore = useImportStore((state) => state.keepStore);
  async function look(token: string | null): Promise<void> {
    const result = await inspect.run({ source: { token } });
    if (result.ok) keepStore(result.value);
  }
  async function chooseFolder(): Promise<void> {
    const picked = await pick.run({});
    if (picked.ok && picked.value !== null) await look(picked.value.token);
  }
  const error = inspect.error ?? pick.error;
  return (
    <>
      <FileDrop
        label="Drop a folder or file of MLflow here"
        accept="An mlruns folder, mlflow.db, a folder of mlflow-export-import, or a model with its MLmodel file. Nothing in it is run, and nothing is changed."
        takesFolders
        onToken={(token) => void look(token)}
        onBrowse={() => void look(null)}
        isBusy={inspect.isRunning}
        otherChoice={
          <Button
            variant="default"
            disabled={inspect.isRunning}
            onClick={() => void chooseFolder()}
          >
            Choose a folder…
          </Button>
        }
      />
      {error !== null && <ErrorPanel error={error} />}
      <ProgressDialog
        opened={inspect.isRunning}
        title="Looking at what MLflow left behind"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
    </>
  );
}

function Look({ store }: { readonly store: InspectedStore }) {
  const nChosen = useImportStore((state) => state.chosen.size);
  const [isSigning, setIsSigning] = useState(false);
  return (
    <>
      {store.candidates.length > 0 && <ImportCandidates store={store} />}
      <Group justify="flex-end">
        <Text role="status" className="assay-figures">
          {nChosen === 0 ? 'Nothing is chosen yet.' : `${formatNoun(nChosen, 'version')} chosen.`}
        </Text>
        <Button
          leftSection={<IconFileImport size={16} aria-hidden />}
          disabled={nChosen === 0}
          onClick={() => setIsSigning(true)}
        >
          Sign and import…
        </Button>
      </Group>
      <BrokenParts
        title="Could not be taken over as they are"
        parts={store.broken}
        nParts={store.nBroken}
      />
      <SignImport store={store} opened={isSigning} onClose={() => setIsSigning(false)} />
    </>
  );
}

const SHOWN_MODELS = 20;

function Imported({ imported }: { readonly imported: ImportedVersions }) {
  const { versions, notes } = imported;
  const models = [...new Map(versions.map((one) => [one.modelId, one.modelName]))];
  return (
    <>
      <Paper p="md" bg="var(--assay-surface)">
        <Stack gap={4}>
          <Text fw={600}>What was imported</Text>
          {models.slice(0, SHOWN_MODELS).map(([id, name]) => (
            <Text key={id}>
              <TextLink to={`/models/${id}`}>{name}</TextLink>:{' '}
              {formatNoun(versions.filter(({ modelId }) => modelId === id).length, 'version')}
            </Text>
          ))}
          {models.length > SHOWN_MODELS && (
            <Text c="dimmed">and {formatCount(models.length - SHOWN_MODELS)} more models.</Text>
          )}
        </Stack>
      </Paper>
      <BrokenParts title="To know" parts={notes} nParts={notes.length} />
    </>
  );
}
