import type { IntakeState } from '../../shared/intake/channels';
import type { WaitingItem } from '../../shared/intake/intake';
import { DataTable, type Column } from '../ui/DataTable';
import { formatCount } from '../ui/formatNumber';
import { Section } from '../ui/Section';
import { StateBadge } from '../ui/StateBadge';
import { KIND_WORDS, WAITING_LOOK } from './intakeWords';

const COLUMNS: readonly Column<WaitingItem>[] = [
  {
    key: 'waitsFor',
    header: 'Waits for',
    width: '150px',
    render: ({ waitsFor }) => <StateBadge {...WAITING_LOOK[waitsFor]} />,
  },
  { key: 'name', header: 'File', render: ({ name }) => name, sortValue: ({ name }) => name },
  {
    key: 'kind',
    header: 'Kind',
    width: '120px',
    render: ({ kind }) => (kind === null ? '' : KIND_WORDS[kind]),
  },
  { key: 'reason', header: 'Why', render: ({ reason }) => reason },
];

/** What lies in the folder and is not taken yet. */
export function WaitingTable({ state }: { readonly state: IntakeState }) {
  const { waiting, nWaiting } = state;
  const more = nWaiting > waiting.length ? ` (the first ${formatCount(waiting.length)})` : '';
  return (
    <Section title={`Waiting${more}`}>
      <DataTable
        caption="Files in the watched folder that wait"
        columns={COLUMNS}
        rows={waiting}
        rowKey={({ name, sidecarSha256 }) => `${name} ${sidecarSha256}`}
        maxHeight="36vh"
      />
    </Section>
  );
}
