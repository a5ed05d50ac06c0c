import { Button, Group, Text } from '@mantine/core';
import type { StaleFigure } from '../../shared/card/evidence';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';

interface StaleMarkProps {
  readonly stale: StaleFigure;
  /** Takes what the evidence says now; left out where nothing can be edited. */
  readonly onTake?: () => void;
}

/** What a figure says and what its evidence says now. */
export function StaleMark({ stale, onTake }: StaleMarkProps) {
  const { was, now } = stale;
  return (
    <Group gap="xs" mt={4}>
      <StateBadge state="alert" label="Stale" />
      <Text component="span" style={{ overflowWrap: 'anywhere' }}>
        {was} {'->'} <b>{now === null ? 'no evidence any more' : now.value}</b>
        {now !== null && (
          <>
            {' '}
            ({now.source}, <TimeText instant={now.asOfUtc} />)
          </>
        )}
      </Text>
      {onTake !== undefined && now !== null && (
        <Button size="compact-sm" variant="default" onClick={onTake}>
          Take the present figure
        </Button>
      )}
    </Group>
  );
}
