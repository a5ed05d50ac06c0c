import type { FeaturePicture } from '../../shared/drift/driftReport';
import { CHART_COLOURS } from '../ui/theme';
import { sparklineShape, stepPath } from './sparklineShape';

const WIDTH = 96;
const HEIGHT = 26;

interface SparklineProps {
  readonly picture: FeaturePicture | null;
  readonly name: string;
}

/** Both distributions in the size of a table cell: reference filled grey, live outlined. */
export function Sparkline({ picture, name }: SparklineProps) {
  if (picture === null) return null;
  const { reference, live } = sparklineShape(picture);
  return (
    <svg
      width={WIDTH}
      height={HEIGHT + 2}
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      role="img"
      aria-label={`Distribution of ${name}: reference and live`}
      style={{ display: 'block' }}
    >
      {picture.type === 'histogram' ? (
        <>
          <path
            d={stepPath(reference, WIDTH, HEIGHT)}
            fill={CHART_COLOURS.reference}
            fillOpacity={0.55}
          />
          <path
            d={stepPath(live, WIDTH, HEIGHT)}
            fill="none"
            stroke={CHART_COLOURS.live}
            strokeWidth={1.5}
          />
        </>
      ) : (
        <Bars reference={reference} live={live} />
      )}
      <line
        x1={0}
        x2={WIDTH}
        y1={HEIGHT}
        y2={HEIGHT}
        stroke={CHART_COLOURS.axis}
        strokeOpacity={0.4}
      />
    </svg>
  );
}

interface BarsProps {
  readonly reference: readonly number[];
  readonly live: readonly number[];
}

function Bars({ reference, live }: BarsProps) {
  const slot = WIDTH / Math.max(reference.length, 3);
  const bar = Math.min(9, slot * 0.4);
  return (
    <>
      {reference.map((share, i) => {
        const left = i * slot + (slot - 2 * bar) / 2;
        const liveShare = live[i] ?? 0;
        return (
          // The categories of a picture have a fixed order and no identity here.
          <g key={i}>
            <rect
              x={left}
              y={HEIGHT - share * HEIGHT}
              width={bar}
              height={share * HEIGHT}
              fill={CHART_COLOURS.reference}
              fillOpacity={0.7}
            />
            <rect
              x={left + bar}
              y={HEIGHT - liveShare * HEIGHT}
              width={bar}
              height={liveShare * HEIGHT}
              fill={CHART_COLOURS.live}
            />
          </g>
        );
      })}
    </>
  );
}
