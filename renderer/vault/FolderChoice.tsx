import { Button, Group, Input, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorPanel } from '../ui/ErrorPanel';
import { useCall } from '../ui/useCall';

export interface FolderChoiceProps {
  /** What the dialog asks for. */
  readonly purpose: 'create' | 'restore';
  /** Where it goes unless the person chooses; null when they must. */
  readonly fallback: string | null;
  /** Gets the token of the chosen folder; null for the fallback. */
  readonly onChange: (token: string | null) => void;
}

/** Asks for a folder by a dialog; shows where it lies and hands on a token. */
export function FolderChoice({ purpose, fallback, onChange }: FolderChoiceProps) {
  const pick = useCall('vault.pickFolder');
  const [folder, setFolder] = useState<string | null>(null);
  async function onPick(): Promise<void> {
    const result = await pick.run({ purpose });
    if (!result.ok) return;
    setFolder(result.value.folder);
    onChange(result.value.token);
  }
  function onFallback(): void {
    setFolder(null);
    onChange(null);
  }
  return (
    <Input.Wrapper label="Folder" labelElement="div" required={fallback === null}>
      <Group gap="sm" wrap="nowrap" mt={2}>
        <Text flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>
          {folder ?? fallback ?? 'An empty or new folder'}
        </Text>
        {folder !== null && fallback !== null && (
          <Button variant="subtle" size="xs" onClick={onFallback}>
            Use the default
          </Button>
        )}
        <Button variant="default" size="xs" onClick={() => void onPick()}>
          Choose…
        </Button>
      </Group>
      {pick.error !== null && <ErrorPanel error={pick.error} />}
    </Input.Wrapper>
  );
}
