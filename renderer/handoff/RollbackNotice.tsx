import { Paper, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RuleAction } from '../../shared/handoff/ruleAction';
import { RuleActionLine } from '../ui/RuleActionLine';
import { StateBadge } from '../ui/StateBadge';
import { useCall } from '../ui/useCall';

/** The rollback that a rule recommends for the version that is live; nothing where none does. */
export function RollbackNotice({ modelId }: { readonly modelId: string }) {
  const { run } = useCall('handoff.listActions');
  const [actions, setActions] = useState<readonly RuleAction[]>([]);
  useEffect(() => {
    void run({ modelId }).then((result) => setActions(result.ok ? result.value : []));
  }, [run, modelId]);
  const advice = actions.filter(
    ({ outcome, rollbackTo }) => outcome?.outcome === 'recommended' && rollbackTo !== null,
  );
  const [newest] = advice;
  if (newest === undefined) return null;
  return (
    <Paper component="section" aria-label="Recommended rollback" mb="md" bg="var(--assay-surface)">
      <Stack gap="xs" align="flex-start">
        <StateBadge state="alert" label="Rollback recommended" />
        <RuleActionLine action={newest} />
      </Stack>
    </Paper>
  );
}
