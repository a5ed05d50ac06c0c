import { Group, Text } from '@mantine/core';
import { HeatCellBox, HeatPatterns } from './HeatStripRow';
import type { HeatCell } from './heatRows';

type Sample = readonly [label: string, cell: HeatCell];

function sample(verdict: NonNullable<HeatCell>['verdict'], value: number | null): HeatCell {
  return { verdict, primary: 'ks', value, chanceLimit: null, threshold: 1 };
}

const SAMPLES: readonly Sample[] = [
  ['up to half the threshold', sample('stable', 0.4)],
  ['up to it', sample('stable', 0.9)],
  ['drifted, up to 2 ×', sample('drifted', 1.5)],
  ['up to 4 ×', sample('drifted', 3)],
  ['beyond', sample('drifted', 5)],
  ['inconclusive', sample('inconclusive', 1.5)],
  ['not assessed', sample('notAssessed', null)],
];

const WIDTH = 24;

/** What depth, frame and sign of a cell mean. */
export function HeatLegend() {
  return (
    <Group gap="md" mt={6} style={{ rowGap: 4 }}>
      {SAMPLES.map(([label, cell]) => (
        <Group key={label} gap={6} wrap="nowrap">
          <svg width={WIDTH + 2} height={24} viewBox={`-1 -1 ${WIDTH + 2} 24`} aria-hidden>
            <HeatPatterns />
            <HeatCellBox cell={cell} width={WIDTH} />
          </svg>
          <Text size="xs">{label}</Text>
        </Group>
      ))}
    </Group>
  );
}
