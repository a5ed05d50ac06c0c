import { Button, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Model } from '../../shared/registry/model';
import { DataTable, type Column } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { PageHeader } from '../ui/PageHeader';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { CreateModelDialog } from './CreateModelDialog';
import { filterModels, modelState } from './modelState';
import { useRegistryStore } from './registryStore';
import { VerifyModel } from './VerifyModel';

const COLUMNS: readonly Column<Model>[] = [
  {
    key: 'name',
    header: 'Model',
    width: '30%',
    render: ({ name }) => (
      <Text fw={600} lineClamp={1} title={name}>
        {name}
      </Text>
    ),
    sortValue: ({ name }) => name,
  },
  {
    key: 'owner',
    header: 'Owner',
    width: '18%',
    render: ({ owner }) => (
      <Text lineClamp={1} title={owner}>
        {owner}
      </Text>
    ),
    sortValue: ({ owner }) => owner,
  },
  {
    key: 'state',
    header: 'State',
    width: '170px',
    render: (model) => (
      <div style={{ minWidth: 132 }}>
        <StateBadge {...modelState(model)} />
      </div>
    ),
    sortValue: ({ nOpenAlerts }) => nOpenAlerts,
  },
  {
    key: 'versions',
    header: 'Versions',
    align: 'right',
    width: '90px',
    render: ({ nVersions }) => formatCount(nVersions),
    sortValue: ({ nVersions }) => nVersions,
  },
  {
    key: 'batches',
    header: 'Batches',
    align: 'right',
    width: '90px',
    render: ({ nBatches }) => formatCount(nBatches),
    sortValue: ({ nBatches }) => nBatches,
  },
  {
    key: 'lastBatch',
    header: 'Last batch',
    width: '200px',
    render: ({ lastBatchAtUtc }) => <TimeText instant={lastBatchAtUtc} />,
    sortValue: ({ lastBatchAtUtc }) => lastBatchAtUtc,
  },
];

/** Every model in the workspace. */
export function ModelsPage() {
  const models = useRegistryStore((state) => state.models);
  const error = useRegistryStore((state) => state.errors['listModels']);
  const listModels = useRegistryStore((state) => state.listModels);
  const [isCreating, setIsCreating] = useState(false);
  useEffect(() => void listModels(), [listModels]);
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIsCreating(true)}>
      Create model
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Models"
        sentence={models === null ? undefined : sentenceOf(models)}
        actions={
          <>
            <VerifyModel />
            {models !== null && models.length > 0 && create}
          </>
        }
      />
      {error !== undefined && <ErrorPanel error={error} onRetry={() => void listModels()} />}
      {models === null && error === undefined && <Waiting />}
      {models !== null && models.length === 0 && <NoModels action={create} />}
      {models !== null && models.length > 0 && <ModelList models={models} />}
      <CreateModelDialog opened={isCreating} onClose={() => setIsCreating(false)} />
    </>
  );
}

function sentenceOf(models: readonly Model[]): string {
  const nAlerting = models.filter(({ nOpenAlerts }) => nOpenAlerts > 0).length;
  const total = formatNoun(models.length, 'model');
  if (models.length === 0) return 'No model is registered yet.';
  if (nAlerting === 0) return `${total}; none has an open alert.`;
  return `${total}; ${formatCount(nAlerting)} with open alerts.`;
}

function ModelList({ models }: { readonly models: readonly Model[] }) {
  const [text, setText] = useState('');
  const [, navigate] = useLocation();
  const shown = useMemo(() => filterModels(models, text), [models, text]);
  return (
    <Stack gap="sm">
      <TextInput
        aria-label="Search models"
        placeholder="Search by name, owner or purpose"
        leftSection={<IconSearch size={16} aria-hidden />}
        maw={420}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {shown.length === 0 ? (
        <Text role="status">
          No model matches “{text.trim()}”. {formatNoun(models.length, 'model')} in all.
        </Text>
      ) : (
        <DataTable
          caption="Models with their state and last batch"
          columns={COLUMNS}
          rows={shown}
          rowKey={({ id }) => id}
          initialSort={{ key: 'name', direction: 'ascending' }}
          onActivate={({ id }) => navigate(`/models/${id}`)}
        />
      )}
    </Stack>
  );
}

function NoModels({ action }: { readonly action: React.ReactNode }) {
  return (
    <EmptyState title="Register your first model" action={action}>
      A model is the record that everything else hangs on: its versions, the reference each version
      was trained on, the live batches compared with it, and the alerts they raise. Bring a name,
      what it is for, and who owns it; the data files come later.
    </EmptyState>
  );
}
