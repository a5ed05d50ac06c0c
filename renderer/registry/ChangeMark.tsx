import { Badge } from '@mantine/core';
import { IconArrowRight, IconEqual, IconMinus, IconPlus, type Icon } from '@tabler/icons-react';
import type { Change } from '../../shared/registry/versionComparison';

const LOOK: Readonly<Record<Change, { readonly icon: Icon; readonly label: string }>> = {
  added: { icon: IconPlus, label: 'Added' },
  removed: { icon: IconMinus, label: 'Removed' },
  changed: { icon: IconArrowRight, label: 'Changed' },
  same: { icon: IconEqual, label: 'Same' },
};

/** What happened to a thing from left to right, as word and sign; none of it is good or bad by itself. */
export function ChangeMark({ change }: { readonly change: Change }) {
  const { icon: ChangeIcon, label } = LOOK[change];
  return (
    <Badge
      variant="default"
      tt="none"
      fw={change === 'same' ? 400 : 600}
      leftSection={<ChangeIcon size={12} stroke={2.2} aria-hidden />}
      styles={{ label: { fontSize: 12 } }}
    >
      {label}
    </Badge>
  );
}
