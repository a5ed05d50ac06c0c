import type { OutcomeFile } from '../../shared/performance/performanceReport';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount } from '../ui/formatNumber';
import { TimeText } from '../ui/TimeText';

const STATE_WORDS = { kept: 'kept', notKept: 'not kept', dropped: 'dropped' } as const;

const COLUMNS: readonly Column<OutcomeFile>[] = [
  { key: 'file', header: 'File', render: ({ file }) => file.fileName },
  { key: 'rows', header: 'Rows', align: 'right', render: ({ nRows }) => formatCount(nRows) },
  {
    key: 'matched',
    header: 'Joined',
    align: 'right',
    render: ({ nMatched }) => formatCount(nMatched),
  },
  {
    key: 'unmatched',
    header: 'Without prediction',
    align: 'right',
    hint: 'Rows whose identifier is in no window of this model; a window that comes later may have it.',
    render: ({ nRows, nMissing, nMatched }) => formatCount(nRows - nMissing - nMatched),
  },
  {
    key: 'missing',
    header: 'Incomplete',
    align: 'right',
    hint: 'Rows without an identifier or without an outcome.',
    render: ({ nMissing }) => formatCount(nMissing),
  },
  { key: 'state', header: 'For joining', render: ({ joinState }) => STATE_WORDS[joinState] },
  {
    key: 'imported',
    header: 'Imported',
    render: ({ importedAtUtc }) => <TimeText instant={importedAtUtc} />,
  },
];

/** The files with outcomes, and how many of their rows met a prediction. */
export function OutcomeFileTable({ files }: { readonly files: readonly OutcomeFile[] }) {
  return (
    <DataTable
      caption="Outcome files"
      columns={COLUMNS}
      rows={files}
      rowKey={({ id }) => id}
      maxHeight="320px"
    />
  );
}
