import { Text } from '@mantine/core';
import type {
  ArtefactDifference,
  ColumnDifference,
  DatasetDifference,
  FactDifference,
  MetricDifference,
  ParameterDifference,
  VersionComparison,
} from '../../shared/registry/versionComparison';
import type { Column } from '../ui/DataTable';
import { formatBytes, NO_VALUE } from '../ui/formatNumber';
import { capital, FACT_WORDS, sideName, signed, signedShare, valueWords } from './compareWords';

interface Sides<T> {
  readonly left: T | null;
  readonly right: T | null;
}

/** A value that may be long: two lines of it, and all of it when the pointer rests on it. */
function Value({ text }: { readonly text: string }) {
  return (
    <Text className="assay-figures" lineClamp={2} title={text} style={{ overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  );
}

/** One column for each side, named after its version. */
function sideColumns<T>(
  comparison: VersionComparison,
  words: (value: T | null) => string,
  align: 'left' | 'right' = 'left',
): readonly Column<Sides<T>>[] {
  return (['left', 'right'] as const).map((side) => ({
    key: side,
    header: capital(sideName(comparison[side], comparison)),
    align,
    render: (row) => <Value text={words(row[side])} />,
  }));
}

function nameColumn<Row>(header: string, nameOf: (row: Row) => string): Column<Row> {
  return {
    key: 'name',
    header,
    width: '28%',
    render: (row) => <Value text={nameOf(row)} />,
    sortValue: nameOf,
  };
}

const textWords = (value: string | null): string => value ?? NO_VALUE;

/** The tables of a comparison, each with its two sides. */
export function compareColumns(comparison: VersionComparison) {
  return {
    facts: [
      nameColumn<FactDifference>('Fact', ({ fact }) => FACT_WORDS[fact]),
      ...sideColumns<string | number>(comparison, (value) => String(value ?? NO_VALUE)),
    ],
    parameters: [
      nameColumn<ParameterDifference>('Hyperparameter', ({ name }) => name),
      ...sideColumns<string | number | boolean>(comparison, valueWords),
    ],
    metrics: metricColumns(comparison),
    columns: [
      nameColumn<ColumnDifference>('Column', ({ name }) => name),
      DIRECTION_COLUMN,
      ...sideColumns<string>(comparison, textWords),
    ],
    datasets: [
      nameColumn<DatasetDifference>('Dataset', ({ name, role }) => `${name} (${role})`),
      ...sideColumns<string>(comparison, textWords),
    ],
    artefacts: [
      nameColumn<ArtefactDifference>('File', ({ path }) => path),
      ...sideColumns<NonNullable<ArtefactDifference['left']>>(comparison, (file) =>
        file === null ? NO_VALUE : `${formatBytes(file.sizeBytes)}, SHA-256 ${file.sha256}`,
      ),
    ],
  };
}

const DIRECTION_COLUMN: Column<ColumnDifference> = {
  key: 'direction',
  header: 'Direction',
  width: '110px',
  render: ({ direction }) => direction,
  sortValue: ({ direction }) => direction,
};

function metricColumns(comparison: VersionComparison): readonly Column<MetricDifference>[] {
  return [
    nameColumn<MetricDifference>('Metric', ({ name }) => name),
    ...sideColumns<number>(
      comparison,
      (value) => (value === null ? NO_VALUE : String(value)),
      'right',
    ),
    {
      key: 'absolute',
      header: 'Difference',
      align: 'right',
      width: '120px',
      hint: 'Right minus left',
      render: ({ absolute }) => (
        <span title={absolute === null ? undefined : String(absolute)}>{signed(absolute)}</span>
      ),
      sortValue: ({ absolute }) => absolute,
    },
    {
      key: 'relative',
      header: 'Relative',
      align: 'right',
      width: '110px',
      hint: 'The difference as a share of the left value',
      render: ({ relative }) => signedShare(relative),
      sortValue: ({ relative }) => relative,
    },
  ];
}
