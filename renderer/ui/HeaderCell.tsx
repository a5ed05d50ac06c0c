import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Column } from './DataTable';
import classes from './DataTable.module.css';
import type { SortDirection } from './sortRows';

export interface HeaderCellProps {
  readonly column: Pick<Column<never>, 'header' | 'hint' | 'align' | 'width'>;
  readonly isSortable: boolean;
  /** Null: the table is not sorted by this column. */
  readonly direction: SortDirection | null;
  readonly onToggle: () => void;
}

/** The head of a column; a sortable one is a button with an arrow. */
export function HeaderCell({ column, isSortable, direction, onToggle }: HeaderCellProps) {
  const { header, hint, align, width } = column;
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      title={hint}
      style={{ textAlign: align, width }}
      {...(direction === null ? {} : { 'aria-sort': direction })}
    >
      {!isSortable ? (
        header
      ) : (
        <button type="button" className={classes.sort} data-align={align} onClick={onToggle}>
          {header}
          <Arrow size={13} aria-hidden className={classes.arrow} data-shown={direction !== null} />
        </button>
      )}
    </th>
  );
}
