import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconEye,
  IconHelpCircle,
  type Icon,
} from '@tabler/icons-react';
import type { Verdict } from '../../shared/drift/driftReport';
import { stateColours, type State } from './theme';

const ICONS: Readonly<Record<State, Icon>> = {
  ok: IconCircleCheck,
  watch: IconEye,
  alert: IconAlertTriangle,
  unknown: IconHelpCircle,
};

export interface StateBadgeProps {
  readonly state: State;
  readonly label: string;
  readonly title?: string;
}

/** A state as word, icon and colour together. */
export function StateBadge({ state, label, title }: StateBadgeProps) {
  const StateIcon = ICONS[state];
  const colours = stateColours(state);
  return (
    <Badge
      variant="default"
      size="md"
      title={title}
      leftSection={<StateIcon size={13} stroke={2} aria-hidden />}
      styles={{
        root: {
          color: colours.text,
          backgroundColor: colours.background,
          borderColor: colours.border,
          fontSize: 12,
          flexShrink: 0,
        },
        // A state whose word is cut off is colour alone: let a table make room for it.
        label: { overflow: 'visible' },
      }}
    >
      {label}
    </Badge>
  );
}

/** How a drift verdict is called and which state it is. */
export const VERDICT_LOOK: Readonly<
  Record<Verdict, { readonly state: State; readonly label: string }>
> = {
  drifted: { state: 'alert', label: 'Drifted' },
  inconclusive: { state: 'watch', label: 'Inconclusive' },
  stable: { state: 'ok', label: 'Stable' },
  notAssessed: { state: 'unknown', label: 'Not assessed' },
};

export interface VerdictBadgeProps {
  readonly verdict: Verdict;
  readonly title?: string;
}

export function VerdictBadge({ verdict, title }: VerdictBadgeProps) {
  return <StateBadge {...VERDICT_LOOK[verdict]} {...(title === undefined ? {} : { title })} />;
}
