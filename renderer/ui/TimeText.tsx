import { formatLocal, formatUtc, NO_VALUE } from './formatNumber';

export interface TimeTextProps {
  /** ISO 8601 in UTC. */
  readonly instant: string | null;
  /** Leaves out the zone, where a column's header already names it. */
  readonly isZoneNamed?: boolean;
}

/** An instant in UTC, with this machine's local time on hover. */
export function TimeText({ instant, isZoneNamed = false }: TimeTextProps) {
  if (instant === null) return <>{NO_VALUE}</>;
  return (
    <time
      dateTime={instant}
      title={`Local time: ${formatLocal(instant)}`}
      className="assay-figures"
      style={{ whiteSpace: 'nowrap' }}
    >
      {isZoneNamed ? formatUtc(instant).replace(/ UTC$/, '') : formatUtc(instant)}
    </time>
  );
}
