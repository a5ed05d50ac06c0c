import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconLoader, IconPencil } from '@tabler/icons-react';
import type { Card } from '../../shared/card/channels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { TimeText } from '../ui/TimeText';
import { useCardStore, type CardDraft } from './cardStore';

interface SaveStateProps {
  readonly card: Card;
  readonly draft: CardDraft | undefined;
}

/** Whether what is typed is on record, and what to do where somebody saved first. */
export function SaveState({ card, draft }: SaveStateProps) {
  const { versionId, head } = card;
  const saveNow = useCardStore((state) => state.saveNow);
  const saveOnTop = useCardStore((state) => state.saveOnTop);
  const discard = useCardStore((state) => state.discard);
  const error = draft?.error ?? null;
  return (
    <Stack gap="xs">
      <Group gap="xs" role="status" aria-live="polite">
        <SaveWords head={head} draft={draft} />
      </Group>
      {error !== null && (
        <ErrorPanel
          error={error}
          {...(error.code === 'CONFLICT' ? {} : { onRetry: () => void saveNow(versionId) })}
        />
      )}
      {error?.code === 'CONFLICT' && (
        <Group gap="xs">
          <Button variant="default" onClick={() => void saveOnTop(versionId)}>
            Save mine as the next revision
          </Button>
          <Button variant="default" onClick={() => void discard(versionId)}>
            Drop mine, show theirs
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function SaveWords({ head, draft }: { head: Card['head']; draft: CardDraft | undefined }) {
  if (draft?.isSaving === true)
    return (
      <>
        <IconLoader size={16} aria-hidden />
        <Text>Saving…</Text>
      </>
    );
  if (draft !== undefined)
    return (
      <>
        <IconPencil size={16} aria-hidden />
        <Text>{draft.error === null ? 'Not saved yet; saved after a pause.' : 'Not saved.'}</Text>
      </>
    );
  if (head === null) return <Text>Nothing is saved yet.</Text>;
  return (
    <>
      <IconCheck size={16} aria-hidden />
      <Text>
        Saved as revision {head.revision} by {head.savedBy}, <TimeText instant={head.savedAtUtc} />
      </Text>
    </>
  );
}
