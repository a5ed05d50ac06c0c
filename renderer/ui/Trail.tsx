import { Group, Text } from '@mantine/core';
import { Fragment } from 'react';
import { TextLink } from './TextLink';

export interface TrailProps {
  /** From the list down to the parent of this page. */
  readonly steps: readonly { readonly to: string; readonly label: string }[];
}

/** Where a page belongs: links from the list down to its parent. */
export function Trail({ steps }: TrailProps) {
  return (
    <Group component="nav" gap={6} aria-label="Where this page belongs">
      {steps.map(({ to, label }, i) => (
        <Fragment key={to}>
          {i > 0 && (
            <Text c="dimmed" aria-hidden>
              /
            </Text>
          )}
          <TextLink to={to} isQuiet>
            {label}
          </TextLink>
        </Fragment>
      ))}
    </Group>
  );
}
