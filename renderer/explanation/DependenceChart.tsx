import type {
  Dependence,
  DependenceBin,
  ExplainedSpace,
} from '../../shared/explanation/explanation';
import { SPACE_WORDS } from '../../shared/explanation/explanationWords';
import { ChartFrame } from '../ui/ChartFrame';
import { formatStatistic } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { barName, BARS, barScale } from './barLayout';
import { binWords, dependenceSentence } from './dependenceWords';

interface DependenceChartProps {
  readonly feature: string;
  readonly dependence: Dependence;
  readonly space: ExplainedSpace;
}

/** Mean contribution by value of the feature, with how far single cases spread. */
export function DependenceChart({ feature, dependence, space }: DependenceChartProps) {
  const { bins } = dependence;
  const ends = bins.flatMap(({ meanShap, sd }) => [meanShap - sd, meanShap + sd]);
  const x = barScale([0, ...ends]);
  const height = bins.length * BARS.rowHeight + 2 * BARS.top;
  return (
    <ChartFrame
      title={`Dependence on ${barName(feature)}`}
      xCaption={`Mean SHAP in the ${SPACE_WORDS[space]}; line: one standard deviation of the cases to either side`}
      yCaption={
        dependence.kind === 'numeric' ? `${feature}, in bins of equally many cases` : feature
      }
      alternative={dependenceSentence(feature, dependence).replaceAll('`', '')}
      table={{
        header: [feature, 'from', 'to', 'mean value', 'mean SHAP', 'standard deviation', 'n'],
        rows: bins.map((bin) => [
          binWords(bin),
          bin.low,
          bin.high,
          bin.at,
          bin.meanShap,
          bin.sd,
          bin.n,
        ]),
      }}
    >
      <svg viewBox={`0 0 ${BARS.width} ${height}`} width="100%" height={height} aria-hidden>
        <line
          x1={x(0)}
          x2={x(0)}
          y1={0}
          y2={height}
          stroke={CHART_COLOURS.axis}
          strokeDasharray="4 4"
        />
        {bins.map((bin, row) => (
          <BinRow
            key={binWords(bin)}
            bin={bin}
            middle={BARS.top + (row + 0.5) * BARS.rowHeight}
            x={x}
          />
        ))}
      </svg>
    </ChartFrame>
  );
}

interface BinRowProps {
  readonly bin: DependenceBin;
  readonly middle: number;
  readonly x: (value: number) => number;
}

function BinRow({ bin, middle, x }: BinRowProps) {
  const { meanShap, sd, n } = bin;
  return (
    <>
      <text
        x={BARS.nameWidth - 8}
        y={middle + 4}
        textAnchor="end"
        fontSize={12}
        fill={CHART_COLOURS.axis}
      >
        {barName(binWords(bin))}
      </text>
      <line
        x1={x(meanShap - sd)}
        x2={x(meanShap + sd)}
        y1={middle}
        y2={middle}
        stroke={CHART_COLOURS.reference}
        strokeWidth={3}
      />
      <circle cx={x(meanShap)} cy={middle} r={5} fill={CHART_COLOURS.live} />
      <text x={BARS.width - BARS.right + 12} y={middle + 4} fontSize={12} fill={CHART_COLOURS.axis}>
        {`${formatStatistic(meanShap)}, n = ${n}`}
      </text>
    </>
  );
}
