import type { Model } from '../../shared/registry/model';
import { formatCount } from '../ui/formatNumber';
import type { PagedColumn } from '../ui/PagedTable';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { modelState } from './modelState';
import { OneLine } from './OneLine';
import { RISK_WORDS, riskLine } from './riskClasses';

/** Keys of sortable columns are those by which core sorts. */
export const MODEL_COLUMNS: readonly PagedColumn<Model>[] = [
  {
    key: 'name',
    header: 'Model',
    width: '24%',
    render: ({ name }) => <OneLine text={name} isStrong />,
    isSortable: true,
  },
  {
    key: 'owner',
    header: 'Owner',
    width: '16%',
    render: ({ owner }) => <OneLine text={owner} />,
    isSortable: true,
  },
  {
    key: 'alerts',
    header: 'State',
    width: '170px',
    render: (model) => (
      <div style={{ minWidth: 132 }}>
        <StateBadge {...modelState(model)} />
      </div>
    ),
    isSortable: true,
  },
  {
    key: 'risk',
    header: 'Risk class',
    width: '124px',
    render: ({ riskClass }) => (
      <span title={riskLine(riskClass)} style={{ whiteSpace: 'nowrap' }}>
        {riskClass === null ? 'Not assessed' : RISK_WORDS[riskClass].short}
      </span>
    ),
  },
  {
    key: 'live',
    header: 'Live',
    width: '54px',
    hint: 'The version in Production',
    render: ({ liveVersion }) => (liveVersion === null ? '—' : `v${liveVersion}`),
  },
  {
    key: 'versions',
    header: 'Versions',
    align: 'right',
    width: '82px',
    render: ({ nVersions }) => formatCount(nVersions),
    isSortable: true,
  },
  {
    key: 'batches',
    header: 'Batches',
    align: 'right',
    width: '80px',
    render: ({ nBatches }) => formatCount(nBatches),
    isSortable: true,
  },
  {
    key: 'lastBatch',
    header: 'Last batch',
    width: '195px',
    render: ({ lastBatchAtUtc }) => <TimeText instant={lastBatchAtUtc} />,
    isSortable: true,
  },
];
