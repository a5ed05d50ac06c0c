import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import { cardField, type CardFieldKey } from '../../shared/card/cardFields';
import type { Card, CardComment } from '../../shared/card/channels';
import type { AppError } from '../../shared/ipc/errors';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { useMay } from './cardRights';
import { useCardStore } from './cardStore';

interface OpenCommentProps {
  readonly versionId: string;
  readonly comment: CardComment;
}

/** An open comment beside the field that it is about, with the way to close it. */
export function OpenComment({ versionId, comment }: OpenCommentProps) {
  const [isClosing, setIsClosing] = useState(false);
  const resolveComment = useCardStore((state) => state.resolveComment);
  const canResolve = useMay('card.resolveComment');
  return (
    <Alert
      mb="xs"
      variant="outline"
      icon={<IconMessage size={18} aria-hidden />}
      title={`${comment.madeBy} on revision ${comment.revision}`}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>{comment.text}</Text>
        {canResolve && (
          <Button size="compact-sm" variant="default" onClick={() => setIsClosing(true)}>
            Resolve…
          </Button>
        )}
      </Group>
      <RemarkDialog
        opened={isClosing}
        title="Resolve the comment"
        label="What became of it"
        actLabel="Resolve"
        onClose={() => setIsClosing(false)}
        onSay={(resolution) => resolveComment(versionId, { commentId: comment.id, resolution })}
      />
    </Alert>
  );
}

const COLUMNS: readonly Column<CardComment>[] = [
  {
    key: 'state',
    header: 'State',
    width: '110px',
    render: ({ resolved }) =>
      resolved === null ? (
        <StateBadge state="watch" label="Open" />
      ) : (
        <StateBadge state="ok" label="Resolved" />
      ),
    sortValue: ({ resolved }) => (resolved === null ? 0 : 1),
  },
  {
    key: 'field',
    header: 'Field',
    width: '150px',
    render: ({ field }) => cardField(field).label,
  },
  { key: 'text', header: 'Comment', render: ({ text }) => text },
  {
    key: 'by',
    header: 'By',
    width: '160px',
    render: ({ madeBy, revision }) => `${madeBy}, revision ${revision}`,
  },
  {
    key: 'at',
    header: 'At (UTC)',
    width: '165px',
    render: ({ madeAtUtc }) => <TimeText instant={madeAtUtc} isZoneNamed />,
    sortValue: ({ madeAtUtc }) => madeAtUtc,
  },
  {
    key: 'resolution',
    header: 'What became of it',
    render: ({ resolved }) => (resolved === null ? '' : `${resolved.resolution} (${resolved.by})`),
  },
];

/** Every comment on a card, open ones first. */
export function CommentTable({ card }: { readonly card: Card }) {
  if (card.comments.length === 0)
    return (
      <Text>
        Nobody has commented. A comment stands beside its field and must be resolved before the card
        is approved.
      </Text>
    );
  return (
    <DataTable
      caption="Comments"
      columns={COLUMNS}
      rows={card.comments}
      rowKey={({ id }) => id}
      initialSort={{ key: 'state', direction: 'ascending' }}
    />
  );
}

interface CommentDialogProps {
  readonly versionId: string;
  /** Null while nobody comments. */
  readonly field: CardFieldKey | null;
  readonly onClose: () => void;
}

export function CommentDialog({ versionId, field, onClose }: CommentDialogProps) {
  const comment = useCardStore((state) => state.comment);
  return (
    <RemarkDialog
      opened={field !== null}
      title={field === null ? '' : `Comment on ${cardField(field).label}`}
      label="What must be looked at before the card is approved"
      actLabel="Comment"
      onClose={onClose}
      onSay={async (text) => (field === null ? null : comment({ versionId, field, text }))}
    />
  );
}

interface RemarkDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly label: string;
  readonly actLabel: string;
  readonly onClose: () => void;
  readonly onSay: (text: string) => Promise<AppError | null>;
}

function RemarkDialog({ opened, title, onClose, ...form }: RemarkDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg">
      {opened && <RemarkForm {...form} onClose={onClose} />}
    </Modal>
  );
}

function RemarkForm(props: Omit<RemarkDialogProps, 'opened' | 'title'>) {
  const [text, setText] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  async function say(): Promise<void> {
    setIsBusy(true);
    const failure = await props.onSay(text.trim());
    setIsBusy(false);
    setError(failure);
    if (failure === null) props.onClose();
  }
  return (
    <Stack>
      <Textarea
        label={props.label}
        data-autofocus
        autosize
        minRows={3}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {error !== null && <ErrorPanel error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={props.onClose}>
          Cancel
        </Button>
        <Button loading={isBusy} disabled={text.trim() === ''} onClick={() => void say()}>
          {props.actLabel}
        </Button>
      </Group>
    </Stack>
  );
}
