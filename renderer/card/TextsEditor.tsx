import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';

interface TextsEditorProps {
  readonly label: string;
  readonly texts: readonly string[];
  readonly onChange: (texts: readonly string[]) => void;
}

/** Several texts, one field each, and one more for the next. */
export function TextsEditor({ label, texts, onChange }: TextsEditorProps) {
  const [next, setNext] = useState('');
  function add(): void {
    if (next.trim() === '') return;
    onChange([...texts, next]);
    setNext('');
  }
  return (
    <Stack gap={6}>
      {texts.map((text, i) => (
        // A text has no identity but its place.
        <Group key={i} gap="xs" wrap="nowrap" align="flex-start">
          <Textarea
            flex={1}
            autosize
            minRows={1}
            maxRows={8}
            aria-label={`${label} ${i + 1}`}
            value={text}
            onChange={({ currentTarget: { value } }) =>
              onChange(
                value === ''
                  ? texts.filter((_one, at) => at !== i)
                  : texts.map((old, at) => (at === i ? value : old)),
              )
            }
          />
          <Button
            variant="subtle"
            size="compact-sm"
            mt={4}
            aria-label={`Remove ${label} ${i + 1}`}
            onClick={() => onChange(texts.filter((_one, at) => at !== i))}
          >
            Remove
          </Button>
        </Group>
      ))}
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Textarea
          flex={1}
          autosize
          minRows={1}
          maxRows={8}
          aria-label={`Next of ${label}`}
          placeholder="One more…"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          onBlur={add}
        />
        <Button
          variant="default"
          size="compact-sm"
          mt={4}
          leftSection={<IconPlus size={14} aria-hidden />}
          aria-label={`Add to ${label}`}
          onClick={add}
        >
          Add
        </Button>
      </Group>
    </Stack>
  );
}
