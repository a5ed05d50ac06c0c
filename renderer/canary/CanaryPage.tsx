import { Button, SimpleGrid, Stack, Title } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { Canary } from '../../shared/canary/channels';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { Sentence } from '../ui/Sentence';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { useCanaryStore } from './canaryStore';
import { CumulativeChart } from './CumulativeChart';
import { DistributionChart } from './DistributionChart';
import { EffectChart } from './EffectChart';
import { Forecast } from './Forecast';
import { ImportLook } from './ImportLook';
import { GuardrailTable, Method, ReasonList, TestTable } from './JudgementTables';
import { RevisePlanDialog } from './PlanDialog';
import { PlanPanel } from './PlanPanel';
import { Traffic } from './Traffic';
import { VerdictPanel } from './VerdictPanel';

const HERE = [{ to: '/canaries', label: 'Canaries' }];

/** One candidate on trial: the verdict first, then why, then how it was computed. */
export function CanaryPage({ canaryId }: { readonly canaryId: string }) {
  const canary = useCanaryStore((state) => state.canaryById[canaryId]);
  const error = useCanaryStore((state) => state.errors[`canary:${canaryId}`]);
  const get = useCanaryStore((state) => state.get);
  useEffect(() => void get(canaryId), [get, canaryId]);
  if (canary === undefined)
    return (
      <>
        <PageHeader title="Canary" context={<Trail steps={HERE} />} />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void get(canaryId)} />
        )}
      </>
    );
  return <Trial canary={canary} />;
}

function Trial({ canary }: { readonly canary: Canary }) {
  const [isRevising, setIsRevising] = useState(false);
  const current = canary.plans.at(-1);
  if (current === undefined) return null;
  const { judgement } = canary;
  return (
    <>
      <PageHeader
        title={`${canary.modelName}: version ${canary.candidate} against ${canary.control}`}
        context={
          <Trail steps={[...HERE, { to: `/models/${canary.modelId}`, label: canary.modelName }]} />
        }
        sentence={
          judgement === null ? (
            <Forecast plan={current.plan} startUtc={canary.createdAtUtc} />
          ) : (
            <Sentence text={judgement.sentence} />
          )
        }
        actions={
          <Button variant="default" onClick={() => setIsRevising(true)}>
            Change the plan…
          </Button>
        }
      />
      <Stack gap="lg">
        {judgement === null && (
          <EmptyState title="Bring the rows of both arms">
            The plan is on record. As outcomes come in, import the rows of control and candidate of
            the same window; every import is one look, and the looks add up.
          </EmptyState>
        )}
        {judgement !== null && <Finding canary={canary} />}
        <Part title="Traffic">
          <Traffic plan={current.plan} canary={canary} />
        </Part>
        <Part title={canary.nLooks === 0 ? 'First look' : 'Next look'}>
          <ImportLook canary={canary} />
        </Part>
        <Part title="Plan">
          <PlanPanel canary={canary} current={current} />
        </Part>
      </Stack>
      <RevisePlanDialog opened={isRevising} canary={canary} onClose={() => setIsRevising(false)} />
    </>
  );
}

function Finding({ canary }: { readonly canary: Canary }) {
  const { judgement, picture, looks } = canary;
  const plan = canary.plans.at(-1)?.plan;
  if (judgement === null || plan === undefined) return null;
  return (
    <>
      <Part title="Reasons">
        <ReasonList reasons={judgement.reasons} />
      </Part>
      <VerdictPanel canary={canary} />
      <Part title="Guardrails">
        <GuardrailTable guardrails={judgement.guardrails} />
      </Part>
      <Part title="Tests side by side">
        <TestTable tests={judgement.tests} />
      </Part>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <EffectChart judgement={judgement} plan={plan} />
        <CumulativeChart judgement={judgement} plan={plan} looks={looks} />
        {picture !== null && <DistributionChart metric={canary.metric} picture={picture} />}
      </SimpleGrid>
      <Part title="How it was computed">
        <Method judgement={judgement} plan={plan} />
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
