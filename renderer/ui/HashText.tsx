import { ActionIcon, Code, Group } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from './copyText';

export interface HashTextProps {
  /** Hex digits. */
  readonly hash: string;
  /** What it is the hash of, for the copy button's name, e.g. `training data`. */
  readonly of?: string;
  /** Digits shown; the whole hash is copied and shown on hover. */
  readonly digits?: number;
}

const SHOWN_FOR_MS = 2000;

/** A hash by its first digits, with a button that copies all of it. */
export function HashText({ hash, of = 'record', digits = 12 }: HashTextProps) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex">
      <Code title={hash} fz="xs">
        {hash.length > digits ? `${hash.slice(0, digits)}…` : hash}
      </Code>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        aria-label={isCopied ? 'Copied' : `Copy the hash of the ${of}`}
        onClick={() => setIsCopied(copyText(hash))}
      >
        {isCopied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </ActionIcon>
    </Group>
  );
}
