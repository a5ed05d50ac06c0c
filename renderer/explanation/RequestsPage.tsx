import { Button, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { RequestHead } from '../../shared/explanation/request';
import { DataTable, type Column } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { StateBadge } from '../ui/StateBadge';
import { Waiting } from '../ui/Waiting';
import { OpenRequestDialog } from './OpenRequestDialog';
import { useRequestStore } from './requestStore';
import { requestLook, requestsSentence, todayUtc } from './requestWords';

function columnsOf(today: string): readonly Column<RequestHead>[] {
  return [
    {
      key: 'reference',
      header: 'Reference',
      width: '200px',
      render: ({ reference }) => <b>{reference}</b>,
      sortValue: ({ reference }) => reference,
    },
    {
      key: 'state',
      header: 'State',
      width: '170px',
      render: (head) => <StateBadge {...requestLook(head, today)} />,
    },
    {
      key: 'model',
      header: 'Model',
      render: ({ modelName, version }) => `${modelName}, version ${version}`,
    },
    {
      key: 'received',
      header: 'Received',
      width: '120px',
      render: ({ receivedOn }) => receivedOn,
      sortValue: ({ receivedOn }) => receivedOn,
    },
    {
      key: 'due',
      header: 'Due',
      width: '170px',
      render: ({ dueOn, isExtended }) => `${dueOn}${isExtended ? ' (extended)' : ''}`,
      sortValue: ({ dueOn }) => dueOn,
    },
    {
      key: 'erase',
      header: 'Kept until',
      width: '130px',
      hint: 'When what is kept of the person is to be erased.',
      render: ({ holdsCase, eraseOn }) => (holdsCase ? (eraseOn ?? 'the answer') : 'nothing kept'),
    },
  ];
}

/** Requests of people who want a decision explained, with their clock. */
export function RequestsPage() {
  const heads = useRequestStore((state) => state.heads);
  const error = useRequestStore((state) => state.errors['list']);
  const list = useRequestStore((state) => state.list);
  const [isOpening, setIsOpening] = useState(false);
  const [today] = useState(todayUtc);
  const [, navigate] = useLocation();
  useEffect(() => void list(), [list]);
  const button = <Button onClick={() => setIsOpening(true)}>Take in a request…</Button>;
  return (
    <>
      <PageHeader
        title="Requests for an explanation"
        {...(heads === null || heads.length === 0
          ? {}
          : { sentence: requestsSentence(heads, today), actions: button })}
      />
      <Stack>
        {error !== undefined && <ErrorPanel error={error} onRetry={() => void list()} />}
        {heads === null && error === undefined && <Waiting />}
        {heads !== null && heads.length === 0 && (
          <EmptyState title="Nobody has asked for an explanation yet" action={button}>
            People may ask how a decision about them came about (GDPR Art. 15 and 22, EU AI Act Art.
            86). Take the request in under its reference number; Assay keeps the clock of one month,
            drafts a letter in plain language from the case, has somebody else approve it, and
            erases what it knows of the person when it is no longer needed.
          </EmptyState>
        )}
        {heads !== null && heads.length > 0 && (
          <DataTable
            caption="Requests"
            columns={columnsOf(today)}
            rows={heads}
            rowKey={({ id }) => id}
            onActivate={({ id }) => navigate(`/requests/${id}`)}
          />
        )}
      </Stack>
      <OpenRequestDialog
        opened={isOpening}
        onClose={() => setIsOpening(false)}
        onOpened={({ id }) => navigate(`/requests/${id}`)}
      />
    </>
  );
}
