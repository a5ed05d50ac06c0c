import { Button, Grid, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import type { ModelWithVersions } from '../../shared/registry/channels';
import { SignDialog } from '../ui/SignDialog';
import { blankRow, KeyValueEditor } from './KeyValueEditor';
import { useRegistryStore } from './registryStore';
import { SchemaEditor } from './SchemaEditor';
import { SnapshotView } from './SnapshotView';
import { TrainingDataField } from './TrainingDataField';
import { emptyDraft, problemsWithDraft, snapshotOf, type VersionDraft } from './versionDraft';

export interface RegisterVersionFormProps {
  readonly found: ModelWithVersions;
  readonly onClose: () => void;
}

/** Everything that a new version freezes, then the signature over it. */
export function RegisterVersionForm({ found, onClose }: RegisterVersionFormProps) {
  const [draft, setDraft] = useState<VersionDraft>(emptyDraft);
  const [isSigning, setIsSigning] = useState(false);
  const sign = useSigning(found, draft);
  const problems = problemsWithDraft(draft);
  const snapshot = snapshotOf(found, draft);
  function change(part: Partial<VersionDraft>): void {
    setDraft((old) => ({ ...old, ...part }));
  }
  return (
    <Paper p="lg" bg="var(--assay-surface)">
      <Stack gap="lg">
        <Title order={2}>Register version {snapshot.version}</Title>
        <DraftFields draft={draft} problems={problems} onChange={change} />
        <Group justify="flex-end">
          {!problems.isFit && (
            <Text c="error" role="status">
              Correct what is marked above first.
            </Text>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!problems.isFit} onClick={() => setIsSigning(true)}>
            Review and sign…
          </Button>
        </Group>
      </Stack>
      <SignDialog
        opened={isSigning}
        onClose={() => setIsSigning(false)}
        title={`Sign version ${snapshot.version} of ${snapshot.modelName}`}
        recordSha256={null}
        meanings={['authorship', 'responsibility']}
        initialMeaning="authorship"
        initialReason={`Register version ${snapshot.version} of ${snapshot.modelName}.`}
        signLabel="Sign and register"
        onSign={sign}
      >
        <SnapshotView snapshot={snapshot} />
      </SignDialog>
    </Paper>
  );
}

interface DraftFieldsProps {
  readonly draft: VersionDraft;
  readonly problems: ReturnType<typeof problemsWithDraft>;
  readonly onChange: (part: Partial<VersionDraft>) => void;
}

function DraftFields({ draft, problems, onChange }: DraftFieldsProps) {
  return (
    <>
      <Textarea
        label="Description"
        description="What is new in this version, in a sentence or two. Optional."
        autosize
        minRows={2}
        maxLength={5000}
        value={draft.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <Field
        title="Training data"
        hint="The file it was trained on. Optional, but without it nobody can prove which data."
      >
        <TrainingDataField
          staged={draft.trainingData}
          onStaged={(staged) =>
            onChange({ trainingData: staged, schema: staged?.schema ?? draft.schema })
          }
        />
      </Field>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Field title="Hyperparameters" hint="Numbers, true or false, or text.">
            <KeyValueEditor
              noun="parameter"
              valuePlaceholder="1, true or text"
              rows={draft.parameters}
              problems={problems.parameters}
              onChange={(rows) =>
                onChange({ parameters: rows.length === 0 ? [blankRow(rows)] : rows })
              }
            />
          </Field>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Field title="Metrics" hint="One finite number each, measured before release.">
            <KeyValueEditor
              noun="metric"
              valuePlaceholder="0.873"
              rows={draft.metrics}
              problems={problems.metrics}
              onChange={(rows) =>
                onChange({ metrics: rows.length === 0 ? [blankRow(rows)] : rows })
              }
            />
          </Field>
        </Grid.Col>
      </Grid>
      <Field
        title="Schema"
        hint="What the model takes in and gives out; proposed from the training data."
      >
        <SchemaEditor
          schema={draft.schema}
          problem={problems.schema}
          onChange={(schema) => onChange({ schema })}
        />
      </Field>
    </>
  );
}

interface FieldProps {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}

function Field({ title, hint, children }: FieldProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id}>
        {title}
      </Title>
      <Text c="dimmed" mb={6}>
        {hint}
      </Text>
      {children}
    </section>
  );
}

function useSigning(found: ModelWithVersions, draft: VersionDraft) {
  const registerVersion = useRegistryStore((state) => state.registerVersion);
  const [, navigate] = useLocation();
  return async (signing: SigningAct): Promise<AppError | null> => {
    const { modelId, description, hyperparameters, metrics, schema } = snapshotOf(found, draft);
    const result = await registerVersion({
      modelId,
      description,
      hyperparameters,
      metrics,
      trainingDataStageId: draft.trainingData?.stageId ?? null,
      schema,
      signing,
    });
    if (!result.ok) return result.error;
    navigate(`/models/${modelId}/versions/${result.value.id}`);
    return null;
  };
}
