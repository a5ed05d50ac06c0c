import { Stack, Text } from '@mantine/core';
import type { Canary, PlanRevision } from '../../shared/canary/channels';
import { useMaySignRecords } from '../ui/personStore';
import { SignaturePanel } from '../ui/SignaturePanel';
import { TimeText } from '../ui/TimeText';

interface PlanPanelProps {
  readonly canary: Pick<Canary, 'id'>;
  readonly current: PlanRevision;
}

/** Who set the plan that holds and why; where it acts by itself, who approved that. */
export function PlanPanel({ canary, current }: PlanPanelProps) {
  const canSign = useMaySignRecords();
  const { revision, setBy, setAtUtc, reason, plan } = current;
  return (
    <Stack gap="sm">
      <Text c="dimmed">
        Revision {revision}, set by {setBy} on <TimeText instant={setAtUtc} />: “{reason}”
      </Text>
      {plan.onRollBack === 'rollBack' && (
        <>
          <Text>
            A verdict to roll back takes a live candidate back by itself if a manager who did not
            write this revision had approved it by signature before. Otherwise it only recommends
            the rollback.
          </Text>
          <SignaturePanel
            title="Signatures under the plan"
            recordType="canary.plan"
            recordId={canary.id}
            canSign={canSign}
            refreshKey={revision}
          />
        </>
      )}
    </Stack>
  );
}
