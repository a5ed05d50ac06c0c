import { Anchor, Center, Loader } from '@mantine/core';
import { useEffect } from 'react';
import { Link, Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import type { VaultStatus } from '../../shared/vault/channels';
import { onCoreEvent } from '../api/client';
import { VerifyPackagePage } from '../audit/VerifyPackagePage';
import { EntranceFrame } from '../ui/EntranceFrame';
import { ErrorPanel } from '../ui/ErrorPanel';
import { CreateWorkspacePage } from '../vault/CreateWorkspacePage';
import { FirstRunPage } from '../vault/FirstRunPage';
import { RestorePage } from '../vault/RestorePage';
import { UnlockPage } from '../vault/UnlockPage';
import { useVaultStore } from '../vault/vaultStore';
import { Frame } from './Frame';

/** The window: what it shows depends on whether a workspace is closed, locked or unlocked. */
export function App() {
  return (
    <Router hook={useHashLocation}>
      <Gate />
    </Router>
  );
}

/** If the shell has not replaced the window by then, core is asked again. */
const REPLACED_WITHIN_MS = 3000;

function Gate() {
  const { status, error, isLocking, load, markLocked, setStatus } = useVaultStore();
  useEffect(() => void load(), [load]);
  useEffect(
    () =>
      onCoreEvent((event) => {
        if (event.name === 'vault.locked') markLocked();
      }),
    [markLocked],
  );
  useEffect(() => {
    if (!isLocking) return;
    const timer = setTimeout(() => void load(), REPLACED_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [isLocking, load]);
  useEffect(() => {
    if (isLocking && status !== null && status.state !== 'unlocked') setStatus(status);
  }, [isLocking, status, setStatus]);

  if (isLocking) return <Waiting label="Locking the workspace" />;
  if (status?.state === 'unlocked') return <Frame status={status} />;
  if (status !== null) return <Entrance status={status} />;
  if (error === null) return <Waiting label="Starting" />;
  return (
    <EntranceFrame width={640}>
      <ErrorPanel error={error} onRetry={() => void load()} />
    </EntranceFrame>
  );
}

function Entrance({ status }: { readonly status: Exclude<VaultStatus, { state: 'unlocked' }> }) {
  const [, navigate] = useLocation();
  return (
    <Switch>
      <Route path="/verify">
        <EntranceFrame>
          <Anchor component={Link} href="/" size="sm">
            ← Back
          </Anchor>
          <VerifyPackagePage />
        </EntranceFrame>
      </Route>
      <Route path="/create">
        {status.state === 'closed' ? (
          <CreateWorkspacePage onBack={() => navigate('/')} />
        ) : (
          <UnlockPage status={status} />
        )}
      </Route>
      <Route path="/restore">
        {status.state === 'closed' ? <RestorePage /> : <UnlockPage status={status} />}
      </Route>
      <Route>
        {status.state === 'closed' ? (
          <FirstRunPage onCreate={() => navigate('/create')} />
        ) : (
          <UnlockPage status={status} />
        )}
      </Route>
    </Switch>
  );
}

function Waiting({ label }: { readonly label: string }) {
  return (
    <Center h="100vh" component="main">
      <Loader aria-label={label} role="status" />
    </Center>
  );
}
