import { ActionIcon, Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconClipboardText, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ClipboardEvent } from 'react';
import classes from './KeyValueEditor.module.css';
import { rowsFromJson, type KeyValueRow, type RowProblems } from './keyValueRows';

export interface KeyValueEditorProps {
  /** What one line is, e.g. `parameter`. */
  readonly noun: string;
  readonly rows: readonly KeyValueRow[];
  readonly problems: RowProblems;
  readonly valuePlaceholder: string;
  readonly onChange: (rows: readonly KeyValueRow[]) => void;
}

/** Lines without text, ready to be typed into. */
export function blankRow(rows: readonly KeyValueRow[]): KeyValueRow {
  return { id: Math.max(0, ...rows.map(({ id }) => id)) + 1, key: '', value: '' };
}

/** Names and values, typed line by line or pasted as one JSON object. */
export function KeyValueEditor(props: KeyValueEditorProps) {
  const { noun, rows, onChange } = props;
  const [isPasting, setIsPasting] = useState(false);

  function edit(id: number, change: Partial<KeyValueRow>): void {
    onChange(rows.map((row) => (row.id === id ? { ...row, ...change } : row)));
  }
  function addPasted(pasted: readonly Omit<KeyValueRow, 'id'>[]): void {
    const kept = rows.filter(({ key, value }) => key !== '' || value !== '');
    const firstId = blankRow(rows).id;
    onChange([...kept, ...pasted.map((row, i) => ({ ...row, id: firstId + i }))]);
    setIsPasting(false);
  }
  function onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData.getData('text').trim();
    if (!text.startsWith('{')) return;
    const pasted = rowsFromJson(text);
    if (!pasted.ok) return;
    event.preventDefault();
    addPasted(pasted.rows);
  }

  return (
    <Stack gap={6}>
      <div className={classes.rows}>
        {rows.map((row, index) => (
          <KeyValueLine
            key={row.id}
            {...props}
            row={row}
            index={index}
            onEdit={(change) => edit(row.id, change)}
            onRemove={() => onChange(rows.filter(({ id }) => id !== row.id))}
            onPaste={onPaste}
          />
        ))}
      </div>
      {isPasting ? (
        <JsonPaste onRows={addPasted} onClose={() => setIsPasting(false)} />
      ) : (
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange([...rows, blankRow(rows)])}
          >
            Add {noun}
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconClipboardText size={14} aria-hidden />}
            onClick={() => setIsPasting(true)}
          >
            Paste JSON
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface KeyValueLineProps extends KeyValueEditorProps {
  readonly row: KeyValueRow;
  readonly index: number;
  readonly onEdit: (change: Partial<KeyValueRow>) => void;
  readonly onRemove: () => void;
  readonly onPaste: (event: ClipboardEvent) => void;
}

function KeyValueLine(props: KeyValueLineProps) {
  const { noun, row, index, problems, valuePlaceholder, onEdit, onRemove, onPaste } = props;
  const problem = problems.get(row.id);
  return (
    <div className={classes.line} role="group" aria-label={`${noun} ${index + 1}`}>
      <TextInput
        size="xs"
        aria-label={`Name of ${noun} ${index + 1}`}
        placeholder="name"
        value={row.key}
        error={problem !== undefined}
        onPaste={onPaste}
        onChange={(event) => onEdit({ key: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        aria-label={`Value of ${noun} ${index + 1}`}
        placeholder={valuePlaceholder}
        value={row.value}
        error={problem !== undefined}
        onChange={(event) => onEdit({ value: event.currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Remove ${noun} ${row.key === '' ? index + 1 : row.key}`}
        onClick={onRemove}
      >
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
      {problem !== undefined && (
        <Text size="xs" c="error" className={classes.problem}>
          {problem}
        </Text>
      )}
    </div>
  );
}

interface JsonPasteProps {
  readonly onRows: (rows: readonly Omit<KeyValueRow, 'id'>[]) => void;
  readonly onClose: () => void;
}

function JsonPaste({ onRows, onClose }: JsonPasteProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  function add(): void {
    const pasted = rowsFromJson(text);
    if (pasted.ok) onRows(pasted.rows);
    else setProblem(pasted.problem);
  }
  return (
    <Stack gap={6}>
      <Textarea
        size="xs"
        label="JSON object"
        description="Nested objects become dotted names, such as optimizer.lr."
        placeholder='{"ridge": 1, "solver": "newton"}'
        autosize
        minRows={3}
        maxRows={12}
        data-autofocus
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
      />
      {problem !== null && (
        <Alert role="alert" color="red" variant="outline" p="xs">
          {problem}
        </Alert>
      )}
      <Group gap="xs">
        <Button size="xs" onClick={add} disabled={text.trim() === ''}>
          Add these lines
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
