import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CanaryPlan } from '../../shared/canary/canaryPlan';
import type { CanaryForecast } from '../../shared/canary/channels';
import { useCall } from '../ui/useCall';
import { forecastSentence } from './forecastSentence';

interface ForecastProps {
  /** Null while something in the form is missing. */
  readonly plan: CanaryPlan | null;
  /** From when the days are counted; now unless given. */
  readonly startUtc?: string;
}

/** How many rows a plan takes, and until when; follows the form. */
export function Forecast({ plan, startUtc }: ForecastProps) {
  const { run } = useCall('canary.forecast');
  const [found, setFound] = useState<CanaryForecast | null>(null);
  const [nowUtc] = useState(() => new Date().toISOString());
  // The plan is made anew at every render; its text tells whether it changed.
  const asked = plan === null ? null : JSON.stringify(plan);
  useEffect(() => {
    if (asked === null) return;
    // It was written two lines up.
    const same = JSON.parse(asked) as CanaryPlan;
    void run({ plan: same }).then((result) => {
      if (result.ok) setFound(result.value);
    });
  }, [asked, run]);
  return (
    <Text role="status" fw={600} className="assay-figures">
      {plan === null
        ? 'Fill in what is missing, and the planner says how many rows it takes.'
        : forecastSentence(found, startUtc ?? nowUtc)}
    </Text>
  );
}
