import { IconCheck, IconPencil } from '@tabler/icons-react';
import type { Permission } from '../../shared/vault/peopleChannels';
import { ROLES, type Role } from '../../shared/vault/person';
import { ROLE_WORDS } from './peopleWords';
import { callWords, type MatrixGroup } from './roleMatrix';
import classes from './RoleMatrixTable.module.css';

export interface RoleMatrixTableProps {
  readonly groups: readonly MatrixGroup[];
  /** The roles of the person who looks. */
  readonly ownRoles: readonly Role[];
}

/** Every call against the four roles, by capability. */
export function RoleMatrixTable({ groups, ownRoles }: RoleMatrixTableProps) {
  return (
    <div className={classes.scroller}>
      <table className={classes.table}>
        <caption className="assay-hidden">What each role may do</caption>
        <thead>
          <tr>
            <th scope="col">Call</th>
            <th scope="col">Effect</th>
            {ROLES.map((role) => (
              <th key={role} scope="col" className={classes.role}>
                {ROLE_WORDS[role]}
                {ownRoles.includes(role) && ' (you)'}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ capability, label, rows }) => (
          <tbody key={capability}>
            <tr>
              <th scope="rowgroup" colSpan={ROLES.length + 2} className={classes.group}>
                {label}
              </th>
            </tr>
            {rows.map((row) => (
              <CallRow key={row.call} row={row} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function CallRow({ row }: { readonly row: Permission }) {
  return (
    <tr>
      <CallCell row={row} />
      <td>
        <Effect row={row} />
      </td>
      {ROLES.map((role) => (
        <td key={role} className={classes.role}>
          {row.roles.includes(role) ? (
            <IconCheck size={16} role="img" aria-label="Allowed" className={classes.yes} />
          ) : (
            <span className="assay-hidden">Not allowed</span>
          )}
        </td>
      ))}
    </tr>
  );
}

function CallCell({ row }: { readonly row: Permission }) {
  return (
    <th scope="row">
      <span className={classes.call}>
        {callWords(row.call)} <span className={classes.name}>{row.call}</span>
      </span>
    </th>
  );
}

function Effect({ row }: { readonly row: Permission }) {
  if (!row.changesRecords) return <>reads</>;
  return (
    <span className={classes.mark}>
      <IconPencil size={14} aria-hidden /> changes records
    </span>
  );
}

/** The calls that need nobody signed in, and so know no roles. */
export function OpenCalls({ rows }: { readonly rows: readonly Permission[] }) {
  return (
    <div className={classes.scroller}>
      <table className={classes.table}>
        <caption className="assay-hidden">What works before anybody signs in</caption>
        <thead>
          <tr>
            <th scope="col">Call</th>
            <th scope="col">Effect</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.call}>
              <CallCell row={row} />
              <td>
                <Effect row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
