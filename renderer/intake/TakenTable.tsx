import { Group, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import type { IntakeState } from '../../shared/intake/channels';
import type { IntakeRecord } from '../../shared/intake/intake';
import { api } from '../api/client';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PagedTable, type PagedColumn } from '../ui/PagedTable';
import { Section } from '../ui/Section';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { usePages } from '../ui/usePages';
import { KIND_WORDS, OUTCOME_LOOK } from './intakeWords';

const ROWS_PER_PAGE = 50;

const COLUMNS: readonly PagedColumn<IntakeRecord>[] = [
  {
    key: 'outcome',
    header: 'Outcome',
    width: '130px',
    render: ({ outcome }) => <StateBadge {...OUTCOME_LOOK[outcome]} />,
  },
  {
    key: 'name',
    header: 'File',
    render: ({ files, sidecarName }) => files[0]?.fileName ?? sidecarName,
  },
  {
    key: 'kind',
    header: 'Kind',
    width: '110px',
    render: ({ kind }) => (kind === null ? '' : KIND_WORDS[kind]),
  },
  { key: 'model', header: 'Model', width: '160px', render: ({ modelName }) => modelName ?? '' },
  {
    key: 'taken',
    header: 'Taken',
    width: '140px',
    render: ({ takenAtUtc }) => <TimeText instant={takenAtUtc} />,
  },
  {
    key: 'reason',
    header: 'Reason',
    width: '40%',
    render: ({ problem }) => problem?.message ?? '',
  },
];

/** What was taken from the folder, newest first. */
export function TakenTable({ state: { counts } }: { readonly state: IntakeState }) {
  const [onlyFailed, setOnlyFailed] = useState(false);
  const question = JSON.stringify({ onlyFailed, counts });
  const { answer, rowAt, bring, error, retry } = usePages(
    question,
    ROWS_PER_PAGE,
    (offset, limit) => api['intake.listRecords']({ onlyFailed, offset, limit }),
    ({ records }) => records,
  );
  return (
    <Section title="Taken">
      <Group mb="xs">
        <Switch
          label="Only what failed"
          checked={onlyFailed}
          onChange={(event) => setOnlyFailed(event.currentTarget.checked)}
        />
      </Group>
      {error !== null && <ErrorPanel error={error} onRetry={retry} />}
      {answer?.nTotal === 0 ? (
        <Text c="dimmed">{onlyFailed ? 'Nothing failed.' : 'Nothing was taken yet.'}</Text>
      ) : (
        <PagedTable
          caption="Files taken from the watched folder"
          columns={COLUMNS}
          rowCount={answer?.nTotal ?? 0}
          rowKey={({ id }) => id}
          rowAt={rowAt}
          onVisible={bring}
          onActivate={() => undefined}
          sort={{ key: 'taken', direction: 'descending' }}
          onSort={() => undefined}
          maxHeight="48vh"
        />
      )}
    </Section>
  );
}
