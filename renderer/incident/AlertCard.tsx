import { Button, Group, Menu, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import {
  lastOccurrence,
  stateAfter,
  type Alert,
  type AlertStep,
} from '../../shared/incident/alert';
import { featurePath } from '../ui/featurePath';
import { formatCount, formatNoun, formatStatistic } from '../ui/formatNumber';
import { Sentence } from '../ui/Sentence';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { AlertActions } from './AlertActions';
import type { AlertDoing } from './AlertActDialog';
import { ACT_WORDS, alertStateLook, sourcePath, sourceTitle, STEP_WORDS } from './alertWords';

export interface AlertCardProps {
  readonly alert: Alert;
  /** Whether the model is named: not needed on the model's own page. */
  readonly isModelShown: boolean;
  readonly onAct: (doing: AlertDoing) => void;
}

const SHOWN_FEATURES = 8;
const ACTS = ['acknowledge', 'own', 'explain', 'snooze', 'close'] as const;

/** One broken rule: what was found, where, and what people said and did about it. */
export function AlertCard({ alert, isModelShown, onAct }: AlertCardProps) {
  const [nowUtc] = useState(() => new Date().toISOString());
  const last = lastOccurrence(alert);
  const path = sourcePath(last.source);
  return (
    <Paper component="article" p="md" bg="var(--assay-surface)" aria-label={last.label}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="lg">
        <Stack gap={6} miw={0}>
          <Group gap="xs">
            <SeverityBadge severity={alert.severity} />
            <StateBadge {...alertStateLook(alert, nowUtc)} />
            {isModelShown && <TextLink to={`/models/${alert.modelId}`}>{alert.modelName}</TextLink>}
            <Text c="dimmed">
              Raised <TimeText instant={alert.raisedAtUtc} />
              {alert.segment !== null && ` · ${alert.segment}`}
            </Text>
          </Group>
          <Text size="md" fw={500} className="assay-figures assay-wrap">
            <Sentence text={last.message} />
          </Text>
          <AlertFeatures alert={alert} />
          <AlertActions alertId={alert.id} />
          <Occurrences alert={alert} />
          {alert.steps.map((step) => (
            <StepLine key={step.atUtc + step.act} step={step} />
          ))}
          {path !== null && <TextLink to={path}>{sourceTitle(last)}</TextLink>}
          {alert.incidentId !== null && (
            <TextLink to={`/incidents/${alert.incidentId}`}>The incident it belongs to</TextLink>
          )}
        </Stack>
        <AlertActs alert={alert} onAct={onAct} />
      </Group>
    </Paper>
  );
}

/** What comes next as a button, everything else in a menu beside it. */
function AlertActs({ alert, onAct }: Pick<AlertCardProps, 'alert' | 'onAct'>) {
  const open = ACTS.filter((act) => stateAfter(alert.state, act) !== null);
  const [next, ...others] = open;
  if (next === undefined) return null;
  const offer = (act: AlertDoing['act']) => () => onAct({ alert, act });
  return (
    <Stack gap={6} align="flex-end" flex="none">
      <Button variant="default" onClick={offer(next)}>
        {ACT_WORDS[next].offer}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" size="compact-sm">
            More…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {alert.incidentId === null && (
            <Menu.Item onClick={offer('incident')}>Open an incident…</Menu.Item>
          )}
          {others.map((act) => (
            <Menu.Item key={act} onClick={offer(act)}>
              {ACT_WORDS[act].offer}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Stack>
  );
}

export function SeverityBadge({ severity }: Pick<Alert, 'severity'>) {
  return severity === 'critical' ? (
    <StateBadge state="alert" label="Critical" />
  ) : (
    <StateBadge state="watch" label="Warning" />
  );
}

function StepLine({ step }: { readonly step: AlertStep }) {
  const { act, owner, untilUtc, text, changedBy, atUtc } = step;
  return (
    <Text className="assay-wrap">
      <b>{STEP_WORDS[act]}</b>
      {owner !== null && `: ${owner}`}
      {untilUtc !== null && (
        <>
          {' '}
          until <TimeText instant={untilUtc} />
        </>
      )}
      {changedBy !== null && `, by ${changedBy}`} on <TimeText instant={atUtc} />: “{text}”
    </Text>
  );
}

/** Every other time that the rule was broken. */
function Occurrences({ alert }: Pick<AlertCardProps, 'alert'>) {
  const { occurrences } = alert;
  if (occurrences.length < 2) return null;
  const earlier = occurrences.slice(0, -1).toReversed();
  const shown = earlier.slice(0, SHOWN_FEATURES);
  return (
    <Text component="div" c="dimmed" className="assay-wrap">
      Found {formatCount(occurrences.length)} times; before in{' '}
      {shown.map(({ label, source }, i) => {
        const path = sourcePath(source);
        return (
          <span key={label + String(i)}>
            {i > 0 && ', '}
            {path === null ? label : <TextLink to={path}>{label}</TextLink>}
          </span>
        );
      })}
      {earlier.length > shown.length &&
        ` and ${formatNoun(earlier.length - shown.length, 'more', 'more')}`}
      .
    </Text>
  );
}

function AlertFeatures({ alert }: Pick<AlertCardProps, 'alert'>) {
  const { features, source } = lastOccurrence(alert);
  const shown = features
    .toSorted((a, b) => b.value / b.threshold - a.value / a.threshold)
    .slice(0, SHOWN_FEATURES);
  const rest = features.length - shown.length;
  if (shown.length === 0) return null;
  return (
    <Text component="div" className="assay-figures assay-wrap">
      {shown.map(({ name, value, threshold }, i) => (
        <span key={name}>
          {i > 0 && ' · '}
          {source.kind === 'drift' ? (
            <TextLink to={featurePath(source.reportId, name)}>{name}</TextLink>
          ) : (
            name
          )}{' '}
          <span title={`Threshold ${formatStatistic(threshold)}`}>{formatStatistic(value)}</span>
        </span>
      ))}
      {rest > 0 && ` · and ${formatNoun(rest, 'more feature')}`}
    </Text>
  );
}
