import { useLocation } from 'wouter';
import type { CanaryHead } from '../../shared/canary/channels';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { NOT_JUDGED, VERDICT_LOOKS } from './verdictWords';

const MODEL: Column<CanaryHead> = {
  key: 'model',
  header: 'Model',
  render: ({ modelName }) => modelName,
  sortValue: ({ modelName }) => modelName,
};

const COLUMNS: readonly Column<CanaryHead>[] = [
  {
    key: 'arms',
    header: 'Candidate against control',
    render: ({ id, candidate, control }) => (
      <TextLink to={`/canaries/${id}`}>
        version {candidate} against {control}
      </TextLink>
    ),
    sortValue: ({ candidate }) => candidate,
  },
  { key: 'metric', header: 'Metric', render: ({ metric }) => metric },
  {
    key: 'looks',
    header: 'Looks',
    align: 'right',
    render: ({ nLooks }) => formatCount(nLooks),
    sortValue: ({ nLooks }) => nLooks,
  },
  {
    key: 'verdict',
    header: 'Verdict',
    render: ({ verdict }) => (
      <StateBadge {...(verdict === null ? NOT_JUDGED : VERDICT_LOOKS[verdict])} />
    ),
    sortValue: ({ verdict }) => verdict,
  },
  {
    key: 'planned',
    header: 'Planned',
    render: ({ createdAtUtc }) => <TimeText instant={createdAtUtc} />,
    sortValue: ({ createdAtUtc }) => createdAtUtc,
  },
  { key: 'by', header: 'By', render: ({ createdBy }) => createdBy },
];

interface CanaryTableProps {
  readonly heads: readonly CanaryHead[];
  /** False on the page of one model. */
  readonly showsModel: boolean;
}

/** Candidates on trial, newest first. */
export function CanaryTable({ heads, showsModel }: CanaryTableProps) {
  const [, navigate] = useLocation();
  return (
    <DataTable
      caption="Canaries"
      columns={showsModel ? [MODEL, ...COLUMNS] : COLUMNS}
      rows={heads}
      rowKey={({ id }) => id}
      onActivate={({ id }) => navigate(`/canaries/${id}`)}
    />
  );
}
