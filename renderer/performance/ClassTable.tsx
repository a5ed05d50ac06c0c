import type { ClassFigures } from '../../shared/performance/performanceReport';
import { formatMetric } from '../../shared/performance/metric';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount } from '../ui/formatNumber';
import { intervalWords } from './metricWords';

const COLUMNS: readonly Column<ClassFigures>[] = [
  { key: 'label', header: 'Class', render: ({ label }) => label },
  {
    key: 'support',
    header: 'Outcomes',
    align: 'right',
    render: ({ support }) => formatCount(support),
  },
  {
    key: 'precision',
    header: 'Precision',
    align: 'right',
    render: ({ precision }) => formatMetric('precision', precision, null),
  },
  {
    key: 'precisionInterval',
    header: '95 % interval',
    align: 'right',
    render: ({ precisionInterval }) => intervalWords('precision', precisionInterval, null),
  },
  {
    key: 'recall',
    header: 'Recall',
    align: 'right',
    render: ({ recall }) => formatMetric('recall', recall, null),
  },
  {
    key: 'recallInterval',
    header: '95 % interval',
    align: 'right',
    render: ({ recallInterval }) => intervalWords('recall', recallInterval, null),
  },
  { key: 'f1', header: 'F1', align: 'right', render: ({ f1 }) => formatMetric('f1', f1, null) },
];

/** Precision, recall and F1 of every class. */
export function ClassTable({ classes }: { readonly classes: readonly ClassFigures[] }) {
  return (
    <DataTable
      caption="Per class"
      columns={COLUMNS}
      rows={classes}
      rowKey={({ label }) => label}
      maxHeight="320px"
    />
  );
}
