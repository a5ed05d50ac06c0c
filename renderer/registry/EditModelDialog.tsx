import {
  Button,
  Group,
  List,
  Modal,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import { RISK_CLASSES, type Model, type ModelFacts } from '../../shared/registry/model';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ReasonField } from '../ui/ReasonField';
import { factChanges, factsOf, trimFacts } from './modelFacts';
import { useRegistryStore } from './registryStore';
import { NOT_ASSESSED, RISK_WORDS, riskLine } from './riskClasses';
import { TagsField } from './TagsField';

interface EditModelDialogProps {
  readonly model: Model;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Changes what is known about a model, with a reason; its name stays. */
export function EditModelDialog({ model, opened, onClose }: EditModelDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Edit ${model.name}`}
      size="xl"
      closeOnClickOutside={false}
    >
      {opened && <EditModelForm model={model} onClose={onClose} />}
    </Modal>
  );
}

function EditModelForm({ model, onClose }: Omit<EditModelDialogProps, 'opened'>) {
  const updateModel = useRegistryStore((state) => state.updateModel);
  const getModel = useRegistryStore((state) => state.getModel);
  const [facts, setFacts] = useState(() => factsOf(model));
  const [reason, setReason] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const typed = trimFacts(facts);
  const changes = factChanges(factsOf(model), typed);
  const isFit =
    typed.purpose !== '' && typed.owner !== '' && changes.length > 0 && reason.trim() !== '';

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isFit || isBusy) return;
    setIsBusy(true);
    const { id: modelId, revision } = model;
    const result = await updateModel({
      modelId,
      facts: { ...typed, tags: [...typed.tags] },
      reason: reason.trim(),
      revision,
    });
    setIsBusy(false);
    if (result.ok) return onClose();
    setError(result.error);
    // Somebody else was first: compare with what is on record now, keeping what was typed.
    if (result.error.code === 'CONFLICT') await getModel(modelId);
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <FactFields facts={facts} onChange={(part) => setFacts((old) => ({ ...old, ...part }))} />
        <Changes changes={changes} />
        <ReasonField
          description="Goes on record with your name and the time. The log keeps what was there before."
          value={reason}
          onChange={setReason}
        />
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isFit}>
            Change facts
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FactFieldsProps {
  readonly facts: ModelFacts;
  readonly onChange: (part: Partial<ModelFacts>) => void;
}

function FactFields({ facts, onChange }: FactFieldsProps) {
  return (
    <>
      <Textarea
        label="Purpose"
        description="What it decides or estimates, for whom, and when."
        required
        data-autofocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={facts.purpose}
        onChange={(event) => onChange({ purpose: event.currentTarget.value })}
      />
      <Textarea
        label="Intended use"
        description="For what it may be used, by whom, and for what it may not be used."
        autosize
        minRows={2}
        maxRows={10}
        maxLength={5000}
        value={facts.intendedUse}
        onChange={(event) => onChange({ intendedUse: event.currentTarget.value })}
      />
      <TextInput
        label="Owner"
        description="The person or team that answers for it."
        required
        maxLength={120}
        value={facts.owner}
        onChange={(event) => onChange({ owner: event.currentTarget.value })}
      />
      <RiskClassField
        riskClass={facts.riskClass}
        onChange={(riskClass) => onChange({ riskClass })}
      />
      <TagsField label="Tags" tags={facts.tags} onChange={(tags) => onChange({ tags })} />
    </>
  );
}

interface RiskClassFieldProps {
  readonly riskClass: ModelFacts['riskClass'];
  readonly onChange: (riskClass: ModelFacts['riskClass']) => void;
}

function RiskClassField({ riskClass, onChange }: RiskClassFieldProps) {
  return (
    <Select
      label="Risk class (EU AI Act)"
      description="Under Regulation (EU) 2024/1689, as your organisation assessed it. This is a record of the assessment, not legal advice."
      clearable
      placeholder={NOT_ASSESSED}
      value={riskClass}
      data={RISK_CLASSES.map((value) => ({ value, label: riskLine(value) }))}
      renderOption={({ option: { label, value } }) => {
        const known = RISK_CLASSES.find((name) => name === value);
        return (
          <div>
            <Text fw={500}>{label}</Text>
            {known !== undefined && (
              <Text size="xs" c="dimmed">
                {RISK_WORDS[known].hint}
              </Text>
            )}
          </div>
        );
      }}
      onChange={(value) => onChange(RISK_CLASSES.find((name) => name === value) ?? null)}
    />
  );
}

function Changes({ changes }: { readonly changes: readonly string[] }) {
  return (
    <section aria-label="What will be recorded">
      <Text fw={600}>This will be recorded:</Text>
      {changes.length === 0 ? (
        <Text c="dimmed">Nothing is changed yet.</Text>
      ) : (
        <List size="sm">
          {changes.map((change) => (
            <List.Item key={change} style={{ overflowWrap: 'anywhere' }}>
              {change}
            </List.Item>
          ))}
        </List>
      )}
    </section>
  );
}
