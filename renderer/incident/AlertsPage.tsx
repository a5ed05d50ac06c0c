import { useEffect } from 'react';
import { waitingOf, type Alert } from '../../shared/incident/alert';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { LinkButton } from '../ui/LinkButton';
import { PageHeader } from '../ui/PageHeader';
import { Waiting } from '../ui/Waiting';
import { AlertList } from './AlertList';
import { ALL_MODELS, useIncidentStore } from './incidentStore';

/** The alerts of every model, open ones first. */
export function AlertsPage() {
  const alerts = useIncidentStore((state) => state.alertsByModel[ALL_MODELS]);
  const error = useIncidentStore((state) => state.errors[ALL_MODELS]);
  const listAlerts = useIncidentStore((state) => state.listAlerts);
  useEffect(() => void listAlerts(null), [listAlerts]);
  return (
    <>
      <PageHeader title="Alerts" sentence={alerts === undefined ? undefined : sentenceOf(alerts)} />
      {error !== undefined && <ErrorPanel error={error} onRetry={() => void listAlerts(null)} />}
      {alerts === undefined && error === undefined && <Waiting />}
      {alerts?.length === 0 && <NoAlerts />}
      {alerts !== undefined && alerts.length > 0 && <AlertList alerts={alerts} isModelShown />}
    </>
  );
}

/** How many alerts are open and where, in one sentence. */
function sentenceOf(alerts: readonly Alert[]): string {
  const open = waitingOf(alerts);
  if (alerts.length === 0) return 'No alert was raised so far.';
  if (open.length === 0) return `${formatNoun(alerts.length, 'alert')}, none waits for anybody.`;
  const nModels = new Set(open.map(({ modelId }) => modelId)).size;
  const nCritical = open.filter(({ severity }) => severity === 'critical').length;
  const critical = nCritical === 0 ? '' : `, ${formatCount(nCritical)} of them critical`;
  return `${formatNoun(open.length, 'open alert')} on ${formatNoun(nModels, 'model')}${critical}.`;
}

function NoAlerts() {
  return (
    <EmptyState
      title="Nothing has broken a policy yet"
      action={<LinkButton to="/monitoring">Go to Monitoring</LinkButton>}
    >
      Import a live batch for a model with a reference profile. When features move past the
      thresholds of the model's policy, an alert appears here with the features that moved, and
      stays until people acknowledge, explain and close it, each with a reason.
    </EmptyState>
  );
}
