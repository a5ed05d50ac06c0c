import { Button, Group, Modal, MultiSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ExplainedCase } from '../../shared/explanation/explanation';
import type { LetterContent, LetterDraft } from '../../shared/explanation/letter';
import type { Request } from '../../shared/explanation/request';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ChooseCase, type ChosenCase } from './ChooseCase';
import { useRequestStore } from './requestStore';

interface WriteLetterDialogProps {
  readonly opened: boolean;
  readonly request: Request;
  readonly onClose: () => void;
}

/** Chooses the case and writes what the case itself does not say. */
export function WriteLetterDialog(props: WriteLetterDialogProps) {
  const { opened, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Write the letter"
      size="xl"
      closeOnClickOutside={false}
    >
      {opened && <LetterForm {...props} />}
    </Modal>
  );
}

function emptyDraft(before: LetterContent | null): LetterDraft {
  return {
    decision: before?.decision ?? '',
    resultWords: before?.resultWords ?? '',
    contact: before?.contact ?? '',
    hiddenFeatures: before?.hiddenFeatures ?? [],
    hiddenReason: before?.hiddenReason ?? '',
  };
}

function LetterForm({ request, onClose }: WriteLetterDialogProps) {
  const act = useRequestStore((state) => state.act);
  const before = request.newest?.content ?? null;
  const [chosen, setChosen] = useState<ChosenCase | null>(null);
  const [draft, setDraft] = useState(() => emptyDraft(before));
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const explained = chosen?.explained ?? before?.case ?? null;
  const isReady =
    explained !== null &&
    draft.decision.trim() !== '' &&
    draft.resultWords.trim() !== '' &&
    draft.contact.trim() !== '' &&
    (draft.hiddenFeatures.length === 0 || draft.hiddenReason.trim() !== '');
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setIsBusy(true);
    const { id: requestId, revision } = request;
    const source = chosen?.source ?? null;
    const failure = await act('explanation.writeLetter', { requestId, revision, source, draft });
    setIsBusy(false);
    setError(failure);
    if (failure === null) onClose();
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <ChooseCase request={request} hasBefore={before !== null} onChoose={setChosen} />
        {explained !== null && (
          <>
            <DraftFields explained={explained} draft={draft} onChange={setDraft} />
            <Text c="dimmed">
              The case is frozen with the letter, inside the encrypted workspace, until it is
              erased. The letter names the model version and the digest of the data.
            </Text>
          </>
        )}
        {error !== null && <ErrorPanel error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            Freeze the case and write
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface DraftFieldsProps {
  readonly explained: ExplainedCase;
  readonly draft: LetterDraft;
  readonly onChange: (draft: LetterDraft) => void;
}

function DraftFields({ explained, draft, onChange }: DraftFieldsProps) {
  return (
    <>
      <Textarea
        required
        autosize
        minRows={2}
        maxLength={4000}
        label="What was decided"
        description="In plain language, to the person."
        value={draft.decision}
        onChange={(event) => onChange({ ...draft, decision: event.currentTarget.value })}
      />
      <TextInput
        required
        maxLength={200}
        label="What the prediction is"
        description="Completes: From the facts in your case it computes …"
        placeholder="how likely it is that you repay"
        value={draft.resultWords}
        onChange={(event) => onChange({ ...draft, resultWords: event.currentTarget.value })}
      />
      <Textarea
        required
        autosize
        minRows={2}
        maxLength={4000}
        label="Where to turn to"
        description="Who looks at the decision again, and how they are reached."
        value={draft.contact}
        onChange={(event) => onChange({ ...draft, contact: event.currentTarget.value })}
      />
      <MultiSelect
        searchable
        label="Left out of a redacted copy (optional)"
        description="Features that would give away a trade secret. The whole letter keeps them."
        value={[...draft.hiddenFeatures]}
        onChange={(hiddenFeatures) => onChange({ ...draft, hiddenFeatures })}
        data={explained.contributions.map(({ feature }) => feature)}
      />
      {draft.hiddenFeatures.length > 0 && (
        <Textarea
          required
          autosize
          maxLength={2000}
          label="Why they are left out"
          value={draft.hiddenReason}
          onChange={(event) => onChange({ ...draft, hiddenReason: event.currentTarget.value })}
        />
      )}
    </>
  );
}
