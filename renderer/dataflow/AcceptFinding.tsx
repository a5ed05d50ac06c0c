import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Finding } from '../../shared/dataflow/finding';
import { ReasonDialog } from '../ui/ReasonDialog';
import { DayInput } from './fieldParts';
import { useFlowMapStore } from './flowMapStore';
import { useToday } from './useToday';

interface AcceptFindingProps {
  readonly finding: Finding;
  readonly onClose: () => void;
}

/** Lets a finding stand until a day, with the reason. */
export function AcceptFinding({ finding, onClose }: AcceptFindingProps) {
  const accept = useFlowMapStore((state) => state.accept);
  const [expiresOn, setExpiresOn] = useState<string | null>(null);
  const today = useToday();
  const { key: findingKey, text: findingText, rule } = finding;
  return (
    <ReasonDialog
      opened
      title={`Let it stand: ${rule.title}`}
      submitLabel="Accept"
      isReady={expiresOn !== null && expiresOn >= today}
      onSubmit={(reason) =>
        accept({ findingKey, findingText, reason, expiresOn: expiresOn ?? today })
      }
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text className="assay-wrap">{findingText}</Text>
        <Text>
          {rule.explanation} ({rule.source})
        </Text>
        <DayInput
          label="Last day"
          description="After it the finding is open again; also as soon as it says something else."
          required
          min={today}
          value={expiresOn}
          onChange={setExpiresOn}
        />
      </Stack>
    </ReasonDialog>
  );
}
