import { Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useLocation } from 'wouter';
import type { VersionPage } from '../../shared/registry/listChannels';
import { api } from '../api/client';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PagedTable } from '../ui/PagedTable';
import { usePages } from '../ui/usePages';
import { Waiting } from '../ui/Waiting';
import { ALL_VERSIONS, useListStore } from './listStore';
import { BY_VERSION, VERSION_COLUMNS } from './versionColumns';
import { VersionFilterBar } from './VersionFilterBar';

const ROWS_PER_PAGE = 50;
const TYPING_PAUSE_MS = 150;

/** The versions of a model, newest first, found by text, stage, alias and tag. */
export function VersionsTable({ modelId }: { readonly modelId: string }) {
  const query = useListStore((state) => state.versionsByModel[modelId] ?? ALL_VERSIONS);
  const search = useListStore((state) => state.searchVersions);
  const [text] = useDebouncedValue(query.text, TYPING_PAUSE_MS);
  const [, navigate] = useLocation();
  const asked = { ...query, text, modelId, hasReference: null };
  const { answer, error, retry, rowAt, bring } = usePages(
    JSON.stringify(asked),
    ROWS_PER_PAGE,
    (offset, limit) => api['registry.searchVersions']({ ...asked, offset, limit }),
    ({ versions }: VersionPage) => versions,
  );
  return (
    <Stack gap="sm">
      <VersionFilterBar modelId={modelId} />
      {error !== null && <ErrorPanel error={error} onRetry={retry} />}
      {answer === null && error === null && <Waiting />}
      {answer?.nTotal === 0 && <Text role="status">No version matches.</Text>}
      {answer !== null && answer.nTotal > 0 && (
        <PagedTable
          caption="Versions of this model"
          columns={VERSION_COLUMNS}
          rowCount={answer.nTotal}
          rowKey={({ id }) => id}
          rowAt={rowAt}
          onVisible={bring}
          sort={{
            key: BY_VERSION,
            direction: query.sort === 'newest' ? 'descending' : 'ascending',
          }}
          onSort={(_key, direction) =>
            search(modelId, { sort: direction === 'descending' ? 'newest' : 'oldest' })
          }
          onActivate={({ id }) => navigate(`/models/${modelId}/versions/${id}`)}
        />
      )}
    </Stack>
  );
}
