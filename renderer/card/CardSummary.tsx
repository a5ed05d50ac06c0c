import { Group, Paper, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { LinkButton } from '../ui/LinkButton';
import { StateBadge } from '../ui/StateBadge';
import { useCardStore } from './cardStore';
import { cardLook, cardSentence } from './cardWords';

/** How the card of a version stands, on the version's page. */
export function CardSummary({ versionId }: { readonly versionId: string }) {
  const card = useCardStore((state) => state.byVersion[versionId]);
  const getCard = useCardStore((state) => state.getCard);
  useEffect(() => void getCard(versionId), [getCard, versionId]);
  if (card === undefined) return null;
  return (
    <Paper p="md" bg="var(--assay-surface)" component="section" aria-label="Model card">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Group gap="xs" mb={4}>
            <Title order={2}>Model card</Title>
            <StateBadge {...cardLook(card.state)} />
          </Group>
          <Text>{cardSentence(card)}</Text>
        </div>
        <LinkButton to={`/models/${card.modelId}/versions/${versionId}/card`} isQuiet>
          {card.head === null ? 'Write the card' : 'Open the card'}
        </LinkButton>
      </Group>
    </Paper>
  );
}
