import type { ColumnKind } from '../../shared/drift/column';
import type { FeatureDetail } from '../../shared/drift/driftReport';
import { DataTable } from '../ui/DataTable';
import { formatFeatureValue } from './featureValue';
import { Section } from '../ui/Section';

interface QuantileTableProps {
  readonly quantiles: FeatureDetail['quantiles'];
  readonly kind: ColumnKind;
}

function quantileName(q: number): string {
  if (q === 0) return 'Minimum';
  if (q === 0.5) return 'Median';
  if (q === 1) return 'Maximum';
  return `${Number((q * 100).toPrecision(4))} %`;
}

/** How far in its own unit a quantile moved; a change of dates in days. */
function changeWords(reference: number, live: number, kind: ColumnKind): string {
  const change = live - reference;
  const sign = change > 0 ? '+' : '';
  if (kind === 'datetime') return `${sign}${formatFeatureValue(change / 86_400_000, 'numeric')} d`;
  return `${sign}${formatFeatureValue(change, kind)}`;
}

/** The same quantiles of both sides, in the unit of the feature. */
export function QuantileTable({ quantiles, kind }: QuantileTableProps) {
  return (
    <Section title="Quantiles">
      <DataTable
        caption="Quantiles of the reference and the live values"
        rows={quantiles}
        rowKey={({ q }) => String(q)}
        columns={[
          { key: 'q', header: 'Quantile', render: ({ q }) => quantileName(q) },
          {
            key: 'reference',
            header: 'Reference',
            align: 'right',
            render: ({ reference }) => formatFeatureValue(reference, kind),
          },
          {
            key: 'live',
            header: 'Live',
            align: 'right',
            render: ({ live }) => formatFeatureValue(live, kind),
          },
          {
            key: 'change',
            header: 'Change',
            align: 'right',
            render: ({ reference, live }) => changeWords(reference, live, kind),
          },
        ]}
      />
    </Section>
  );
}
