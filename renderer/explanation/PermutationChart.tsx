import type { Permutation } from '../../shared/explanation/computed';
import { METRIC_WORDS } from '../../shared/explanation/modelWords';
import { ChartFrame } from '../ui/ChartFrame';
import { formatStatistic } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { barName, BARS, barScale } from './barLayout';

const SHOWN = 15;

/** How much worse the model predicts when each feature is shuffled. */
export function PermutationChart({ permutation }: { readonly permutation: Permutation }) {
  const { metric, features } = permutation;
  const shown = features.slice(0, SHOWN);
  const x = barScale([
    0,
    ...shown.flatMap(({ meanDrop, sd }) => [meanDrop, meanDrop - sd, meanDrop + sd]),
  ]);
  const height = shown.length * BARS.rowHeight + 2 * BARS.top;
  const way = metric === 'auc' ? 'Fall' : 'Rise';
  return (
    <ChartFrame
      title="Permutation importance"
      xCaption={`${way} of the ${METRIC_WORDS[metric]} when the feature is shuffled; line: one standard deviation over the shuffles`}
      yCaption="Feature"
      alternative={shown
        .map(({ name, meanDrop }) => `${name}: ${formatStatistic(meanDrop)}`)
        .join('; ')}
      table={{
        header: ['feature', 'mean', 'standard deviation'],
        rows: features.map(({ name, meanDrop, sd }) => [name, meanDrop, sd]),
      }}
    >
      <svg viewBox={`0 0 ${BARS.width} ${height}`} width="100%" height={height} aria-hidden>
        {shown.map(({ name, meanDrop, sd }, row) => {
          const middle = BARS.top + (row + 0.5) * BARS.rowHeight;
          return (
            <g key={name}>
              <text
                x={BARS.nameWidth - 8}
                y={middle + 4}
                textAnchor="end"
                fontSize={12}
                fill={CHART_COLOURS.axis}
              >
                {barName(name)}
              </text>
              <rect
                x={Math.min(x(0), x(meanDrop))}
                y={middle - 8}
                width={Math.abs(x(meanDrop) - x(0))}
                height={16}
                fill={CHART_COLOURS.live}
              />
              <line
                x1={x(meanDrop - sd)}
                x2={x(meanDrop + sd)}
                y1={middle}
                y2={middle}
                stroke={CHART_COLOURS.threshold}
                strokeWidth={2}
              />
              <text
                x={x(Math.max(0, meanDrop + sd)) + 8}
                y={middle + 4}
                fontSize={12}
                fill={CHART_COLOURS.axis}
              >
                {formatStatistic(meanDrop)}
              </text>
            </g>
          );
        })}
      </svg>
    </ChartFrame>
  );
}
