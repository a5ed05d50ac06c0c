import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ROW_HEIGHT_PX, useDensityStore } from './densityStore';
import classes from './TableGrid.module.css';

/** From here on only the rows in view are in the document. */
export const VIRTUAL_FROM_ROWS = 100;

export interface TableGridProps {
  /** What the table holds, for people who do not see it. */
  readonly caption: string;
  /** `th` cells. */
  readonly header: ReactNode;
  readonly columnCount: number;
  readonly rowCount: number;
  readonly rowKey: (index: number) => string | number;
  /** `td` cells of a row. */
  readonly renderCells: (index: number) => ReactNode;
  readonly onActivate?: ((index: number) => void) | undefined;
  readonly isSelected?: ((index: number) => boolean) | undefined;
  /** The rows in view, so that a page can bring the ones that it lacks. */
  readonly onVisible?: ((first: number, last: number) => void) | undefined;
  /** Fixed row height and one line per cell, as from 100 rows on. */
  readonly isFixed?: boolean;
  /** CSS length after which the table scrolls by itself. */
  readonly maxHeight?: string | undefined;
}

/** A table with a sticky header, arrow keys between rows, and only the visible rows drawn. */
export function TableGrid(props: TableGridProps) {
  const { caption, header, rowCount, rowKey, onActivate, onVisible } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = ROW_HEIGHT_PX[useDensityStore((state) => state.density)];
  const isVirtual = rowCount > VIRTUAL_FROM_ROWS;
  const [current, setCurrent] = useState(0);
  const wantsFocus = useRef(false);
  const virtualizer = useVirtualizer({
    count: isVirtual ? rowCount : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: rowKey,
  });

  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const items = virtualizer.getVirtualItems();
  const first = isVirtual ? (items[0]?.index ?? 0) : 0;
  const last = isVirtual ? (items.at(-1)?.index ?? -1) : rowCount - 1;
  useEffect(() => {
    if (last >= first) onVisible?.(first, last);
  }, [first, last, onVisible]);
  useEffect(() => {
    if (!wantsFocus.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${current}"]`);
    if (row === null || row === undefined) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: isVirtual });
  });

  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(rowCount - 1, index));
    wantsFocus.current = true;
    setCurrent(next);
    if (isVirtual) virtualizer.scrollToIndex(next);
  }

  const total = virtualizer.getTotalSize();
  const before = isVirtual ? (items[0]?.start ?? 0) : 0;
  const after = isVirtual ? total - (items.at(-1)?.end ?? total) : 0;
  const indices = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  // One row can always be reached with Tab, also when the current one is out of view.
  const reachable = current >= first && current <= last ? current : first;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={{ maxHeight: props.maxHeight ?? (isVirtual ? 'min(68vh, 900px)' : undefined) }}
    >
      <table
        className={classes.table}
        data-fixed={isVirtual || props.isFixed === true}
        {...(onActivate === undefined ? {} : { role: 'grid' })}
        aria-rowcount={rowCount + 1}
        aria-colcount={props.columnCount}
      >
        <caption className="assay-hidden">{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>{header}</tr>
        </thead>
        <tbody>
          <Spacer height={before} />
          {indices.map((index) => (
            <tr
              key={rowKey(index)}
              data-index={index}
              aria-rowindex={index + 2}
              aria-selected={props.isSelected?.(index)}
              data-selected={props.isSelected?.(index)}
              data-active={onActivate !== undefined}
              tabIndex={index === reachable ? 0 : -1}
              onFocus={() => setCurrent(index)}
              onClick={(event) => {
                if (!isOwnControl(event.target)) onActivate?.(index);
              }}
              onKeyDown={(event) => onRowKey(event, index, moveTo, onActivate)}
            >
              {props.renderCells(index)}
            </tr>
          ))}
          <Spacer height={after} />
        </tbody>
      </table>
    </div>
  );
}

/** A button or link inside a row acts for itself and does not open the row. */
function isOwnControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('button, a, input') !== null;
}

const PAGE_ROWS = 15;

function onRowKey(
  event: KeyboardEvent<HTMLTableRowElement>,
  index: number,
  moveTo: (index: number) => void,
  onActivate: ((index: number) => void) | undefined,
): void {
  // Keys in a button or field inside the row belong to it.
  if (event.target !== event.currentTarget) return;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + PAGE_ROWS,
    PageUp: index - PAGE_ROWS,
    Home: 0,
    End: Number.MAX_SAFE_INTEGER,
  };
  const target = targets[event.key];
  if (target !== undefined) moveTo(target);
  else if (event.key === 'Enter' && onActivate !== undefined) onActivate(index);
  else return;
  event.preventDefault();
}

/** Stands for the rows that are not drawn. */
function Spacer({ height }: { readonly height: number }) {
  return height <= 0 ? null : <tr aria-hidden style={{ height }} />;
}
