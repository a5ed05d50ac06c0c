import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import type { ModelOutline, VersionPreview } from '../../shared/registry/channels';
import type { MeaningChoice } from '../../shared/vault/signable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { SignDialog } from '../ui/SignDialog';
import { PacketField } from './PacketField';
import { useRegistryStore } from './registryStore';
import { SnapshotView } from './SnapshotView';
import {
  emptyDraft,
  nextVersion,
  previewInputOf,
  problemsWithDraft,
  type VersionDraft,
} from './versionDraft';
import { VersionDraftFields } from './VersionDraftFields';

export interface RegisterVersionFormProps {
  readonly found: ModelOutline;
  readonly onClose: () => void;
}

/** Everything that a new version freezes, then the signature over it. */
export function RegisterVersionForm({ found, onClose }: RegisterVersionFormProps) {
  const [draft, setDraft] = useState<VersionDraft>(emptyDraft);
  const { preview, error, isBusy, show, hide } = usePreview();
  const problems = problemsWithDraft(draft);
  return (
    <Paper p="lg" bg="var(--assay-surface)">
      <Stack gap="lg">
        <Title order={2}>Register version {nextVersion(found)}</Title>
        <VersionDraftFields
          draft={draft}
          problems={problems}
          onChange={(part) => setDraft((old) => ({ ...old, ...part }))}
        />
        <PacketField
          modelId={found.model.id}
          value={draft.packetId}
          onChange={(packetId) => setDraft((old) => ({ ...old, packetId }))}
        />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          {!problems.isFit && (
            <Text c="error" role="status">
              Correct what is marked above first.
            </Text>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={!problems.isFit}
            loading={isBusy}
            onClick={() => void show(found.model.id, draft)}
          >
            Review and sign…
          </Button>
        </Group>
      </Stack>
      <SignVersion preview={preview} onClose={hide} />
    </Paper>
  );
}

/** Nobody has seen the version yet, so nobody could judge it. */
const CHOICES: readonly MeaningChoice[] = [
  { meaning: 'authorship', obstacle: null },
  { meaning: 'responsibility', obstacle: null },
];

interface SignVersionProps {
  /** Null: nothing is to be signed now. */
  readonly preview: VersionPreview | null;
  readonly onClose: () => void;
}

function SignVersion({ preview, onClose }: SignVersionProps) {
  const registerVersion = useRegistryStore((state) => state.registerVersion);
  const [, navigate] = useLocation();
  async function onSign(signing: SigningAct): Promise<AppError | null> {
    if (preview === null) return null;
    const { stageId, snapshot } = preview;
    const result = await registerVersion({ stageId, signing });
    if (!result.ok) return result.error;
    navigate(`/models/${snapshot.modelId}/versions/${result.value.id}`);
    return null;
  }
  const name =
    preview === null
      ? 'the version'
      : `version ${preview.snapshot.version} of ${preview.snapshot.modelName}`;
  return (
    <SignDialog
      opened={preview !== null}
      onClose={onClose}
      title={`Sign ${name}`}
      recordSha256={preview?.snapshotSha256 ?? null}
      recordJson={preview?.snapshotJson}
      recordType="registry.version"
      choices={CHOICES}
      initialMeaning="authorship"
      initialReason={`Register ${name}.`}
      signLabel="Sign and register"
      onSign={onSign}
    >
      {preview !== null && <SnapshotView snapshot={preview.snapshot} />}
    </SignDialog>
  );
}

/** What core would freeze of the draft as it is now. */
function usePreview() {
  const previewVersion = useRegistryStore((state) => state.previewVersion);
  const [preview, setPreview] = useState<VersionPreview | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  async function show(modelId: string, draft: VersionDraft): Promise<void> {
    setIsBusy(true);
    const result = await previewVersion(previewInputOf(modelId, draft));
    setIsBusy(false);
    setError(result.ok ? null : result.error);
    setPreview(result.ok ? result.value : null);
  }
  return { preview, error, isBusy, show, hide: () => setPreview(null) };
}
