import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface OneLineProps {
  readonly text: string;
  readonly isStrong?: boolean;
  /** What is drawn, where it is more than the text. */
  readonly children?: ReactNode;
}

/** A text in one line of a table, cut off with an ellipsis; all of it when the pointer rests on it. */
export function OneLine({ text, isStrong = false, children = text }: OneLineProps) {
  return (
    <Text
      fw={isStrong ? 600 : undefined}
      lineClamp={1}
      title={text}
      style={{ whiteSpace: 'normal', wordBreak: 'break-all' }}
    >
      {children}
    </Text>
  );
}
