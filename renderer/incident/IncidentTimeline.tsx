import type { Incident, IncidentEntry } from '../../shared/incident/incident';
import { ChartFrame } from '../ui/ChartFrame';
import { formatUtc } from '../ui/formatNumber';
import { CHART_COLOURS } from '../ui/theme';
import { ENTRY_WORDS } from './incidentWords';

const WIDTH = 900;
const LEFT = 60;
const RIGHT = 40;
const ROW = 26;

interface Mark {
  readonly entry: IncidentEntry;
  readonly x: number;
  readonly y: number;
}

/** Every entry of an incident along time, one row each, so that no words cross. */
export function IncidentTimeline({
  incident,
  nowUtc,
}: {
  readonly incident: Incident;
  readonly nowUtc: string;
}) {
  const { entries, beganAtUtc, detectedAtUtc, restoredAtUtc } = incident;
  const start = Date.parse(beganAtUtc ?? detectedAtUtc);
  const first = Math.min(start, ...entries.map(({ atUtc }) => Date.parse(atUtc)));
  const last = Math.max(
    first + 1,
    restoredAtUtc === null ? Date.parse(nowUtc) : 0,
    ...entries.map(({ atUtc }) => Date.parse(atUtc)),
  );
  const at = (instant: string): number =>
    LEFT + ((Date.parse(instant) - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const marks = entries.map((entry, i): Mark => ({ entry, x: at(entry.atUtc), y: 30 + i * ROW }));
  const height = 44 + entries.length * ROW;
  const end = restoredAtUtc ?? nowUtc;
  return (
    <ChartFrame
      title="Timeline"
      xCaption="Time (UTC); the band reaches from detection to restoration, or to now"
      yCaption="What happened"
      alternative={entries
        .map(({ kind, atUtc, text }) => `${formatUtc(atUtc)}: ${ENTRY_WORDS[kind]}, ${text}`)
        .join('; ')}
      table={{
        header: ['at (UTC)', 'what', 'text', 'evidence', 'recorded by'],
        rows: entries.map((entry) => [
          entry.atUtc,
          ENTRY_WORDS[entry.kind],
          entry.text,
          entry.evidence?.title ?? null,
          entry.recordedBy,
        ]),
      }}
    >
      <svg viewBox={`0 0 ${WIDTH} ${height}`} width="100%" role="presentation">
        <rect
          x={at(detectedAtUtc)}
          y={14}
          width={Math.max(1, at(end) - at(detectedAtUtc))}
          height={height - 30}
          fill={CHART_COLOURS.threshold}
          opacity={0.12}
        />
        <line x1={LEFT} x2={WIDTH - RIGHT} y1={14} y2={14} stroke={CHART_COLOURS.axis} />
        <text x={LEFT} y={10} fontSize={11} fill={CHART_COLOURS.axis}>
          {beganAtUtc === null ? '' : 'Began '}
          {formatUtc(new Date(first).toISOString())}
        </text>
        <text x={WIDTH - RIGHT} y={10} fontSize={11} textAnchor="end" fill={CHART_COLOURS.axis}>
          {formatUtc(new Date(last).toISOString())}
        </text>
        {marks.map((mark) => (
          <MarkAt key={mark.entry.ordinal} {...mark} />
        ))}
      </svg>
    </ChartFrame>
  );
}

function MarkAt({ entry, x, y }: Mark) {
  const isLate = x > WIDTH * 0.6;
  return (
    <g>
      <line x1={x} x2={x} y1={14} y2={y} stroke={CHART_COLOURS.grid} />
      <circle cx={x} cy={y} r={5} fill={CHART_COLOURS.live} />
      <text
        x={isLate ? x - 10 : x + 10}
        y={y + 4}
        fontSize={12}
        textAnchor={isLate ? 'end' : 'start'}
        fill={CHART_COLOURS.axis}
      >
        {ENTRY_WORDS[entry.kind]}
      </text>
    </g>
  );
}
