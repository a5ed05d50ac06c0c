import { Button, Tabs } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { ModelOutline } from '../../shared/registry/channels';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount } from '../ui/formatNumber';
import { PageHeader } from '../ui/PageHeader';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { ModelLifecycle } from './ModelLifecycle';
import { ModelFactsBlock } from './ModelFactsBlock';
import { ExportModelMenu } from './ExportMenu';
import { modelSentence } from './modelState';
import { RegisterVersionForm } from './RegisterVersionForm';
import { HUB_TABS, useRegistryStore } from './registryStore';
import { VersionsTable } from './VersionsTable';

export interface ModelPageProps {
  readonly modelId: string;
  /** The model cards of its versions. */
  readonly cards?: ReactNode;
  /** What drift monitoring shows of this model. */
  readonly monitoring?: ReactNode;
  /** What it is worth on live data. */
  readonly performance?: ReactNode;
  /** Candidates of this model on trial. */
  readonly canaries?: ReactNode;
  /** What moves its predictions. */
  readonly explanations?: ReactNode;
  /** The alerts of this model. */
  readonly alerts?: ReactNode;
  /** What asks for a decision now. */
  readonly notice?: ReactNode;
  /** How decisions about it get to the pipelines. */
  readonly handoff?: ReactNode;
}

/** One model: its versions, and what the other capabilities know about it. */
export function ModelPage(props: ModelPageProps) {
  const { modelId } = props;
  const found = useRegistryStore((state) => state.modelById[modelId]);
  const error = useRegistryStore((state) => state.errors[modelId]);
  const getModel = useRegistryStore((state) => state.getModel);
  useEffect(() => void getModel(modelId), [getModel, modelId]);
  if (found === undefined) {
    return (
      <>
        <PageHeader
          title="Model"
          context={<Trail steps={[{ to: '/models', label: 'Models' }]} />}
        />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void getModel(modelId)} />
        )}
      </>
    );
  }
  return <Hub {...props} found={found} />;
}

function Hub({
  modelId,
  cards,
  monitoring,
  performance,
  canaries,
  explanations,
  alerts,
  handoff,
  notice,
  found,
}: ModelPageProps & { readonly found: ModelOutline }) {
  const { model, nReferences } = found;
  const tab = useRegistryStore((state) => state.tabByModel[modelId] ?? 'versions');
  const openTab = useRegistryStore((state) => state.openTab);
  const getModel = useRegistryStore((state) => state.getModel);
  const [isRegistering, setIsRegistering] = useState(false);
  const register = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => {
        openTab(modelId, 'versions');
        setIsRegistering(true);
      }}
    >
      Register version
    </Button>
  );
  return (
    <>
      <PageHeader
        title={model.name}
        context={<Trail steps={[{ to: '/models', label: 'Models' }]} />}
        sentence={modelSentence(model, nReferences)}
        actions={
          model.nVersions === 0 ? undefined : (
            <>
              <ExportModelMenu modelId={modelId} />
              {!isRegistering && register}
            </>
          )
        }
      />
      {notice}
      <ModelFactsBlock model={model} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => {
          openTab(modelId, HUB_TABS.find((known) => known === value) ?? 'versions');
          void getModel(modelId);
        }}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="versions">Versions ({formatCount(model.nVersions)})</Tabs.Tab>
          <Tabs.Tab value="lifecycle">Lifecycle</Tabs.Tab>
          {cards !== undefined && <Tabs.Tab value="cards">Cards</Tabs.Tab>}
          {monitoring !== undefined && <Tabs.Tab value="monitoring">Monitoring</Tabs.Tab>}
          {performance !== undefined && <Tabs.Tab value="performance">Performance</Tabs.Tab>}
          {canaries !== undefined && <Tabs.Tab value="canary">Canary</Tabs.Tab>}
          {explanations !== undefined && <Tabs.Tab value="explanations">Explanations</Tabs.Tab>}
          {handoff !== undefined && <Tabs.Tab value="handoff">Hand-off</Tabs.Tab>}
          {alerts !== undefined && (
            <Tabs.Tab value="alerts">Alerts ({formatCount(model.nOpenAlerts)} open)</Tabs.Tab>
          )}
        </Tabs.List>
        <Tabs.Panel value="versions">
          {isRegistering ? (
            <RegisterVersionForm found={found} onClose={() => setIsRegistering(false)} />
          ) : model.nVersions === 0 ? (
            <NoVersions action={register} />
          ) : (
            <VersionsTable modelId={modelId} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="lifecycle">
          <ModelLifecycle modelId={modelId} />
        </Tabs.Panel>
        <Tabs.Panel value="cards">{cards}</Tabs.Panel>
        <Tabs.Panel value="monitoring">{monitoring}</Tabs.Panel>
        <Tabs.Panel value="performance">{performance}</Tabs.Panel>
        <Tabs.Panel value="canary">{canaries}</Tabs.Panel>
        <Tabs.Panel value="explanations">{explanations}</Tabs.Panel>
        <Tabs.Panel value="handoff">{handoff}</Tabs.Panel>
        <Tabs.Panel value="alerts">{alerts}</Tabs.Panel>
      </Tabs>
    </>
  );
}

function NoVersions({ action }: { readonly action: ReactNode }) {
  return (
    <EmptyState title="Register the first version" action={action}>
      A version freezes what was trained: hyperparameters, metrics, the columns it takes and gives,
      and the SHA-256 of its training data (CSV, Parquet or Arrow). You sign it with your
      passphrase; after that nobody can change it, and live batches can be compared with it.
    </EmptyState>
  );
}
