import type { ExplainedOutput } from '../../shared/explanation/explanation';
import { SPACE_WORDS } from '../../shared/explanation/explanationWords';
import { ChartFrame } from '../ui/ChartFrame';
import { formatStatistic } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { barName, BARS, barScale } from './barLayout';

const SHOWN = 15;

/** How far each feature moves the prediction on average, with its interval. */
export function ImportanceChart({ output }: { readonly output: ExplainedOutput }) {
  const shown = output.features.slice(0, SHOWN);
  const ends = shown.flatMap(({ meanAbsolute, interval }) => [meanAbsolute, ...(interval ?? [])]);
  const x = barScale([0, ...ends]);
  const height = shown.length * BARS.rowHeight + 2 * BARS.top;
  const nHidden = output.features.length - shown.length;
  const unit = SPACE_WORDS[output.additivity.space];
  return (
    <ChartFrame
      title="Global importance"
      xCaption={`Mean |SHAP| in the ${unit}, line: 95 % interval${nHidden === 0 ? '' : `; ${nHidden} smaller features are in the table`}`}
      yCaption="Feature"
      alternative={shown
        .map(({ name, meanAbsolute }) => `${name}: ${formatStatistic(meanAbsolute)}`)
        .join('; ')}
      table={{
        header: ['feature', 'mean |SHAP|', 'lower end', 'upper end', 'mean SHAP'],
        rows: output.features.map(({ name, meanAbsolute, interval, meanSigned }) => [
          name,
          meanAbsolute,
          interval?.[0] ?? null,
          interval?.[1] ?? null,
          meanSigned,
        ]),
      }}
    >
      <svg viewBox={`0 0 ${BARS.width} ${height}`} width="100%" height={height} aria-hidden>
        {shown.map(({ name, meanAbsolute, interval }, row) => {
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
                x={x(0)}
                y={middle - 8}
                width={x(meanAbsolute) - x(0)}
                height={16}
                fill={CHART_COLOURS.live}
              />
              {interval !== null && (
                <line
                  x1={x(interval[0])}
                  x2={x(interval[1])}
                  y1={middle}
                  y2={middle}
                  stroke={CHART_COLOURS.threshold}
                  strokeWidth={2}
                />
              )}
              <text
                x={x(Math.max(meanAbsolute, interval?.[1] ?? 0)) + 8}
                y={middle + 4}
                fontSize={12}
                fill={CHART_COLOURS.axis}
              >
                {formatStatistic(meanAbsolute)}
              </text>
            </g>
          );
        })}
      </svg>
    </ChartFrame>
  );
}
