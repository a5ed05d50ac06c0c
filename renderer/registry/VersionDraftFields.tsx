import { Grid, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { ArtefactsField } from './ArtefactsField';
import { blankRow, KeyValueEditor } from './KeyValueEditor';
import { SchemaEditor } from './SchemaEditor';
import { TrainingDataField } from './TrainingDataField';
import type { problemsWithDraft, VersionDraft } from './versionDraft';

interface VersionDraftFieldsProps {
  readonly draft: VersionDraft;
  readonly problems: ReturnType<typeof problemsWithDraft>;
  readonly onChange: (part: Partial<VersionDraft>) => void;
}

/** Everything that a new version freezes, to be typed or taken from a file. */
export function VersionDraftFields({ draft, problems, onChange }: VersionDraftFieldsProps) {
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
      <Field
        title="Artefacts"
        hint="The files of the trained model. Optional, but without them nobody can prove which files."
      >
        <ArtefactsField
          staged={draft.artefacts}
          onStaged={(artefacts) => onChange({ artefacts })}
        />
      </Field>
      <RunLinkField value={draft.runLink} onChange={(runLink) => onChange({ runLink })} />
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

interface RunLinkFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function RunLinkField({ value, onChange }: RunLinkFieldProps) {
  return (
    <TextInput
      label="Link to the training run"
      description="An address or a path, kept as text: Assay is offline and never opens it. Optional."
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
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
