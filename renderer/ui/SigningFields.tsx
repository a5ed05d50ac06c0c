import { PasswordInput, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { MeaningChoice } from '../../shared/vault/signable';
import { meaningItems, obstacleLines, type SigningDraft } from './signingRules';

interface SigningFieldsProps {
  readonly draft: SigningDraft;
  readonly choices: readonly MeaningChoice[];
  readonly needsName: boolean;
  /** The last attempt was refused: name or passphrase is not right. */
  readonly isRefused: boolean;
  readonly onChange: (part: Partial<SigningDraft>) => void;
}

/** What a person states and proves by signing. */
export function SigningFields(props: SigningFieldsProps) {
  const { draft, needsName, isRefused, onChange } = props;
  return (
    <SimpleGrid cols={2} spacing="md">
      <Textarea
        label="Reason"
        description="Goes on record with the signature; it cannot be changed later."
        required
        autosize
        minRows={5}
        maxRows={8}
        maxLength={2000}
        value={draft.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
      />
      <Stack gap="md">
        <MeaningField {...props} />
        {needsName && (
          <TextInput
            label="Your name, as printed with your signatures"
            description="The first signature of a session needs name and passphrase."
            required
            autoComplete="off"
            maxLength={200}
            value={draft.printedName}
            error={isRefused}
            onChange={(event) => onChange({ printedName: event.currentTarget.value })}
          />
        )}
        <PasswordInput
          label="Your passphrase"
          description="Asked again, so that nobody signs in your place."
          required
          autoComplete="off"
          value={draft.passphrase}
          error={isRefused}
          onChange={(event) => onChange({ passphrase: event.currentTarget.value })}
        />
      </Stack>
    </SimpleGrid>
  );
}

function MeaningField({ draft, choices, onChange }: SigningFieldsProps) {
  const linesId = useId();
  const lines = obstacleLines(choices);
  return (
    <div>
      <Select
        label="Meaning of your signature"
        data={meaningItems(choices)}
        value={draft.meaning}
        placeholder="None can be chosen"
        allowDeselect={false}
        aria-describedby={lines.length === 0 ? undefined : linesId}
        onChange={(value) => {
          const chosen = choices.find(({ meaning }) => meaning === value);
          if (chosen !== undefined) onChange({ meaning: chosen.meaning });
        }}
      />
      {lines.length > 0 && (
        <div id={linesId}>
          {lines.map((line) => (
            <Text key={line} size="xs" c="dimmed" mt={4}>
              {line}
            </Text>
          ))}
        </div>
      )}
    </div>
  );
}
