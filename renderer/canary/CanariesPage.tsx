import { useEffect } from 'react';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { LinkButton } from '../ui/LinkButton';
import { PageHeader } from '../ui/PageHeader';
import { Waiting } from '../ui/Waiting';
import { useCanaryStore } from './canaryStore';
import { CanaryTable } from './CanaryTable';
import { canariesSentence } from './verdictWords';

/** Every candidate on trial. */
export function CanariesPage() {
  const heads = useCanaryStore((state) => state.heads);
  const error = useCanaryStore((state) => state.errors['list']);
  const list = useCanaryStore((state) => state.list);
  useEffect(() => void list(), [list]);
  if (heads === null)
    return (
      <>
        <PageHeader title="Canaries" />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void list()} />
        )}
      </>
    );
  return (
    <>
      <PageHeader title="Canaries" sentence={canariesSentence(heads)} />
      {heads.length === 0 ? <NoCanaries /> : <CanaryTable heads={heads} showsModel />}
    </>
  );
}

function NoCanaries() {
  return (
    <EmptyState
      title="Try a candidate on a small share of traffic"
      action={<LinkButton to="/models">Go to Models</LinkButton>}
    >
      A canary compares a candidate version with the one that is live, on rows of the same window
      (CSV, Parquet or Arrow: a row per request, or a summary). You plan it before the data come;
      the verdict is promote, hold or roll back, with a reason per sentence. Plan one on a model’s
      page, under Canary.
    </EmptyState>
  );
}
