import { Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { EMPTY_DEFINITION, type Feature } from '../../shared/feature/feature';
import type { AppError } from '../../shared/ipc/errors';
import { ReasonDialog } from '../ui/ReasonDialog';
import { DefinitionFields } from './DefinitionFields';
import { useFeatureStore } from './featureStore';

/** Adds a feature to the catalogue. */
export function DefineFeature({ onClose }: { readonly onClose: () => void }) {
  const define = useFeatureStore((state) => state.define);
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [definition, setDefinition] = useState(EMPTY_DEFINITION);
  async function submit(reason: string): Promise<AppError | null> {
    const result = await define({ name: name.trim(), definition, reason });
    if (!result.ok) return result.error;
    navigate(`/features/${result.value.id}`);
    return null;
  }
  return (
    <ReasonDialog
      opened
      title="Add a feature"
      submitLabel="Add"
      staysOpen
      isReady={name.trim() !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="As columns call it. It stays: a feature of another name is another feature."
          required
          data-autofocus
          maxLength={500}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <DefinitionFields definition={definition} onChange={setDefinition} />
      </Stack>
    </ReasonDialog>
  );
}

interface ReviseFeatureProps {
  readonly feature: Feature;
  readonly onClose: () => void;
}

/** Changes what is said about a feature. */
export function ReviseFeature({ feature, onClose }: ReviseFeatureProps) {
  const revise = useFeatureStore((state) => state.revise);
  const { id: featureId, revisions } = feature;
  const { revision = 0, definition: before = EMPTY_DEFINITION } = revisions[0] ?? {};
  const [definition, setDefinition] = useState(before);
  return (
    <ReasonDialog
      opened
      title={`Change ${feature.name}`}
      submitLabel="Save as a new revision"
      staysOpen
      isReady={definition !== before}
      onSubmit={(reason) => revise({ featureId, revision, definition, reason })}
      onClose={onClose}
    >
      <DefinitionFields definition={definition} onChange={setDefinition} />
    </ReasonDialog>
  );
}
