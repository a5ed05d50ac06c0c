import {
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import {
  PACKET_PURPOSES,
  PacketDraft,
  PURPOSE_WORDS,
  type PacketPurpose,
} from '../../shared/handoff/packet';
import type { AppError } from '../../shared/ipc/errors';
import type { VersionSummary } from '../../shared/registry/listChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import type { EvidenceChoices } from './handoffStore';

/** What stands in the form. */
export interface PacketFormDraft {
  readonly title: string;
  readonly purpose: PacketPurpose;
  readonly request: string;
  readonly versionId: string | null;
  /** Empty: all of the traffic. */
  readonly candidatePercent: number | '';
  /** Keys of evidence as {@link evidenceKey} has them. */
  readonly cited: readonly string[];
}

interface PacketFormProps {
  readonly initial: PacketFormDraft;
  readonly versions: readonly VersionSummary[];
  readonly evidence: EvidenceChoices;
  readonly submitLabel: string;
  /** Whether what stands beside the form is complete. */
  readonly isReady?: boolean;
  readonly children?: ReactNode;
  /** Answers null when it is on record, else why not. */
  readonly onSubmit: (draft: PacketDraft) => Promise<AppError | null>;
  readonly onCancel: () => void;
}

/** One key for one record, for a list to choose from. */
export function evidenceKey(evidence: EvidenceChoices[number]['evidence']): string {
  return JSON.stringify(Object.entries(evidence).sort(([a], [b]) => a.localeCompare(b)));
}

/** What a packet asks, of which version, on what evidence. */
export function PacketForm(props: PacketFormProps) {
  const { versions, evidence, isReady = true } = props;
  const [draft, setDraft] = useState(props.initial);
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const set = (part: Partial<PacketFormDraft>): void => setDraft((old) => ({ ...old, ...part }));
  const { cited, candidatePercent, ...rest } = draft;
  const isRollout = draft.purpose === 'rollOut';
  const checked = PacketDraft.safeParse({
    ...rest,
    candidatePercent: isRollout && candidatePercent !== '' ? candidatePercent : null,
    evidence: evidence.flatMap((one) =>
      cited.includes(evidenceKey(one.evidence)) ? [one.evidence] : [],
    ),
  });

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!checked.success || !isReady || isBusy) return;
    setIsBusy(true);
    const failure = await props.onSubmit(checked.data);
    setIsBusy(false);
    setError(failure);
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack>
        <SimpleGrid cols={isRollout ? 3 : 2}>
          <Select
            label="What the pipeline shall do"
            allowDeselect={false}
            value={draft.purpose}
            data={PACKET_PURPOSES.map((value) => ({ value, label: PURPOSE_WORDS[value] }))}
            onChange={(value) =>
              set({ purpose: PACKET_PURPOSES.find((one) => one === value) ?? draft.purpose })
            }
          />
          <Select
            label="Which version"
            allowDeselect={false}
            searchable
            value={draft.versionId}
            data={versions.map(({ id, version, stage }) => ({
              value: id,
              label: `version ${version}${stage === 'None' ? '' : `, ${stage}`}`,
            }))}
            onChange={(versionId) => set({ versionId })}
          />
          {isRollout && (
            <NumberInput
              label="Traffic for it (%)"
              description="Empty: all of it"
              min={0.1}
              max={99.9}
              decimalScale={1}
              value={draft.candidatePercent}
              onChange={(value) =>
                set({ candidatePercent: typeof value === 'number' ? value : '' })
              }
            />
          )}
        </SimpleGrid>
        <TextInput
          label="Title"
          required
          maxLength={200}
          value={draft.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <Textarea
          label="What shall be done, and why"
          required
          autosize
          minRows={3}
          maxLength={2000}
          value={draft.request}
          onChange={(event) => set({ request: event.currentTarget.value })}
        />
        <MultiSelect
          label="Evidence"
          description="Records that the decision rests on; each is cited with its digest."
          searchable
          clearable
          nothingFoundMessage="No record of this model fits"
          value={[...draft.cited]}
          data={evidence.map((one) => ({
            value: evidenceKey(one.evidence),
            label: `${one.title} (${one.atUtc.slice(0, 10)})`,
          }))}
          onChange={(chosen) => set({ cited: chosen })}
        />
        {props.children}
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!checked.success || !isReady}>
            {props.submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
