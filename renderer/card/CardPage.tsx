import { Button, Group, SegmentedControl, Stack, Tabs } from '@mantine/core';
import { IconWand } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { CardFieldKey } from '../../shared/card/cardFields';
import type { Card } from '../../shared/card/channels';
import type { AppError } from '../../shared/ipc/errors';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { useMaySignRecords } from '../ui/personStore';
import { SignaturePanel } from '../ui/SignaturePanel';
import { StateBadge } from '../ui/StateBadge';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { ExportCardMenu } from './CardExchange';
import { useMay } from './cardRights';
import { CardSections } from './CardSections';
import { useCardStore } from './cardStore';
import { cardLook, cardSentence } from './cardWords';
import { CommentDialog, CommentTable } from './CommentList';
import { CompletenessPanel } from './CompletenessPanel';
import { ImportCard } from './ImportCard';
import { RevisionsPanel } from './RevisionsPanel';
import { SaveState } from './SaveState';

/** The model card of one version: reading, writing, reviewing, approving. */
export function CardPage({ versionId }: { readonly versionId: string }) {
  const card = useCardStore((state) => state.byVersion[versionId]);
  const error = useCardStore((state) => state.errors[versionId]);
  const getCard = useCardStore((state) => state.getCard);
  const saveNow = useCardStore((state) => state.saveNow);
  useEffect(() => {
    void getCard(versionId);
    // What was typed in the last second before leaving is saved, too.
    return () => void saveNow(versionId);
  }, [getCard, saveNow, versionId]);
  if (card === undefined) {
    return (
      <>
        <PageHeader
          title="Model card"
          context={<Trail steps={[{ to: '/models', label: 'Models' }]} />}
        />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void getCard(versionId)} />
        )}
      </>
    );
  }
  return <LoadedCard card={card} />;
}

function LoadedCard({ card }: { readonly card: Card }) {
  const { versionId, modelId, modelName, version, head } = card;
  const [isWriting, setIsWriting] = useState(false);
  const [actError, setActError] = useState<AppError | null>(null);
  const canWrite = useMay('card.save');
  const fill = useCardStore((state) => state.fill);
  const fillButton = canWrite && (
    <Button
      variant="default"
      leftSection={<IconWand size={16} aria-hidden />}
      onClick={() => void fill(versionId).then(setActError)}
    >
      Fill from the workspace
    </Button>
  );
  return (
    <>
      <PageHeader
        title={`Model card: ${modelName}, version ${version}`}
        context={
          <Trail
            steps={[
              { to: '/models', label: 'Models' },
              { to: `/models/${modelId}`, label: modelName },
              { to: `/models/${modelId}/versions/${versionId}`, label: `Version ${version}` },
            ]}
          />
        }
        sentence={
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <StateBadge {...cardLook(card.state)} />
            <span>{cardSentence(card)}</span>
          </Group>
        }
        actions={
          head !== null && (
            <>
              {fillButton}
              {canWrite && <ImportCard card={card} />}
              <ExportCardMenu card={card} />
            </>
          )
        }
      />
      {actError !== null && <ErrorPanel error={actError} />}
      {head === null && !isWriting ? (
        <NoCard
          action={
            canWrite && (
              <Group gap="xs">
                {fillButton}
                <ImportCard card={card} />
                <Button onClick={() => setIsWriting(true)}>Start writing</Button>
              </Group>
            )
          }
        />
      ) : (
        <CardTabs
          card={card}
          mode={isWriting ? 'write' : 'read'}
          canWrite={canWrite}
          onMode={(mode) => setIsWriting(mode === 'write')}
        />
      )}
    </>
  );
}

interface CardTabsProps {
  readonly card: Card;
  readonly mode: 'read' | 'write';
  readonly canWrite: boolean;
  readonly onMode: (mode: string) => void;
}

function CardTabs({ card, mode, canWrite, onMode }: CardTabsProps) {
  const { versionId, head } = card;
  const draft = useCardStore((state) => state.draftByVersion[versionId]);
  const edit = useCardStore((state) => state.edit);
  const getCard = useCardStore((state) => state.getCard);
  const [commentOn, setCommentOn] = useState<CardFieldKey | null>(null);
  const canComment = useMay('card.comment') && head !== null;
  const canSign = useMaySignRecords();
  const content = draft?.content ?? card.content;
  const nOpen = card.comments.filter(({ resolved }) => resolved === null).length;
  return (
    <Tabs defaultValue="card" keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="card">Card</Tabs.Tab>
        <Tabs.Tab value="completeness">Completeness</Tabs.Tab>
        <Tabs.Tab value="comments">Comments ({nOpen} open)</Tabs.Tab>
        <Tabs.Tab value="revisions">Revisions ({head?.revision ?? 0})</Tabs.Tab>
        <Tabs.Tab value="approval">Approval</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="card">
        <Stack gap="md">
          <Group justify="space-between" align="flex-start">
            {canWrite ? (
              <SegmentedControl
                aria-label="Read or write"
                data={[
                  { value: 'read', label: 'Read' },
                  { value: 'write', label: 'Write' },
                ]}
                value={mode}
                onChange={onMode}
              />
            ) : (
              <span />
            )}
            <SaveState card={card} draft={draft} />
          </Group>
          <CardSections
            card={card}
            content={content}
            isEditing={mode === 'write'}
            onChange={(change) => edit(versionId, change)}
            onComment={canComment ? setCommentOn : null}
          />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="completeness">
        <CompletenessPanel content={content} />
      </Tabs.Panel>
      <Tabs.Panel value="comments">
        <CommentTable card={card} />
      </Tabs.Panel>
      <Tabs.Panel value="revisions">
        <RevisionsPanel card={card} />
      </Tabs.Panel>
      <Tabs.Panel value="approval">
        {head === null ? (
          'There is nothing to approve yet.'
        ) : (
          <SignaturePanel
            recordType="card.revision"
            recordId={head.id}
            canSign={canSign}
            refreshKey={head.revision}
            onSigned={() => void getCard(versionId)}
          />
        )}
      </Tabs.Panel>
      <CommentDialog versionId={versionId} field={commentOn} onClose={() => setCommentOn(null)} />
    </Tabs>
  );
}

function NoCard({ action }: { readonly action: ReactNode }) {
  return (
    <EmptyState title="Write the model card of this version" action={action}>
      A model card tells what the model is for, what it was trained on, how good it is, for whom it
      works less well, and who to ask. Figures point at what is stored in this workspace, so the
      card says by itself when one of them is not so any more. Somebody who did not write it
      approves it by their signature.
    </EmptyState>
  );
}
