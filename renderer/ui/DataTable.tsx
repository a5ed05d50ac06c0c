import { useMemo, useState, type ReactNode } from 'react';
import { sortRows, type SortDirection } from './sortRows';
import { HeaderCell } from './HeaderCell';
import { TableGrid } from './TableGrid';

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  readonly align?: 'left' | 'right' | 'center';
  /** CSS width; needed for good proportions once rows are virtual. */
  readonly width?: string;
  /** What the column means, on hover of its header. */
  readonly hint?: string;
  readonly render: (row: Row) => ReactNode;
  /** Makes the column sortable; null goes last in both directions. */
  readonly sortValue?: (row: Row) => string | number | null;
}

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly onActivate?: (row: Row) => void;
  readonly selectedKey?: string | null;
  readonly initialSort?: { readonly key: string; readonly direction: SortDirection };
  readonly maxHeight?: string;
}

/** A sortable table of records; virtual from 100 rows on, moved through with the arrow keys. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, onActivate, selectedKey } = props;
  const [sort, setSort] = useState(props.initialSort ?? null);
  const sorted = useMemo(() => {
    const sortValue = columns.find(({ key }) => key === sort?.key)?.sortValue;
    return sort === null || sortValue === undefined
      ? rows
      : sortRows(rows, sortValue, sort.direction);
  }, [rows, columns, sort]);
  function at(index: number): Row {
    const row = sorted[index];
    if (row === undefined) throw new RangeError(`DataTable: no row ${index}`);
    return row;
  }
  function toggle(key: string): void {
    const isAscending = sort?.key === key && sort.direction === 'ascending';
    setSort({ key, direction: isAscending ? 'descending' : 'ascending' });
  }
  return (
    <TableGrid
      caption={props.caption}
      columnCount={columns.length}
      rowCount={sorted.length}
      rowKey={(index) => rowKey(at(index))}
      maxHeight={props.maxHeight}
      onActivate={onActivate === undefined ? undefined : (index) => onActivate(at(index))}
      isSelected={
        selectedKey === undefined || selectedKey === null
          ? undefined
          : (index) => rowKey(at(index)) === selectedKey
      }
      header={columns.map((column) => (
        <HeaderCell
          key={column.key}
          column={column}
          isSortable={column.sortValue !== undefined}
          direction={sort?.key === column.key ? sort.direction : null}
          onToggle={() => toggle(column.key)}
        />
      ))}
      renderCells={(index) =>
        columns.map(({ key, align, render }) => (
          <td key={key} style={{ textAlign: align }}>
            {render(at(index))}
          </td>
        ))
      }
    />
  );
}
