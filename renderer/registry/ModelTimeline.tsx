import { Paper, Text, ThemeIcon, Timeline, Title } from '@mantine/core';
import {
  IconArrowsUpDown,
  IconFlask,
  IconHelpCircle,
  IconTag,
  type Icon,
} from '@tabler/icons-react';
import { useId } from 'react';
import type { CanaryVerdictHead } from '../../shared/canary/channels';
import type { ModelHistory } from '../../shared/registry/lifecycleChannels';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { timelineEntries, type TimelineEntry } from './timelineEntries';

const ICONS: Readonly<Record<TimelineEntry['kind'], Icon>> = {
  step: IconArrowsUpDown,
  request: IconHelpCircle,
  alias: IconTag,
  verdict: IconFlask,
};

interface ModelTimelineProps {
  readonly modelId: string;
  readonly history: ModelHistory;
  readonly verdicts: readonly CanaryVerdictHead[];
}

/** What happened to the versions of a model, newest first. */
export function ModelTimeline({ modelId, history, verdicts }: ModelTimelineProps) {
  const titleId = useId();
  const entries = timelineEntries(history, verdicts);
  return (
    <Paper component="section" aria-labelledby={titleId} bg="var(--assay-surface)">
      <Title order={2} id={titleId} mb="sm">
        History
      </Title>
      {entries.length === 0 ? (
        <Text>
          No version was moved yet. Open a version and ask to bring it to Staging: every step, its
          reason and who decided appear here.
        </Text>
      ) : (
        <Timeline bulletSize={24} lineWidth={1}>
          {entries.map((entry) => (
            <Timeline.Item key={entry.key} bullet={<Bullet kind={entry.kind} />}>
              <Entry modelId={modelId} entry={entry} />
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </Paper>
  );
}

function Bullet({ kind }: Pick<TimelineEntry, 'kind'>) {
  const EntryIcon = ICONS[kind];
  return (
    <ThemeIcon size={24} radius="xl" variant="default">
      <EntryIcon size={14} aria-hidden />
    </ThemeIcon>
  );
}

interface EntryProps {
  readonly modelId: string;
  readonly entry: TimelineEntry;
}

function Entry({ modelId, entry }: EntryProps) {
  const { sentence, atUtc, who, reason, versionId } = entry;
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      <Text fw={500}>{sentence}</Text>
      <Text c="dimmed" className="assay-figures">
        <TimeText instant={atUtc} /> · {who}: “{reason}”{' '}
        {versionId !== null && (
          <TextLink to={`/models/${modelId}/versions/${versionId}`}>Open</TextLink>
        )}
      </Text>
    </div>
  );
}
