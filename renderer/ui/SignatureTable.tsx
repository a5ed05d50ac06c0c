import type { ShownSignature } from '../../shared/vault/signable';
import { DataTable, type Column } from './DataTable';
import { HashText } from './HashText';
import { signatureState } from './signatureWords';
import { StateBadge } from './StateBadge';
import { TimeText } from './TimeText';

const COLUMNS: readonly Column<ShownSignature>[] = [
  {
    key: 'name',
    header: 'Signed by',
    render: ({ printedName }) => printedName,
    sortValue: ({ printedName }) => printedName,
  },
  { key: 'meaning', header: 'Meaning', render: ({ meaning }) => meaning },
  {
    key: 'time',
    header: 'Signed at (UTC)',
    render: ({ signedAtUtc }) => <TimeText instant={signedAtUtc} isZoneNamed />,
    sortValue: ({ signedAtUtc }) => signedAtUtc,
  },
  { key: 'reason', header: 'Reason', render: ({ reason }) => reason },
  {
    key: 'state',
    header: 'State',
    render: (signature) => <StateBadge {...signatureState(signature)} />,
    sortValue: (signature) => signatureState(signature).label,
  },
  {
    key: 'key',
    header: 'Key',
    hint: 'SHA-256 of the public key',
    render: ({ keyId }) => <HashText hash={keyId} of="public key" digits={8} />,
  },
];

/** The signatures under a record, in the order in which they were made. */
export function SignatureTable({ signatures }: { readonly signatures: readonly ShownSignature[] }) {
  return (
    <DataTable
      caption="Signatures"
      columns={COLUMNS}
      rows={signatures}
      rowKey={({ id }) => id}
      maxHeight="320px"
    />
  );
}
