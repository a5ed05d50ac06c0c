import { Anchor } from '@mantine/core';
import { Link, Redirect, Route, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { AuditPage } from '../audit/AuditPage';
import { VerifyPackagePage } from '../audit/VerifyPackagePage';
import { CardPage } from '../card/CardPage';
import { CanariesPage } from '../canary/CanariesPage';
import { CanaryPage } from '../canary/CanaryPage';
import { CataloguePage } from '../feature/CataloguePage';
import { DefinitionPage } from '../feature/DefinitionPage';
import { DataFlowsPage } from '../dataflow/DataFlowsPage';
import { FeaturePage } from '../drift/FeaturePage';
import { MonitoringPage } from '../drift/MonitoringPage';
import { ReportPage } from '../drift/ReportPage';
import { ExplanationPage } from '../explanation/ExplanationPage';
import { RequestPage } from '../explanation/RequestPage';
import { RequestsPage } from '../explanation/RequestsPage';
import { NewPacketPage } from '../handoff/NewPacketPage';
import { PacketPage } from '../handoff/PacketPage';
import { AlertsPage } from '../incident/AlertsPage';
import { IncidentPage } from '../incident/IncidentPage';
import { IncidentsPage } from '../incident/IncidentsPage';
import { ModelPerformance } from '../performance/ModelPerformance';
import { WindowPage } from '../performance/WindowPage';
import { ImportPage } from '../registry/ImportPage';
import { ModelsPage } from '../registry/ModelsPage';
import { EmptyState } from '../ui/EmptyState';
import { PageHeader } from '../ui/PageHeader';
import { CompareHub } from './CompareHub';
import { featureNameOf } from './featureName';
import { ModelHub } from './ModelHub';
import { OverviewPage } from './OverviewPage';
import { SettingsPage } from './SettingsPage';
import { settingsTabOf } from './settingsTabs';
import { VersionHub } from './VersionHub';

/** Which page belongs to which path; the path stands after the `#` of the window's address. */
export function Routes() {
  return (
    <Switch>
      <Route path="/" component={OverviewPage} />
      <Route path="/models" component={ModelsPage} />
      <Route path="/models/import" component={ImportPage} />
      <Route path="/models/:modelId">{({ modelId }) => <ModelHub modelId={modelId} />}</Route>
      <Route path="/models/:modelId/versions/:versionId">
        {({ versionId }) => <VersionHub versionId={versionId} />}
      </Route>
      <Route path="/models/:modelId/versions/:versionId/rollback/:alertId">
        {({ versionId, alertId }) => <VersionHub versionId={versionId} alertId={alertId} />}
      </Route>
      <Route path="/models/:modelId/versions/:versionId/card">
        {({ versionId }) => <CardPage key={versionId} versionId={versionId} />}
      </Route>
      <Route path="/models/:modelId/compare/:leftId/:rightId">
        {({ modelId, leftId, rightId }) => (
          <CompareHub modelId={modelId} leftId={leftId} rightId={rightId} />
        )}
      </Route>
      <Route path="/models/:modelId/handoff/:purpose">
        {(named) => <NewPacketPage {...named} />}
      </Route>
      <Route path="/models/:modelId/handoff/:purpose/:citedId">
        {(named) => <NewPacketPage {...named} />}
      </Route>
      <Route path="/models/:modelId/handoff/:purpose/:citedId/:versionId/:percent?">
        {(named) => <NewPacketPage {...named} />}
      </Route>
      <Route path="/handoffs/:packetId">
        {({ packetId }) => <PacketPage key={packetId} packetId={packetId} />}
      </Route>
      <Route path="/monitoring">
        <MonitoringPage PerformancePart={ModelPerformance} />
      </Route>
      <Route path="/windows/:logId">{({ logId }) => <WindowPage logId={logId} />}</Route>
      <Route path="/reports/:reportId">
        {({ reportId }) => <ReportPage reportId={reportId} />}
      </Route>
      <Route path="/reports/:reportId/features/*">
        {({ reportId }) => <FeatureRoute reportId={reportId} />}
      </Route>
      <Route path="/canaries" component={CanariesPage} />
      <Route path="/canaries/:canaryId">
        {({ canaryId }) => <CanaryPage key={canaryId} canaryId={canaryId} />}
      </Route>
      <Route path="/explanations/:explanationId">
        {({ explanationId }) => (
          <ExplanationPage key={explanationId} explanationId={explanationId} />
        )}
      </Route>
      <Route path="/requests" component={RequestsPage} />
      <Route path="/requests/:requestId">
        {({ requestId }) => <RequestPage key={requestId} requestId={requestId} />}
      </Route>
      <Route path="/alerts" component={AlertsPage} />
      <Route path="/incidents" component={IncidentsPage} />
      <Route path="/incidents/:incidentId">
        {({ incidentId }) => <IncidentPage incidentId={incidentId} />}
      </Route>
      <Route path="/features" component={CataloguePage} />
      <Route path="/features/:featureId">
        {({ featureId }) => <DefinitionPage key={featureId} featureId={featureId} />}
      </Route>
      <Route path="/dataflows" component={DataFlowsPage} />
      <Route path="/audit" component={AuditPage} />
      <Route path="/verify" component={VerifyPackagePage} />
      <Route path="/settings/:tab?">{({ tab }) => <SettingsRoute part={tab} />}</Route>
      <Route path="/create">
        <Redirect to="/" replace />
      </Route>
      <Route path="/restore">
        <Redirect to="/" replace />
      </Route>
      <Route component={NoSuchPage} />
    </Switch>
  );
}

function FeatureRoute({ reportId }: { readonly reportId: string }) {
  const [rawPath] = useHashLocation();
  const name = featureNameOf(rawPath);
  return name === null ? <NoSuchPage /> : <FeaturePage reportId={reportId} name={name} />;
}

function SettingsRoute({ part }: { readonly part: string | undefined }) {
  const tab = settingsTabOf(part);
  return tab === null ? <NoSuchPage /> : <SettingsPage tab={tab} />;
}

function NoSuchPage() {
  return (
    <>
      <PageHeader title="There is no such page" />
      <EmptyState title="This address leads nowhere">
        The record may belong to another workspace.{' '}
        <Anchor component={Link} href="/" inherit underline="always">
          Go to the overview
        </Anchor>
        .
      </EmptyState>
    </>
  );
}
