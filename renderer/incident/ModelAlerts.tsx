import { useEffect } from 'react';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Waiting } from '../ui/Waiting';
import { AlertList } from './AlertList';
import { useIncidentStore } from './incidentStore';

/** The alerts of one model. */
export function ModelAlerts({ modelId }: { readonly modelId: string }) {
  const alerts = useIncidentStore((state) => state.alertsByModel[modelId]);
  const error = useIncidentStore((state) => state.errors[modelId]);
  const listAlerts = useIncidentStore((state) => state.listAlerts);
  useEffect(() => void listAlerts(modelId), [listAlerts, modelId]);
  if (alerts === undefined) {
    if (error === undefined) return <Waiting />;
    return <ErrorPanel error={error} onRetry={() => void listAlerts(modelId)} />;
  }
  if (alerts.length === 0) {
    return (
      <EmptyState title="No alert was raised for this model">
        An alert is raised when a live batch breaks the model's drift policy: a feature moved past
        its threshold and, unless the policy says otherwise, chance cannot explain it.
      </EmptyState>
    );
  }
  return <AlertList alerts={alerts} isModelShown={false} />;
}
