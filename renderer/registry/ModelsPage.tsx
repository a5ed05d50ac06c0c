import { Button, Group } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ModelPage } from '../../shared/registry/listChannels';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { LinkButton } from '../ui/LinkButton';
import { PageHeader } from '../ui/PageHeader';
import { Waiting } from '../ui/Waiting';
import { CreateModelDialog } from './CreateModelDialog';
import { ModelList, useModelPages } from './ModelList';
import { VerifyModel } from './VerifyModel';

/** Every model in the workspace. */
export function ModelsPage() {
  const paged = useModelPages();
  const [isCreating, setIsCreating] = useState(false);
  const page = paged.answer;
  const create = (
    <Group gap="xs">
      <LinkButton
        to="/models/import"
        isQuiet
        leftSection={<IconFileImport size={16} aria-hidden />}
      >
        Import from MLflow…
      </LinkButton>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIsCreating(true)}>
        Create model
      </Button>
    </Group>
  );
  return (
    <>
      <PageHeader
        title="Models"
        sentence={page === null ? undefined : sentenceOf(page)}
        actions={
          <>
            <VerifyModel />
            {page !== null && page.nTotal > 0 && create}
          </>
        }
      />
      {page === null && paged.error !== null && (
        <ErrorPanel error={paged.error} onRetry={paged.retry} />
      )}
      {page === null && paged.error === null && <Waiting />}
      {page !== null && page.nTotal === 0 && <NoModels action={create} />}
      {page !== null && page.nTotal > 0 && <ModelList page={page} paged={paged} />}
      <CreateModelDialog opened={isCreating} onClose={() => setIsCreating(false)} />
    </>
  );
}

function sentenceOf({ nTotal, nAlerting }: ModelPage): string {
  if (nTotal === 0) return 'No model is registered yet.';
  const total = formatNoun(nTotal, 'model');
  if (nAlerting === 0) return `${total}; none has an open alert.`;
  return `${total}; ${formatCount(nAlerting)} with open alerts.`;
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
