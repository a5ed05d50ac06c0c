import { Anchor, Stack, Text, Title } from '@mantine/core';
import { IconDatabasePlus, IconFlask, IconFolderOpen, type Icon } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'wouter';
import { EntranceFrame } from '../ui/EntranceFrame';
import { ErrorPanel } from '../ui/ErrorPanel';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import classes from './FirstRunPage.module.css';
import { useVaultStore } from './vaultStore';

/** The first screen: three doors, each explained in a sentence. */
export function FirstRunPage({ onCreate }: { readonly onCreate: () => void }) {
  const setStatus = useVaultStore((state) => state.setStatus);
  const pick = useCall('vault.pickFolder');
  const open = useCall('vault.open');
  const sample = useCall('vault.exploreSample');
  useEffect(() => {
    document.title = 'Assay';
  }, []);

  async function onOpen(): Promise<void> {
    const picked = await pick.run({ purpose: 'open' });
    if (!picked.ok) return;
    const opened = await open.run({ folderToken: picked.value.token });
    if (opened.ok) setStatus(opened.value);
  }
  async function onExplore(): Promise<void> {
    const result = await sample.run({});
    if (result.ok) setStatus(result.value);
  }

  const error = pick.error ?? open.error ?? sample.error;
  return (
    <EntranceFrame>
      <Stack gap="lg">
        <div>
          <Title order={1}>Know what moved, how sure that is, and prove it.</Title>
          <Text size="md" mt={6} maw="70ch">
            Assay keeps machine-learning models reliable and compliant. Everything is recorded in
            one encrypted workspace on this machine, and leaves it only as evidence that you sign.
          </Text>
        </div>
        <div className={classes.doors}>
          <Door icon={IconDatabasePlus} title="Create workspace" onClick={onCreate}>
            Start with an empty, encrypted workspace of your own. You need a name for it and a
            passphrase.
          </Door>
          <Door icon={IconFolderOpen} title="Open workspace" onClick={() => void onOpen()}>
            Choose the folder of a workspace that exists on this machine or on a disk, and sign in.
          </Door>
          <Door icon={IconFlask} title="Explore the sample" onClick={() => void onExplore()}>
            See a real case: a bank’s model on 45,211 calls, from a version that fails to one that
            holds. The sample’s passphrase is public, so keep nothing of your own in it.
          </Door>
        </div>
        {error !== null && <ErrorPanel error={error} />}
        <Text>
          Did someone send you an audit package?{' '}
          <Anchor component={Link} href="/verify" inherit underline="always">
            Verify a package
          </Anchor>{' '}
          without any workspace.
        </Text>
        <Text>
          Did you lose a workspace, or move to this machine?{' '}
          <Anchor component={Link} href="/restore" inherit underline="always">
            Restore from a backup
          </Anchor>
          .
        </Text>
      </Stack>
      <ProgressDialog
        opened={sample.isRunning}
        title="Preparing the sample workspace"
        progress={sample.progress}
        onCancel={sample.cancel}
      />
      <ProgressDialog
        opened={open.isRunning}
        title="Opening the workspace"
        progress={open.progress}
      />
    </EntranceFrame>
  );
}

interface DoorProps {
  readonly icon: Icon;
  readonly title: string;
  readonly children: ReactNode;
  readonly onClick: () => void;
}

function Door({ icon: DoorIcon, title, children, onClick }: DoorProps) {
  return (
    <button type="button" className={classes.door} onClick={onClick}>
      <DoorIcon size={26} stroke={1.5} aria-hidden className={classes.icon} />
      <span className={classes.title}>{title}</span>
      <span>{children}</span>
    </button>
  );
}
