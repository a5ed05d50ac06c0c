import { Text } from '@mantine/core';
import type { Model } from '../../shared/registry/model';
import { formatCount } from '../ui/formatNumber';
import type { PagedColumn } from '../ui/PagedTable';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { modelState } from './modelState';
import { NOT_ASSESSED, RISK_WORDS, riskLine } from './riskClasses';

/** Keys of sortable columns are those by which core sorts. */
export const MODEL_COLUMNS: readonly PagedColumn<Model>[] = [
  {
    key: 'name',
    header: 'Model',
    width: '26%',
    render: ({ name }) => (
      <Text fw={600} lineClamp={1} title={name}>
        {name}
      </Text>
    ),
    isSortable: true,
  },
  {
    key: 'owner',
    header: 'Owner',
    width: '15%',
    render: ({ owner }) => (
      <Text lineClamp={1} title={owner}>
        {owner}
      </Text>
    ),
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
    width: '140px',
    render: ({ riskClass }) => (
      <Text lineClamp={1} title={riskLine(riskClass)}>
        {riskClass === null ? NOT_ASSESSED : RISK_WORDS[riskClass].label}
      </Text>
    ),
  },
  {
    key: 'live',
    header: 'Live',
    width: '64px',
    hint: 'The version in Production',
    render: ({ liveVersion }) => (liveVersion === null ? '—' : `v${liveVersion}`),
  },
  {
    key: 'versions',
    header: 'Versions',
    align: 'right',
    width: '90px',
    render: ({ nVersions }) => formatCount(nVersions),
    isSortable: true,
  },
  {
    key: 'batches',
    header: 'Batches',
    align: 'right',
    width: '90px',
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
