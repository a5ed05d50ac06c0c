import { Paper, Text, ThemeIcon, Timeline, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsUpDown,
  IconFlask,
  IconHelpCircle,
  IconTag,
  type Icon,
} from '@tabler/icons-react';
import { useId } from 'react';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { timelineEntries, type ModelRecords, type TimelineEntry } from './timelineEntries';

const ICONS: Readonly<Record<TimelineEntry['kind'], Icon>> = {
  step: IconArrowsUpDown,
  request: IconHelpCircle,
  alias: IconTag,
  verdict: IconFlask,
  incident: IconAlertTriangle,
};

/** What happened to a model and its versions, newest first. */
export function ModelTimeline(records: ModelRecords) {
  const titleId = useId();
  const entries = timelineEntries(records);
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
              <Entry entry={entry} />
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

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const { sentence, atUtc, who, reason, path } = entry;
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      <Text fw={500}>{sentence}</Text>
      <Text c="dimmed" className="assay-figures">
        <TimeText instant={atUtc} /> · {who}: “{reason}”{' '}
        {path !== null && <TextLink to={path}>Open</TextLink>}
      </Text>
    </div>
  );
}
