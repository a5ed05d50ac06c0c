import { Paper, Progress, Stack, Text, Title } from '@mantine/core';
import type { CardContent } from '../../shared/card/cardContent';
import { cardField } from '../../shared/card/cardFields';
import {
  completenessOf,
  FRAMEWORKS,
  ownCompleteness,
  type Completeness,
} from '../../shared/card/frameworks';

/** How far a card goes, by its own fields and by what each framework asks for. */
export function CompletenessPanel({ content }: { readonly content: CardContent }) {
  const own = ownCompleteness(content);
  const figures = content.figures.filter(({ evidence }) => evidence === null);
  return (
    <Stack gap="md">
      <Part name="All fields of the card" found={own} isOwn />
      {figures.length > 0 && (
        <Text>
          Without evidence: {figures.map(({ name }) => (name === '' ? 'unnamed' : name)).join(', ')}
          . These figures are typed; nothing tells when they are not so any more.
        </Text>
      )}
      {FRAMEWORKS.map((framework) => (
        <Part
          key={framework.key}
          name={framework.name}
          found={completenessOf(content, framework)}
        />
      ))}
    </Stack>
  );
}

interface PartProps {
  readonly name: string;
  readonly found: Completeness;
  readonly isOwn?: boolean;
}

function Part({ name, found, isOwn = false }: PartProps) {
  const { nMet, nPoints, missing } = found;
  return (
    <Paper p="md" bg="var(--assay-surface)">
      <Title order={2} mb={4}>
        {name}: {nMet} of {nPoints}
      </Title>
      <Progress
        value={(100 * nMet) / nPoints}
        aria-label={`${name}: ${nMet} of ${nPoints}`}
        mb="xs"
      />
      {missing.length === 0 ? (
        <Text>Every point is answered. Whether it is answered well is for people to judge.</Text>
      ) : isOwn ? (
        <Text>Missing: {missing.map((point) => point.name).join(', ')}.</Text>
      ) : (
        <Stack component="ul" gap={2} m={0} pl="md">
          {missing.map((point) => (
            <Text component="li" key={point.name}>
              {point.name}:{' '}
              <Text span c="dimmed">
                {point.fields.map((key) => cardField(key).label).join(', ')}
              </Text>
            </Text>
          ))}
        </Stack>
      )}
    </Paper>
  );
}
