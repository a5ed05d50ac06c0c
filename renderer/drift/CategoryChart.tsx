import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { FeatureDetail, FeatureDrift, FeaturePicture } from '../../shared/drift/driftReport';
import { ChartFrame } from '../ui/ChartFrame';
import { formatNoun, formatShare } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { categoryRows, type CategoryRow } from './categoryRows';
import { NAME_AXIS, SHARE_AXIS, TOOLTIP_STYLE, tooltipShare } from '../ui/chartParts';
import { SIDES_LEGEND } from './chartParts';
import { shorten } from './shorten';

interface CategoryChartProps {
  readonly feature: FeatureDrift;
  readonly picture: Extract<FeaturePicture, { type: 'categories' }>;
  readonly detail: FeatureDetail;
}

const ROW_HEIGHT = 36;
const MAX_LABEL = 26;

/** Shares of the categories side by side, with those that came and those that went. */
export function CategoryChart({ feature, picture, detail }: CategoryChartProps) {
  const rows = categoryRows(picture, detail);
  return (
    <ChartFrame
      title="Categories"
      xCaption="Share of usable values"
      yCaption={shorten(feature.name, 80)}
      legend={SIDES_LEGEND}
      alternative={alternativeOf(feature, rows)}
      table={{
        header: ['category', 'reference rows', 'live rows', 'reference share', 'live share'],
        rows: rows.map((row) => [row.label, row.nReference, row.nLive, row.reference, row.live]),
      }}
    >
      <ResponsiveContainer width="100%" height={Math.max(3, rows.length) * ROW_HEIGHT + 40}>
        <BarChart
          layout="vertical"
          data={[...rows]}
          margin={{ top: 4, right: 24, bottom: 0, left: 0 }}
          barGap={0}
          barCategoryGap="22%"
        >
          <CartesianGrid stroke={CHART_COLOURS.grid} horizontal={false} />
          <XAxis {...SHARE_AXIS} domain={[0, 'auto']} />
          <YAxis
            {...NAME_AXIS}
            dataKey="label"
            width={190}
            interval={0}
            tickFormatter={(label: string, index: number) =>
              `${shorten(label, MAX_LABEL)}${noteOf(rows[index])}`
            }
          />
          <Tooltip
            {...TOOLTIP_STYLE}
            formatter={tooltipShare}
            cursor={{ fill: 'var(--assay-hover)' }}
          />
          <Bar
            dataKey="reference"
            name="Reference"
            fill={CHART_COLOURS.reference}
            isAnimationActive={false}
          />
          <Bar dataKey="live" name="Live" fill={CHART_COLOURS.live} isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function noteOf(row: CategoryRow | undefined): string {
  if (row?.change === 'new') return ' (new)';
  return row?.change === 'vanished' ? ' (gone)' : '';
}

function alternativeOf({ name }: FeatureDrift, rows: readonly CategoryRow[]): string {
  const [first] = rows;
  if (first === undefined) return `No categories of ${name}.`;
  const most = rows.reduce((best, row) =>
    Math.abs(row.live - row.reference) > Math.abs(best.live - best.reference) ? row : best,
  );
  return (
    `Shares of ${formatNoun(rows.length, 'category', 'categories')} of ${name}. The largest change is “${most.label}”: ` +
    `${formatShare(most.reference)} of the reference, ${formatShare(most.live)} of the live values.`
  );
}
