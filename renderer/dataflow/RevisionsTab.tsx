import { Text } from '@mantine/core';
import { useEffect } from 'react';
import { useState } from 'react';
import type { FlowMapRevision } from '../../shared/dataflow/channels';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { formatCount } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { TimeText } from '../ui/TimeText';
import { useCall } from '../ui/useCall';
import { Waiting } from '../ui/Waiting';

/** Every state in which the map was saved. */
export function RevisionsTab({ revision }: { readonly revision: number }) {
  const { run, error } = useCall('dataflow.listRevisions');
  const [revisions, setRevisions] = useState<readonly FlowMapRevision[] | null>(null);
  useEffect(() => {
    void run({}).then((result) => {
      if (result.ok) setRevisions(result.value);
    });
    // Another save is another list.
  }, [run, revision]);
  if (error !== null) return <ErrorPanel error={error} />;
  if (revisions === null) return <Waiting />;
  if (revisions.length === 0) return <Text>Nothing is saved yet.</Text>;
  return (
    <DataTable
      caption="Revisions of the map"
      columns={COLUMNS}
      rows={revisions}
      rowKey={(one) => String(one.revision)}
    />
  );
}

const COLUMNS: readonly Column<FlowMapRevision>[] = [
  { key: 'revision', header: 'Revision', align: 'right', render: ({ revision }) => revision },
  {
    key: 'saved',
    header: 'Saved (UTC)',
    render: ({ savedAtUtc }) => <TimeText instant={savedAtUtc} isZoneNamed />,
  },
  { key: 'by', header: 'By', render: ({ savedBy }) => savedBy },
  {
    key: 'reason',
    header: 'Reason',
    width: '34%',
    render: ({ reason }) => <Text className="assay-wrap">{reason}</Text>,
  },
  {
    key: 'size',
    header: 'Elements / flows',
    align: 'right',
    render: ({ nNodes, nFlows }) => `${formatCount(nNodes)} / ${formatCount(nFlows)}`,
  },
  { key: 'approved', header: 'Approved by', render: ({ approvedBy }) => approvedBy ?? 'nobody' },
  {
    key: 'hash',
    header: 'SHA-256',
    render: ({ contentSha256 }) => <HashText hash={contentSha256} of="content" />,
  },
];
