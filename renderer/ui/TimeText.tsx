import { formatLocal, formatUtc, NO_VALUE } from './formatNumber';

export interface TimeTextProps {
  /** ISO 8601 in UTC. */
  readonly instant: string | null;
}

/** An instant in UTC, with this machine's local time on hover. */
export function TimeText({ instant }: TimeTextProps) {
  if (instant === null) return <>{NO_VALUE}</>;
  return (
    <time
      dateTime={instant}
      title={`Local time: ${formatLocal(instant)}`}
      className="assay-figures"
    >
      {formatUtc(instant)}
    </time>
  );
}
