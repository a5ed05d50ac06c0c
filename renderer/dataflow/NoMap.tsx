import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { EmptyState } from '../ui/EmptyState';

interface NoMapProps {
  readonly canEdit: boolean;
  readonly onStart: () => void;
}

/** What the map is for, while there is none. */
export function NoMap({ canEdit, onStart }: NoMapProps) {
  return (
    <EmptyState
      title="Draw where data about people flow"
      action={
        canEdit && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onStart}>
            Draw the map
          </Button>
        )
      }
    >
      Put on it the people whom the data are about, the systems and stores that hold them,
      processors who work for you and recipients who get them; draw the flows between them, and say
      of each which data it carries, why, on which basis, for how long and how it is protected.
      Findings name what the GDPR asks for and the map does not say yet. The records of processing
      activities (Art. 30) come out of the map, and somebody who did not draw it approves both by
      their signature.
    </EmptyState>
  );
}
