import { Button, Code, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconFolderSearch, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import type { IntakeState } from '../../shared/intake/channels';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { KeyValue } from '../ui/KeyValue';
import { usePersonStore } from '../ui/personStore';
import { ReasonDialog } from '../ui/ReasonDialog';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { Waiting } from '../ui/Waiting';
import { useIntakeStore } from './intakeStore';
import { intakeSentence, watchLook } from './intakeWords';
import { SignWaiting } from './SignWaiting';
import { TakenTable } from './TakenTable';
import { WaitingTable } from './WaitingTable';

const REFRESH_MS = 2_000;

/** The folder that a pipeline writes to: what was imported from it, what failed and why, what waits. */
export function WatchedFolderPanel() {
  const { state, error, getState } = useIntakeStore();
  useEffect(() => {
    void getState();
    const timer = setInterval(() => void getState(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [getState]);
  if (error !== null) return <ErrorPanel error={error} onRetry={() => void getState()} />;
  if (state === null) return <Waiting />;
  return state.setting.folder === null ? (
    <NothingWatched state={state} />
  ) : (
    <Watched state={state} />
  );
}

function NothingWatched({ state }: { readonly state: IntakeState }) {
  return (
    <EmptyState title="No folder is watched yet" action={<ChooseFolder state={state} isFirst />}>
      <Stack gap="xs">
        <Text>
          A pipeline can deliver by itself: it writes a table (CSV, Parquet or Arrow) and beside it
          a small JSON file, e.g. <Code>may.csv</Code> and <Code>may.csv.assay.json</Code>, which
          says of which model and version it is and what: a reference, a live batch, predictions,
          outcomes, the arms of a canary, or a new version.
        </Text>
        <Text>
          While somebody who may import is signed in, Assay imports each file exactly once, in
          order, and moves it to <Code>done</Code> or, with the reason, to <Code>failed</Code>. The
          members of the JSON file and an example in Python are in{' '}
          <Code>docs/watched-folder.md</Code>.
        </Text>
      </Stack>
    </EmptyState>
  );
}

function Watched({ state }: { readonly state: IntakeState }) {
  const { setting, problem, progress } = state;
  const roles = usePersonStore(({ person }) => person?.roles ?? []);
  return (
    <Stack gap="md">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <StateBadge {...watchLook(state, roles)} />
        <Text fw={600} className="assay-figures">
          {intakeSentence(state)}
        </Text>
      </Group>
      {problem !== null && (
        <Paper p="md" role="alert">
          <Text>{problem}</Text>
        </Paper>
      )}
      <KeyValue
        items={[
          { label: 'Folder', value: <Code>{setting.folder}</Code> },
          {
            label: 'Set',
            value: (
              <>
                by {setting.setBy} on <TimeText instant={setting.setAtUtc} />: “{setting.reason}”
              </>
            ),
          },
          { label: 'Last look', value: <TimeText instant={state.lookedAtUtc} /> },
        ]}
      />
      <Acts state={state} />
      {progress !== null && (
        <Stack gap={4} role="status" maw={520}>
          <Text>
            {progress.name}: {progress.activity}
          </Text>
          <Progress
            value={(progress.fraction ?? 1) * 100}
            animated={progress.fraction === null}
            aria-label={`Importing ${progress.name}`}
          />
        </Stack>
      )}
      <SignWaiting state={state} />
      {state.waiting.length > 0 && <WaitingTable state={state} />}
      <TakenTable state={state} />
    </Stack>
  );
}

function Acts({ state }: { readonly state: IntakeState }) {
  const { setting, isPaused } = state;
  const { pause, take } = useIntakeStore();
  const [error, setError] = useState<AppError | null>(null);
  const [isLooking, setIsLooking] = useState(false);
  async function look(): Promise<void> {
    setIsLooking(true);
    setError(await take({ signing: null, versions: null }));
    setIsLooking(false);
  }
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <SwitchWatch state={state} />
        {setting.isOn && (
          <Button
            variant="default"
            leftSection={
              isPaused ? (
                <IconPlayerPlay size={16} aria-hidden />
              ) : (
                <IconPlayerPause size={16} aria-hidden />
              )
            }
            onClick={() => void pause(!isPaused).then(setError)}
          >
            {isPaused ? 'Resume' : 'Pause'}
          </Button>
        )}
        <Button variant="default" loading={isLooking} onClick={() => void look()}>
          Look now
        </Button>
        <ChooseFolder state={state} isFirst={false} />
      </Group>
      {error !== null && <ErrorPanel error={error} />}
    </Stack>
  );
}

function SwitchWatch({ state: { setting } }: { readonly state: IntakeState }) {
  const setWatch = useIntakeStore((store) => store.setWatch);
  const [opened, setOpened] = useState(false);
  const { isOn, revision } = setting;
  const word = isOn ? 'Switch off' : 'Switch on';
  return (
    <>
      <Button variant={isOn ? 'default' : 'filled'} onClick={() => setOpened(true)}>
        {word}…
      </Button>
      <ReasonDialog
        opened={opened}
        title={`${word} the watch`}
        submitLabel={word}
        onClose={() => setOpened(false)}
        onSubmit={(reason) => setWatch({ isOn: !isOn, reason, revision })}
      >
        {isOn
          ? 'Files stay where they are and nothing more is imported. What was imported stays on record.'
          : 'From now on, files in the folder are imported in the name of the analyst who is signed in, while the workspace is unlocked.'}
      </ReasonDialog>
    </>
  );
}

interface ChooseFolderProps {
  readonly state: IntakeState;
  readonly isFirst: boolean;
}

function ChooseFolder({ state: { setting }, isFirst }: ChooseFolderProps) {
  const setFolder = useIntakeStore((store) => store.setFolder);
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant={isFirst ? 'filled' : 'default'}
        leftSection={<IconFolderSearch size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {isFirst ? 'Choose a folder…' : 'Change folder…'}
      </Button>
      <ReasonDialog
        opened={opened}
        title="Choose the folder to watch"
        submitLabel="Choose folder…"
        onClose={() => setOpened(false)}
        onSubmit={(reason) =>
          setFolder({ source: { token: null }, reason, revision: setting.revision })
        }
      >
        Assay makes the folders done, failed and taking in it and moves files into them, so it must
        be allowed to write there. Nothing is imported until the watch is switched on.
      </ReasonDialog>
    </>
  );
}
