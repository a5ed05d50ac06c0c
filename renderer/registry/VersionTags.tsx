import { Button, Group, Paper, Stack, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import type { ModelVersion } from '../../shared/registry/model';
import { ErrorPanel } from '../ui/ErrorPanel';
import { useMayChangeFacts } from './mayChangeFacts';
import { useRegistryStore } from './registryStore';
import { TagList } from './TagList';
import { TagsField } from './TagsField';

/** The tags of a version, which may change while its snapshot stays. */
export function VersionTags({ version }: { readonly version: ModelVersion }) {
  const [isEditing, setIsEditing] = useState(false);
  const mayChange = useMayChangeFacts();
  return (
    <Paper p="md" mb="md" bg="var(--assay-surface)">
      <Group justify="space-between" mb="xs">
        <Title order={2}>Tags</Title>
        {mayChange && !isEditing && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => setIsEditing(true)}
          >
            Edit tags
          </Button>
        )}
      </Group>
      {isEditing ? (
        <TagsForm version={version} onClose={() => setIsEditing(false)} />
      ) : (
        <TagList tags={version.tags} />
      )}
    </Paper>
  );
}

interface TagsFormProps {
  readonly version: ModelVersion;
  readonly onClose: () => void;
}

function TagsForm({ version, onClose }: TagsFormProps) {
  const setVersionTags = useRegistryStore((state) => state.setVersionTags);
  const getVersion = useRegistryStore((state) => state.getVersion);
  const [tags, setTags] = useState<readonly string[]>(version.tags);
  const [error, setError] = useState<AppError | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function save(): Promise<void> {
    if (JSON.stringify(tags) === JSON.stringify(version.tags)) return onClose();
    setIsBusy(true);
    const { id: versionId, tagsRevision: revision } = version;
    const result = await setVersionTags({ versionId, tags: [...tags], revision });
    setIsBusy(false);
    if (result.ok) return onClose();
    setError(result.error);
    if (result.error.code === 'CONFLICT') await getVersion(versionId);
  }

  return (
    <Stack gap="xs">
      <TagsField label="Tags of this version" tags={tags} onChange={setTags} />
      {error !== null && <ErrorPanel error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="xs" onClick={onClose}>
          Cancel
        </Button>
        <Button size="xs" loading={isBusy} onClick={() => void save()}>
          Save tags
        </Button>
      </Group>
    </Stack>
  );
}
