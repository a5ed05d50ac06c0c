import { AppShell } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { VaultStatus } from '../../shared/vault/channels';
import { isSamplePerson, SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { api } from '../api/client';
import { useAuditStore } from '../audit/auditStore';
import { usePersonStore } from '../ui/personStore';
import { usePublicPassphraseStore } from '../ui/publicPassphraseStore';
import { CommandPalette } from './CommandPalette';
import classes from './Frame.module.css';
import { IdleLock } from './IdleLock';
import { Navigation } from './Navigation';
import { Notices } from './Notices';
import { Routes } from './routes';
import { ShortcutsDialog } from './ShortcutsDialog';
import { TopBar } from './TopBar';
import { useShortcuts } from './useShortcuts';

export type UnlockedStatus = Extract<VaultStatus, { state: 'unlocked' }>;

/** Navigation, top bar and page of an unlocked workspace. */
export function Frame({ status }: { readonly status: UnlockedStatus }) {
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const verifyChain = useAuditStore((state) => state.verifyChain);
  const main = useFocusOnNavigation();
  useShortcuts({ onPalette: () => setPaletteOpen(true), onHelp: () => setHelpOpen(true) });
  useEffect(() => void verifyChain(), [verifyChain]);
  // Rules that wait for time to pass, and files that wait for their folder, are looked at on signing in.
  useEffect(() => void api['handoff.settle']({}), []);
  const { isSample, person } = status;
  useEffect(() => usePersonStore.getState().setPerson(person), [person]);
  useEffect(() => {
    const { setPassphrase } = usePublicPassphraseStore.getState();
    const isPublic = isSample && isSamplePerson(person.printedName);
    setPassphrase(isPublic ? SAMPLE_WORKSPACE.passphrase : null);
  }, [isSample, person.printedName]);

  return (
    <AppShell header={{ height: 48 }} navbar={{ width: 208, breakpoint: 0 }} padding="lg">
      <a
        className={classes.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the page
      </a>
      <AppShell.Header className={classes.bar}>
        <TopBar
          status={status}
          onPalette={() => setPaletteOpen(true)}
          onHelp={() => setHelpOpen(true)}
        />
      </AppShell.Header>
      <AppShell.Navbar className={classes.bar} p="xs" aria-label="Pages">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1}>
        <div className={classes.page}>
          <Notices status={status} />
          <Routes />
        </div>
      </AppShell.Main>
      <CommandPalette
        opened={isPaletteOpen}
        onClose={() => setPaletteOpen(false)}
        onHelp={() => setHelpOpen(true)}
      />
      <ShortcutsDialog opened={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <IdleLock lockAfterMs={status.autoLockAfterMs} />
    </AppShell>
  );
}

/** After a change of page, keyboard and screen reader start at its top. */
function useFocusOnNavigation() {
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return main;
}
