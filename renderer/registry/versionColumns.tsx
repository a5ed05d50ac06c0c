import { Checkbox, Text } from '@mantine/core';
import type { VersionSummary } from '../../shared/registry/listChannels';
import { formatStatistic } from '../ui/formatNumber';
import type { PagedColumn } from '../ui/PagedTable';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { stageLook } from './lifecycleWords';
import { useListStore, useMarked } from './listStore';
import { OneLine } from './OneLine';

const SHOWN_METRICS = 2;

function metricsWords({ metrics, nMetrics }: VersionSummary): string {
  const shown = metrics
    .slice(0, SHOWN_METRICS)
    .map(({ name, value }) => `${name} ${formatStatistic(value)}`);
  const nMore = nMetrics - shown.length;
  return [...shown, ...(nMore > 0 ? [`${nMore} more`] : [])].join(', ');
}

/** Marks a version for comparing. */
function MarkBox({ version: { id, modelId, version } }: { readonly version: VersionSummary }) {
  const isMarked = useMarked(modelId).some((marked) => marked.id === id);
  const toggleMark = useListStore((state) => state.toggleMark);
  return (
    <Checkbox
      size="xs"
      display="inline-block"
      aria-label={`Mark version ${version} for comparing`}
      checked={isMarked}
      onChange={() => toggleMark(modelId, { id, version })}
    />
  );
}

/** Key of the column by which core sorts. */
export const BY_VERSION = 'version';

export const VERSION_COLUMNS: readonly PagedColumn<VersionSummary>[] = [
  {
    key: BY_VERSION,
    header: 'Version',
    width: '90px',
    render: ({ version }) => <Text fw={600}>v{version}</Text>,
    isSortable: true,
  },
  {
    key: 'description',
    header: 'Description',
    render: ({ description, aliases, tags }) => (
      <OneLine text={[description, ...aliases, ...tags].join('\n')}>
        {aliases.length > 0 && <b>{aliases.join(', ')} </b>}
        {description}
        {tags.length > 0 && (
          <Text span c="dimmed">
            {' '}
            {tags.join(', ')}
          </Text>
        )}
      </OneLine>
    ),
  },
  {
    key: 'metrics',
    header: 'Metrics',
    width: '24%',
    render: (version) => <OneLine text={metricsWords(version)} />,
  },
  {
    key: 'stage',
    header: 'Stage',
    width: '128px',
    render: ({ stage }) => <StateBadge {...stageLook(stage)} />,
  },
  {
    key: 'reference',
    header: 'Reference profile',
    width: '150px',
    render: ({ hasReference }) =>
      hasReference ? (
        <StateBadge state="ok" label="Frozen" />
      ) : (
        <StateBadge state="unknown" label="Not frozen" />
      ),
  },
  {
    key: 'registered',
    header: 'Signed',
    width: '195px',
    render: ({ registeredAtUtc, registeredBy }) => (
      <span title={`by ${registeredBy}`}>
        <TimeText instant={registeredAtUtc} />
      </span>
    ),
  },
  {
    key: 'mark',
    header: 'Compare',
    width: '84px',
    align: 'center',
    render: (version) => <MarkBox version={version} />,
  },
];
