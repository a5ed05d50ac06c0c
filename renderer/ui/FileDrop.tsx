import { Button, Group, Stack, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import { tokenForFile } from '../api/dropFile';
import classes from './FileDrop.module.css';

export interface FileDropProps {
  /** What to drop, e.g. `Drop a live batch here`. */
  readonly label: string;
  /** File types in words, e.g. `CSV, Parquet, Arrow`. */
  readonly accept: string;
  readonly onToken: (token: string, fileName: string) => void;
  /** The button: core asks for a file by a dialog. */
  readonly onBrowse: () => void;
  readonly browseLabel?: string;
  readonly isBusy?: boolean;
  /** Whether a folder may be dropped too. */
  readonly takesFolders?: boolean;
  /** Other ways to choose, beside the button. */
  readonly otherChoice?: ReactNode;
}

/** Takes one file by drag and drop or by a button; hands on a token, never a path. */
export function FileDrop(props: FileDropProps) {
  const {
    label,
    accept,
    onToken,
    onBrowse,
    browseLabel = 'Choose a file…',
    isBusy = false,
    takesFolders = false,
  } = props;
  const [isOver, setIsOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function onDrop(event: DragEvent): Promise<void> {
    event.preventDefault();
    setIsOver(false);
    const files = [...event.dataTransfer.files];
    const [file] = files;
    if (file === undefined || isBusy) return;
    if (files.length > 1) {
      setProblem(`${files.length} files were dropped; this takes one at a time. Nothing was read.`);
      return;
    }
    setProblem(null);
    try {
      onToken(await tokenForFile(file, takesFolders), file.name);
    } catch {
      setProblem(
        `${file.name} could not be taken from the drop. Choose it with the button instead.`,
      );
    }
  }

  return (
    <div
      className={classes.area}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        event.dataTransfer.dropEffect = isBusy ? 'none' : 'copy';
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => void onDrop(event)}
    >
      <Group gap="md" wrap="nowrap">
        <IconFileUpload size={28} stroke={1.5} aria-hidden className={classes.icon} />
        <Stack gap={2} flex={1}>
          <Text fw={600}>{label}</Text>
          <Text c="dimmed">{accept}</Text>
          {problem !== null && (
            <Text role="alert" c="error">
              {problem}
            </Text>
          )}
        </Stack>
        {props.otherChoice}
        <Button variant="default" onClick={onBrowse} loading={isBusy}>
          {browseLabel}
        </Button>
      </Group>
    </div>
  );
}
