import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { pictureMarkdown, type PictureFacts } from '../../shared/card/picture';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatBytes } from '../ui/formatNumber';
import { MarkdownText } from './MarkdownText';
import { usePictures, usePictureStore } from './pictureStore';

const MAX_LENGTH = 50_000;

interface ProseEditorProps {
  readonly versionId: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Markdown as it is typed, with pictures put in where the cursor stands. */
export function ProseEditor({ versionId, label, hint, value, onChange }: ProseEditorProps) {
  /** Null before anybody has put the cursor somewhere: then it goes to the end. */
  const cursor = useRef<number | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  function insert(markdown: string): void {
    const at = cursor.current ?? value.length;
    const [before, after] = [value.slice(0, at).trimEnd(), value.slice(at).trimStart()];
    onChange([before, markdown, after].filter((part) => part !== '').join('\n\n'));
    setIsOpen(false);
  }
  return (
    <Stack gap={4}>
      <Textarea
        aria-label={label}
        placeholder={hint}
        value={value}
        autosize
        minRows={2}
        maxRows={24}
        maxLength={MAX_LENGTH}
        onSelect={(event) => {
          cursor.current = event.currentTarget.selectionEnd;
        }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPhotoPlus size={16} aria-hidden />}
          aria-label={`Insert a picture into ${label}`}
          onClick={() => setIsOpen(true)}
        >
          Insert a picture…
        </Button>
      </Group>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title="Insert a picture" size="lg">
        {isOpen && (
          <PictureForm
            versionId={versionId}
            roomLeft={MAX_LENGTH - value.length}
            onInsert={insert}
            onClose={() => setIsOpen(false)}
          />
        )}
      </Modal>
    </Stack>
  );
}

interface PictureFormProps {
  readonly versionId: string;
  /** Characters that still fit into the field. */
  readonly roomLeft: number;
  readonly onInsert: (markdown: string) => void;
  readonly onClose: () => void;
}

function PictureForm({ versionId, roomLeft, onInsert, onClose }: PictureFormProps) {
  const addPicture = usePictureStore((state) => state.addPicture);
  const [picture, setPicture] = useState<PictureFacts | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [isReading, setIsReading] = useState(false);
  const [name, setName] = useState('');
  async function add(token: string | null): Promise<void> {
    setIsReading(true);
    const result = await addPicture(versionId, token);
    setIsReading(false);
    setError(result.ok || result.error.code === 'CANCELLED' ? null : result.error);
    if (result.ok) setPicture(result.value);
  }
  const markdown =
    picture === null || name.trim() === '' ? null : pictureMarkdown(name.trim(), picture.sha256);
  const doesFit = markdown === null || markdown.length + 4 <= roomLeft;
  return (
    <Stack>
      <FileDrop
        label="Drop a picture here"
        accept="PNG or JPEG, up to 1 MiB. Places, names and times that cameras write into it are left out."
        onToken={(token) => void add(token)}
        onBrowse={() => void add(null)}
        isBusy={isReading}
      />
      {error !== null && <ErrorPanel error={error} />}
      {picture !== null && (
        <>
          <PicturePreview picture={picture} name={name} />
          <TextInput
            label="What it shows"
            description="Read aloud in place of the picture, and shown where it is missing"
            required
            maxLength={300}
            value={name}
            error={doesFit ? null : 'This field of the card has no room left for it.'}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={markdown === null || !doesFit}
          onClick={() => {
            if (markdown !== null) onInsert(markdown);
          }}
        >
          Insert
        </Button>
      </Group>
    </Stack>
  );
}

function PicturePreview({
  picture,
  name,
}: {
  readonly picture: PictureFacts;
  readonly name: string;
}) {
  const { sha256, width, height, sizeBytes } = picture;
  const markdown = pictureMarkdown(name === '' ? 'The picture' : name, sha256);
  return (
    <Stack gap={4}>
      <MarkdownText text={markdown} pictures={usePictures(markdown)} />
      <Text size="sm">
        {width} × {height} pixels, {formatBytes(sizeBytes)}
      </Text>
    </Stack>
  );
}
