import { CardSummary } from '../card/CardSummary';
import { VersionReference } from '../drift/VersionReference';
import { useRollbackAdvice } from '../handoff/useRollbackAdvice';
import { VersionPage } from '../registry/VersionPage';

interface VersionHubProps {
  readonly versionId: string;
  /** The alert whose rule recommends a rollback of this version. */
  readonly alertId?: string;
}

/** A version's page with its model card and its reference profile. */
export function VersionHub({ versionId, alertId }: VersionHubProps) {
  const rollbackAdvice = useRollbackAdvice(alertId);
  return (
    <VersionPage
      key={versionId}
      versionId={versionId}
      rollbackAdvice={rollbackAdvice}
      card={<CardSummary versionId={versionId} />}
      reference={<VersionReference versionId={versionId} />}
    />
  );
}
