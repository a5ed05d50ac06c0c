import { Alert, Checkbox, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClockExclamation } from '@tabler/icons-react';
import type { SigningState } from '../../shared/vault/signable';
import { stateColours } from './theme';
import { TimeText } from './TimeText';

interface SigningNoticesProps {
  readonly needed: SigningState;
  readonly isClockConfirmed: boolean;
  readonly onClockConfirmed: (isConfirmed: boolean) => void;
}

/** What stands in the way of a signature, before anything is typed. */
export function SigningNotices({ needed, ...clock }: SigningNoticesProps) {
  if (needed.obstacle !== null) return <Obstacle text={needed.obstacle} />;
  return needed.isClockBehind ? <ClockWarning needed={needed} {...clock} /> : null;
}

function Obstacle({ text }: { readonly text: string }) {
  const colours = stateColours('alert');
  return (
    <Alert
      role="alert"
      variant="outline"
      title="You cannot sign now"
      icon={<IconAlertTriangle size={18} color={colours.text} aria-hidden />}
      styles={{
        root: { borderColor: colours.border, backgroundColor: colours.background },
        title: { color: colours.text },
      }}
    >
      <Text>{text}</Text>
    </Alert>
  );
}

function ClockWarning({ needed, isClockConfirmed, onClockConfirmed }: SigningNoticesProps) {
  const colours = stateColours('watch');
  return (
    <Alert
      variant="outline"
      title="The clock of this machine stands before the last recorded event"
      icon={<IconClockExclamation size={18} color={colours.text} aria-hidden />}
      styles={{
        root: { borderColor: colours.border, backgroundColor: colours.background },
        title: { color: colours.text },
      }}
    >
      <Stack gap={6}>
        <Text>
          The clock says <TimeText instant={needed.nowUtc} />; the last event was recorded on{' '}
          <TimeText instant={needed.lastEventAtUtc} />. Set the clock right, or confirm its time:
          the signature will say so.
        </Text>
        <Checkbox
          label="The clock is right; sign with this time"
          required
          checked={isClockConfirmed}
          onChange={(event) => onClockConfirmed(event.currentTarget.checked)}
        />
      </Stack>
    </Alert>
  );
}
