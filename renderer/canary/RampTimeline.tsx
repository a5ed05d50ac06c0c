import { Group, Text } from '@mantine/core';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import { formatShare } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';

/** The shares of traffic to go through, and which one this trial runs at. */
export function RampTimeline({ plan }: { readonly plan: CanaryPlan }) {
  const steps = [...new Set([...plan.ramp, plan.candidateShare])].toSorted((a, b) => a - b);
  return (
    <Group component="ol" gap="xs" m={0} p={0} className="assay-figures">
      {steps.map((share) => (
        <Group component="li" key={share} gap={6} wrap="nowrap" display="inline-flex">
          <StateBadge
            state={
              share < plan.candidateShare
                ? 'ok'
                : share === plan.candidateShare
                  ? 'watch'
                  : 'unknown'
            }
            label={formatShare(share)}
          />
          <Text size="xs" c="dimmed">
            {share < plan.candidateShare
              ? 'before'
              : share === plan.candidateShare
                ? 'this trial'
                : 'later'}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
