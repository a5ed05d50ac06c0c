import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { Card } from '../../shared/card/channels';
import { compareCards } from '../../shared/card/compareCards';
import { ErrorPanel } from '../ui/ErrorPanel';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { Waiting } from '../ui/Waiting';
import { CardDifferences } from './CardDifferences';
import { useCardStore } from './cardStore';
import { cardLook } from './cardWords';

interface CompareCardsProps {
  readonly leftId: string;
  readonly rightId: string;
}

/** The model cards of two versions: how each stands, and what they say differently. */
export function CompareCards({ leftId, rightId }: CompareCardsProps) {
  const left = useCardStore((state) => state.byVersion[leftId]);
  const right = useCardStore((state) => state.byVersion[rightId]);
  const error = useCardStore((state) => state.errors[leftId] ?? state.errors[rightId]);
  const getCard = useCardStore((state) => state.getCard);
  useEffect(() => {
    void getCard(leftId);
    void getCard(rightId);
  }, [getCard, leftId, rightId]);
  return (
    <Paper component="section" aria-labelledby="compare-cards" p="md" mt="md">
      <Title order={2} id="compare-cards" mb="sm">
        Model card
      </Title>
      {error !== undefined ? (
        <ErrorPanel error={error} />
      ) : left === undefined || right === undefined ? (
        <Waiting />
      ) : (
        <Stack gap="sm">
          <Group gap="xl">
            <Side name="Left" card={left} />
            <Side name="Right" card={right} />
          </Group>
          {(left.head !== null || right.head !== null) && (
            <CardDifferences
              changes={compareCards(left.content, right.content)}
              same="Both cards say the same."
              sides={['Left', 'Right']}
            />
          )}
        </Stack>
      )}
    </Paper>
  );
}

function Side({ name, card }: { readonly name: string; readonly card: Card }) {
  const { modelId, versionId, modelName, version, state } = card;
  return (
    <Group gap="xs">
      <Text fw={600}>{name}:</Text>
      <StateBadge {...cardLook(state)} />
      <TextLink to={`/models/${modelId}/versions/${versionId}/card`}>
        {modelName}, version {version}
      </TextLink>
    </Group>
  );
}
