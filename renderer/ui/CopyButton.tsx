import { Button, type ButtonProps } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from './copyText';

export interface CopyButtonProps extends ButtonProps {
  readonly text: string;
  readonly label?: string;
}

const SHOWN_FOR_MS = 2000;

/** Copies a text and says that it did. */
export function CopyButton({ text, label = 'Copy', ...rest }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={
        isCopied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
      }
      {...rest}
      onClick={() => setIsCopied(copyText(text))}
    >
      <span aria-live="polite">{isCopied ? 'Copied' : label}</span>
    </Button>
  );
}
