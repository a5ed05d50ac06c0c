import { Group, List, Progress, Stack, Text } from '@mantine/core';
import type { PassphraseStrength } from '../../shared/vault/passphraseStrength';
import { StateBadge } from '../ui/StateBadge';
import { stateColours } from '../ui/theme';
import { guessesSentence, strengthWords } from './passphraseWords';

/** How long a passphrase would resist guessing, in a word, a bar and advice. */
export function StrengthMeter({ strength }: { readonly strength: PassphraseStrength | null }) {
  if (strength === null) {
    return (
      <Text size="xs" c="dimmed">
        At least 14 characters or 5 words. A sentence that only you would think of is good.
      </Text>
    );
  }
  const { label, state } = strengthWords(strength);
  return (
    <Stack gap={6} aria-live="polite">
      <Group gap="sm" wrap="nowrap">
        <Progress.Root size="sm" flex={1}>
          <Progress.Section
            value={((strength.score + 1) / 5) * 100}
            color={stateColours(state).text}
            withAria={false}
            aria-hidden
          />
        </Progress.Root>
        <StateBadge state={state} label={label} />
      </Group>
      <Text size="xs" c="dimmed">
        {guessesSentence(strength.guessesLog10)}
      </Text>
      {strength.advice.length > 0 && (
        <List size="xs" spacing={2}>
          {strength.advice.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
