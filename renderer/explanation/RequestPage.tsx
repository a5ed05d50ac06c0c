import { Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import {
  BASIS_WORDS,
  requestSentence,
  type Request,
  type RequestStep,
} from '../../shared/explanation/request';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { KeyValue } from '../ui/KeyValue';
import { PageHeader } from '../ui/PageHeader';
import { Section } from '../ui/Section';
import { StateBadge } from '../ui/StateBadge';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { Trail } from '../ui/Trail';
import { Waiting } from '../ui/Waiting';
import { LetterSection } from './LetterSection';
import { RequestActs } from './RequestActs';
import { useRequestStore } from './requestStore';
import { requestLook, todayUtc } from './requestWords';

const HERE = [{ to: '/requests', label: 'Requests' }];

/** One request: its clock, the letter with its signatures, and what was done. */
export function RequestPage({ requestId }: { readonly requestId: string }) {
  const request = useRequestStore((state) => state.requestById[requestId]);
  const error = useRequestStore((state) => state.errors[`request:${requestId}`]);
  const get = useRequestStore((state) => state.get);
  useEffect(() => void get(requestId), [get, requestId]);
  if (request === undefined)
    return (
      <>
        <PageHeader title="Request" context={<Trail steps={HERE} />} />
        {error === undefined ? (
          <Waiting />
        ) : (
          <ErrorPanel error={error} onRetry={() => void get(requestId)} />
        )}
      </>
    );
  return <Whole request={request} />;
}

function Whole({ request }: { readonly request: Request }) {
  const [today] = useState(todayUtc);
  return (
    <>
      <PageHeader
        title={`Request ${request.reference}`}
        context={<Trail steps={HERE} />}
        sentence={requestSentence(request, today)}
        actions={<RequestActs request={request} today={today} />}
      />
      <Stack gap="lg">
        <Facts request={request} today={today} />
        <LetterSection request={request} />
        <Section title="What was done">
          <DataTable
            caption="Steps"
            columns={STEP_COLUMNS}
            rows={request.steps}
            rowKey={({ revision }) => String(revision)}
          />
        </Section>
      </Stack>
    </>
  );
}

function Facts({ request, today }: { readonly request: Request; readonly today: string }) {
  const { modelId, modelName, version, receivedOn, dueOn, isExtended, bases } = request;
  return (
    <KeyValue
      items={[
        { label: 'State', value: <StateBadge {...requestLook(request, today)} /> },
        {
          label: 'Model',
          value: (
            <TextLink to={`/models/${modelId}`}>
              {modelName}, version {version}
            </TextLink>
          ),
        },
        { label: 'Received on', value: receivedOn },
        {
          label: 'Due on',
          value: `${dueOn}: ${isExtended ? 'three months after receipt, as extended' : 'one month after receipt (GDPR Art. 12(3))'}`,
        },
        { label: 'Relies on', value: bases.map((basis) => BASIS_WORDS[basis]).join('; ') },
        {
          label: 'Kept of the person',
          value: request.holdsCase
            ? `the case and its letters, until ${request.eraseOn ?? 'the request is closed'}`
            : 'nothing but the reference',
        },
      ]}
    />
  );
}

const ACT_WORDS: Readonly<Record<RequestStep['act'], string>> = {
  open: 'Taken in',
  extend: 'Extended',
  write: 'Letter written',
  close: 'Closed',
  erase: 'Erased',
};

const STEP_COLUMNS: readonly Column<RequestStep>[] = [
  {
    key: 'at',
    header: 'When',
    width: '190px',
    render: ({ atUtc }) => <TimeText instant={atUtc} />,
  },
  { key: 'act', header: 'Step', width: '150px', render: ({ act }) => ACT_WORDS[act] },
  { key: 'text', header: 'Reason', render: ({ text }) => <Text>{text}</Text> },
  { key: 'by', header: 'By', width: '180px', render: ({ changedBy }) => changedBy },
];
