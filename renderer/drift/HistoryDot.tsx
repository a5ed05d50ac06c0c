import type { Verdict } from '../../shared/drift/driftReport';
import { VERDICT_LOOK } from '../ui/StateBadge';
import { CHART_COLOURS } from '../ui/theme';

interface HistoryDotProps {
  /** Not `points`: the chart fills in a property of that name. */
  readonly marks: readonly { readonly verdict: Verdict | null }[];
  /** Which point and where: filled in by the chart, for each point anew. */
  readonly index?: number;
  readonly cx?: number;
  readonly cy?: number;
}

/** Triangle: drifted; open diamond: inconclusive; dot: stable. */
export function HistoryDot({ marks, index = -1, cx, cy }: HistoryDotProps) {
  const verdict = marks[index]?.verdict ?? null;
  if (typeof cx !== 'number' || typeof cy !== 'number' || verdict === null) return null;
  if (Number.isNaN(cy)) return null;
  const title = <title>{VERDICT_LOOK[verdict].label}</title>;
  const at = `translate(${cx} ${cy})`;
  if (verdict === 'drifted') {
    return (
      <path d="M0 -6L5.5 4.5H-5.5Z" transform={at} fill={CHART_COLOURS.threshold}>
        {title}
      </path>
    );
  }
  if (verdict === 'inconclusive') {
    return (
      <path
        d="M0 -5.5L5.5 0L0 5.5L-5.5 0Z"
        transform={at}
        fill={CHART_COLOURS.surface}
        stroke={CHART_COLOURS.threshold}
        strokeWidth={1.5}
      >
        {title}
      </path>
    );
  }
  return (
    <circle r={3.5} transform={at} fill={CHART_COLOURS.live}>
      {title}
    </circle>
  );
}
