import { Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import {
  MODEL_SORT_KEYS,
  type ModelChoices,
  type ModelPage,
} from '../../shared/registry/listChannels';
import type { Model } from '../../shared/registry/model';
import { api } from '../api/client';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { PagedTable } from '../ui/PagedTable';
import type { Paged } from '../ui/usePages';
import { usePages } from '../ui/usePages';
import { useListStore, type ModelListQuery } from './listStore';
import { MODEL_COLUMNS } from './modelColumns';
import { ModelFilterBar } from './ModelFilterBar';

const ROWS_PER_PAGE = 100;
const TYPING_PAUSE_MS = 150;

/** Models as they are narrowed down and sorted now, page by page. */
export function useModelPages(): Paged<Model, ModelPage> {
  const query = useQuery();
  return usePages(
    JSON.stringify(query),
    ROWS_PER_PAGE,
    (offset, limit) =>
      api['registry.searchModels']({ ...inputOf(query), sort: query.sort, offset, limit }),
    ({ models }: ModelPage) => models,
  );
}

/** What is asked for once the person pauses typing. */
function useQuery(): ModelListQuery {
  const query = useListStore((state) => state.models);
  const [text] = useDebouncedValue(query.text, TYPING_PAUSE_MS);
  return { ...query, text };
}

/** The query as a call takes it. */
function inputOf({ text, filters }: Pick<ModelListQuery, 'text' | 'filters'>) {
  const { owners, riskClasses, tags } = filters;
  return {
    text,
    filters: { ...filters, owners: [...owners], riskClasses: [...riskClasses], tags: [...tags] },
  };
}

/** What is left to choose from; null until it was read. */
function useChoices(): ModelChoices | null {
  const { text, filters } = useQuery();
  const [choices, setChoices] = useState<ModelChoices | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void api['registry.modelChoices'](inputOf({ text, filters })).then((result) => {
      if (isCurrent && result.ok) setChoices(result.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [text, filters]);
  return choices;
}

interface ModelListProps {
  readonly page: ModelPage;
  readonly paged: Paged<Model, ModelPage>;
}

/** The list of models with its search field and filters. */
export function ModelList({ page, paged }: ModelListProps) {
  const choices = useChoices();
  const { text, sort } = useListStore((state) => state.models);
  const search = useListStore((state) => state.searchModels);
  const [, navigate] = useLocation();
  const { nTotal, nMatching } = page;
  return (
    <Stack gap="sm">
      <ModelFilterBar choices={choices} />
      {paged.error !== null && <ErrorPanel error={paged.error} onRetry={paged.retry} />}
      {nMatching === 0 ? (
        <Text role="status">
          No model matches{text.trim() === '' ? ' these filters' : ` “${text.trim()}”`}.{' '}
          {formatNoun(nTotal, 'model')} in all.
        </Text>
      ) : (
        <>
          {nMatching < nTotal && (
            <Text role="status">
              {formatCount(nMatching)} of {formatNoun(nTotal, 'model')}
            </Text>
          )}
          <PagedTable
            caption="Models with their state and last batch"
            columns={MODEL_COLUMNS}
            rowCount={nMatching}
            rowKey={({ id }) => id}
            rowAt={paged.rowAt}
            onVisible={paged.bring}
            sort={sort}
            onSort={(key, direction) => {
              const known = MODEL_SORT_KEYS.find((name) => name === key) ?? 'name';
              search({ sort: { key: known, direction } });
            }}
            onActivate={({ id }) => navigate(`/models/${id}`)}
          />
        </>
      )}
    </Stack>
  );
}
