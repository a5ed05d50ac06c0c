import type { ExplainedOutput, FeatureImportance } from '../../shared/explanation/explanation';
import { DataTable, type Column } from '../ui/DataTable';
import { formatStatistic, NO_VALUE } from '../ui/formatNumber';

const COLUMNS: readonly Column<FeatureImportance>[] = [
  {
    key: 'name',
    header: 'Feature',
    render: ({ name }) => <b>{name}</b>,
    sortValue: ({ name }) => name,
  },
  {
    key: 'meanAbsolute',
    header: 'Mean |SHAP|',
    align: 'right',
    width: '130px',
    hint: 'How far the feature moves the prediction on average, whichever way.',
    render: ({ meanAbsolute }) => formatStatistic(meanAbsolute),
    sortValue: ({ meanAbsolute }) => meanAbsolute,
  },
  {
    key: 'interval',
    header: '95 % interval',
    align: 'right',
    width: '170px',
    hint: 'Student, over cases: how sure the mean is for cases drawn like these.',
    render: ({ interval }) =>
      interval === null ? NO_VALUE : interval.map(formatStatistic).join(' to '),
  },
  {
    key: 'meanSigned',
    header: 'Mean SHAP',
    align: 'right',
    width: '130px',
    hint: 'Whether it raises or lowers the prediction on balance.',
    render: ({ meanSigned, meanAbsolute }) =>
      // What is left of a sum that is zero but for rounding.
      formatStatistic(Math.abs(meanSigned) < meanAbsolute * 1e-12 ? 0 : meanSigned),
    sortValue: ({ meanSigned }) => meanSigned,
  },
];

interface ImportanceTableProps {
  readonly output: ExplainedOutput;
  readonly chosen: string;
  readonly onChoose: (feature: string) => void;
}

/** Every feature with its importance; the chosen one's dependence is shown below. */
export function ImportanceTable({ output, chosen, onChoose }: ImportanceTableProps) {
  return (
    <DataTable
      caption="Importance of features"
      columns={COLUMNS}
      rows={output.features}
      rowKey={({ name }) => name}
      selectedKey={chosen}
      initialSort={{ key: 'meanAbsolute', direction: 'descending' }}
      onActivate={({ name }) => onChoose(name)}
      maxHeight="420px"
    />
  );
}
