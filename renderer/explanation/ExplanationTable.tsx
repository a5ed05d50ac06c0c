import { useLocation } from 'wouter';
import type { ExplanationHead } from '../../shared/explanation/channels';
import { METHOD_NAMES } from '../../shared/explanation/modelWords';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';

const COLUMNS: readonly Column<ExplanationHead>[] = [
  {
    key: 'version',
    header: 'Version',
    width: '100px',
    render: ({ version }) => <b>v{version}</b>,
    sortValue: ({ version }) => version,
  },
  { key: 'file', header: 'File', render: ({ file }) => file.fileName },
  {
    key: 'nCases',
    header: 'Cases',
    width: '110px',
    align: 'right',
    render: ({ nCases }) => formatCount(nCases),
    sortValue: ({ nCases }) => nCases,
  },
  {
    key: 'nFailed',
    header: 'Additivity',
    width: '170px',
    render: ({ nFailed }) =>
      nFailed === 0 ? (
        <StateBadge state="ok" label="Adds up" />
      ) : (
        <StateBadge state="alert" label={`${formatCount(nFailed)} fail`} />
      ),
    sortValue: ({ nFailed }) => nFailed,
  },
  {
    key: 'method',
    header: 'Contributions',
    width: '200px',
    render: ({ method }) => (method === null ? 'Imported' : METHOD_NAMES[method]),
    sortValue: ({ method }) => method ?? '',
  },
  { key: 'by', header: 'Recorded by', width: '180px', render: ({ importedBy }) => importedBy },
  {
    key: 'at',
    header: 'Recorded at',
    width: '190px',
    render: ({ importedAtUtc }) => <TimeText instant={importedAtUtc} />,
    sortValue: ({ importedAtUtc }) => importedAtUtc,
  },
];

/** Explanations on record, one row per file. */
export function ExplanationTable({ heads }: { readonly heads: readonly ExplanationHead[] }) {
  const [, navigate] = useLocation();
  return (
    <DataTable
      caption="Explanations"
      columns={COLUMNS}
      rows={heads}
      rowKey={({ id }) => id}
      onActivate={({ id }) => navigate(`/explanations/${id}`)}
    />
  );
}
