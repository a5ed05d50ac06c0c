import { Text } from '@mantine/core';
import type { Column } from './DataTable';
import { HeaderCell } from './HeaderCell';
import type { SortDirection } from './sortRows';
import { TableGrid } from './TableGrid';

export type PagedColumn<Row> = Omit<Column<Row>, 'sortValue'> & { readonly isSortable?: boolean };

export interface PagedTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly PagedColumn<Row>[];
  readonly rowCount: number;
  readonly rowKey: (row: Row) => string;
  /** Null while the row is under way. */
  readonly rowAt: (index: number) => Row | null;
  readonly onVisible: (first: number, last: number) => void;
  readonly onActivate: (row: Row) => void;
  readonly sort: { readonly key: string; readonly direction: SortDirection };
  readonly onSort: (key: string, direction: SortDirection) => void;
  readonly maxHeight?: string;
}

/** A table of records that come page by page, searched and sorted by core. */
export function PagedTable<Row>(props: PagedTableProps<Row>) {
  const { columns, rowAt, rowKey, sort, onSort } = props;
  function toggle(key: string): void {
    const isAscending = sort.key === key && sort.direction === 'ascending';
    onSort(key, isAscending ? 'descending' : 'ascending');
  }
  return (
    <TableGrid
      caption={props.caption}
      columnCount={columns.length}
      rowCount={props.rowCount}
      rowKey={(index) => {
        const row = rowAt(index);
        return row === null ? index : rowKey(row);
      }}
      onVisible={props.onVisible}
      maxHeight={props.maxHeight}
      onActivate={(index) => {
        const row = rowAt(index);
        if (row !== null) props.onActivate(row);
      }}
      header={columns.map((column) => (
        <HeaderCell
          key={column.key}
          column={column}
          isSortable={column.isSortable === true}
          direction={sort.key === column.key ? sort.direction : null}
          onToggle={() => toggle(column.key)}
        />
      ))}
      renderCells={(index) => <Cells columns={columns} row={rowAt(index)} />}
    />
  );
}

interface CellsProps<Row> {
  readonly columns: readonly PagedColumn<Row>[];
  readonly row: Row | null;
}

function Cells<Row>({ columns, row }: CellsProps<Row>) {
  if (row === null) {
    return (
      <td colSpan={columns.length}>
        <Text c="dimmed">…</Text>
      </td>
    );
  }
  return (
    <>
      {columns.map(({ key, align, render }) => (
        <td key={key} style={{ textAlign: align }}>
          {render(row)}
        </td>
      ))}
    </>
  );
}
