import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { Alert } from '../../shared/incident/channels';
import { featurePath } from '../ui/featurePath';
import { formatNoun, formatStatistic } from '../ui/formatNumber';
import { Sentence } from '../ui/Sentence';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';

export interface AlertCardProps {
  readonly alert: Alert;
  /** Whether the model is named: not needed on the model's own page. */
  readonly isModelShown: boolean;
  readonly onAcknowledge: (alert: Alert) => void;
}

const SHOWN_FEATURES = 8;

/** One broken policy: what was found, where, and what a person said about it. */
export function AlertCard({ alert, isModelShown, onAcknowledge }: AlertCardProps) {
  const isOpen = alert.state === 'new';
  return (
    <Paper component="article" p="md" bg="var(--assay-surface)" aria-label={alert.batchLabel}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="lg">
        <Stack gap={6} miw={0}>
          <Group gap="xs">
            <SeverityBadge severity={alert.severity} />
            <StateBadge state={isOpen ? 'watch' : 'ok'} label={isOpen ? 'New' : 'Acknowledged'} />
            {isModelShown && <TextLink to={`/models/${alert.modelId}`}>{alert.modelName}</TextLink>}
            <Text c="dimmed">
              Raised <TimeText instant={alert.raisedAtUtc} />
            </Text>
          </Group>
          <Text size="md" fw={500} className="assay-figures" style={{ overflowWrap: 'anywhere' }}>
            <Sentence text={alert.message} />
          </Text>
          <AlertFeatures alert={alert} />
          {!isOpen && (
            <Text style={{ overflowWrap: 'anywhere' }}>
              <b>Acknowledged</b> by {alert.acknowledgedBy} on{' '}
              <TimeText instant={alert.acknowledgedAtUtc} />: “{alert.reason}”
            </Text>
          )}
          <TextLink to={`/reports/${alert.reportId}`}>Report: {alert.batchLabel}</TextLink>
        </Stack>
        {isOpen && (
          <Button variant="default" style={{ flexShrink: 0 }} onClick={() => onAcknowledge(alert)}>
            Acknowledge…
          </Button>
        )}
      </Group>
    </Paper>
  );
}

export function SeverityBadge({ severity }: Pick<Alert, 'severity'>) {
  return severity === 'critical' ? (
    <StateBadge state="alert" label="Critical" />
  ) : (
    <StateBadge state="watch" label="Warning" />
  );
}

function AlertFeatures({ alert }: { readonly alert: Alert }) {
  const shown = alert.features
    .toSorted((a, b) => b.value / b.threshold - a.value / a.threshold)
    .slice(0, SHOWN_FEATURES);
  const rest = alert.features.length - shown.length;
  if (shown.length === 0) return null;
  return (
    <Text component="div" className="assay-figures" style={{ overflowWrap: 'anywhere' }}>
      {shown.map(({ name, value, threshold }, i) => (
        <span key={name}>
          {i > 0 && ' · '}
          <TextLink to={featurePath(alert.reportId, name)}>{name}</TextLink>{' '}
          <span title={`Threshold ${formatStatistic(threshold)}`}>{formatStatistic(value)}</span>
        </span>
      ))}
      {rest > 0 && ` · and ${formatNoun(rest, 'more feature')}`}
    </Text>
  );
}
