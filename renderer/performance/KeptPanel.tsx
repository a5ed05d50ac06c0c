import { Button, Checkbox, Group, NumberInput, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PerformanceOverview } from '../../shared/performance/channels';
import { formatNoun } from '../ui/formatNumber';
import { ReasonDialog } from '../ui/ReasonDialog';
import { Section } from '../ui/Section';
import { TimeText } from '../ui/TimeText';
import { usePerformanceStore } from './performanceStore';

/** What is kept so that outcomes can be joined later, and the ways to end that. */
export function KeptPanel({ overview }: { readonly overview: PerformanceOverview }) {
  const { settings, windows, outcomeFiles } = overview;
  const [opened, setOpened] = useState<'settings' | 'drop' | null>(null);
  const nKept =
    windows.filter(({ log }) => log.joinState === 'kept').length +
    outcomeFiles.filter(({ joinState }) => joinState === 'kept').length;
  return (
    <Section title="What is kept">
      <Paper bg="var(--assay-surface)">
        <Stack gap="xs" maw="96ch">
          <Text>
            {settings.policy.keepsJoin
              ? 'Of each prediction a keyed hash of its identifier, its score or class, its day and its segments are kept in the encrypted workspace, so that outcomes can be joined when they come. No row and no identifier is kept.'
              : 'Nothing is kept of single predictions: outcomes are joined only when both files come together.'}
          </Text>
          <Text c="dimmed">
            {formatNoun(nKept, 'file')} kept for joining; an outcome counts as late after{' '}
            {formatNoun(settings.policy.lateAfterDays, 'day')}. Revision {settings.revision}
            {settings.setBy === null ? (
              ': the default.'
            ) : (
              <>
                , set by {settings.setBy} on <TimeText instant={settings.setAtUtc} />: “
                {settings.reason}”
              </>
            )}
          </Text>
          <Group>
            <Button variant="default" onClick={() => setOpened('settings')}>
              Change what is kept…
            </Button>
            <Button variant="default" disabled={nKept === 0} onClick={() => setOpened('drop')}>
              Drop what is kept…
            </Button>
          </Group>
        </Stack>
      </Paper>
      <SettingsDialog
        key={settings.revision}
        overview={overview}
        opened={opened === 'settings'}
        onClose={() => setOpened(null)}
      />
      <DropDialog
        overview={overview}
        nKept={nKept}
        opened={opened === 'drop'}
        onClose={() => setOpened(null)}
      />
    </Section>
  );
}

interface DialogProps {
  readonly overview: PerformanceOverview;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function SettingsDialog({ overview: { modelId, settings }, opened, onClose }: DialogProps) {
  const setSettings = usePerformanceStore((state) => state.setSettings);
  const [policy, setPolicy] = useState(settings.policy);
  return (
    <ReasonDialog
      opened={opened}
      title="Change what is kept"
      submitLabel="Change"
      onClose={onClose}
      onSubmit={(reason) => setSettings({ modelId, policy, reason, revision: settings.revision })}
    >
      <Stack>
        <Checkbox
          label="Keep keyed hashes, so that outcomes can be joined later"
          description="It holds for files from now on; what is kept already stays until it is dropped."
          checked={policy.keepsJoin}
          onChange={(event) => setPolicy({ ...policy, keepsJoin: event.currentTarget.checked })}
        />
        <NumberInput
          label="An outcome counts as late after (days)"
          w={260}
          min={0}
          max={3650}
          value={policy.lateAfterDays}
          onChange={(value) =>
            typeof value === 'number' && setPolicy({ ...policy, lateAfterDays: value })
          }
        />
      </Stack>
    </ReasonDialog>
  );
}

function DropDialog({
  overview,
  nKept,
  opened,
  onClose,
}: DialogProps & { readonly nKept: number }) {
  const dropJoin = usePerformanceStore((state) => state.dropJoin);
  const { modelId } = overview;
  return (
    <ReasonDialog
      opened={opened}
      title="Drop what is kept"
      submitLabel="Drop"
      isDestructive
      onClose={onClose}
      onSubmit={(reason) => dropJoin({ modelId, reason })}
    >
      <Text>
        The hashes of {formatNoun(nKept, 'file')} are dropped for good; outcomes that come later
        cannot be joined with them. Everything that was measured stays. Backups that were made
        before still hold them.
      </Text>
    </ReasonDialog>
  );
}
