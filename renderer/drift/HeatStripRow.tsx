import { memo } from 'react';
import type { DriftReportHead } from '../../shared/drift/driftReport';
import { formatStatistic } from '../ui/formatNumber';
import classes from './HeatStrip.module.css';
import { heatLevel, type HeatCell, type HeatRow } from './heatRows';
import { HEAT_SIZES } from './heatSizes';
import { figureWords } from './heatWords';
import { shorten } from './shorten';

interface HeatStripRowProps {
  readonly row: HeatRow;
  readonly index: number;
  readonly batches: readonly DriftReportHead[];
  readonly cellWidth: number;
  /** The column that Tab reaches in this row; null when Tab passes it by. */
  readonly reachable: number | null;
  readonly isSelected: boolean;
  readonly onFocus: (column: number) => void;
  readonly onOpen: (column: number) => void;
}

const MAX_NAME = 25;

/** One feature of the heat strip; drawn again only when something about it changed. */
export const HeatStripRow = memo(
  function HeatStripRow(props: HeatStripRowProps) {
    const { row, index, batches, cellWidth, reachable, isSelected, onFocus, onOpen } = props;
    const top = HEAT_SIZES.header + index * HEAT_SIZES.row;
    return (
      <g role="row" aria-rowindex={index + 2}>
        <g role="rowheader">
          <title>{row.name}</title>
          <text
            x={4}
            y={top + 16}
            fontSize={12}
            fontWeight={isSelected ? 700 : 400}
            fill="var(--mantine-color-text)"
          >
            {shorten(row.name, MAX_NAME)}
          </text>
        </g>
        {row.cells.map((cell, column) => (
          <g
            key={batches[column]?.id ?? column}
            role="gridcell"
            aria-colindex={column + 2}
            aria-label={`${row.name}, ${batches[column]?.label ?? ''}: ${figureWords(cell)}`}
            data-row={index}
            data-column={column}
            className={classes.cell}
            tabIndex={column === reachable ? 0 : -1}
            transform={`translate(${HEAT_SIZES.name + column * cellWidth} ${top})`}
            onFocus={() => onFocus(column)}
            onClick={() => onOpen(column)}
          >
            <HeatCellBox cell={cell} width={cellWidth - 2} />
          </g>
        ))}
      </g>
    );
  },
  (before, after) =>
    before.row === after.row &&
    before.index === after.index &&
    before.batches === after.batches &&
    before.cellWidth === after.cellWidth &&
    before.reachable === after.reachable &&
    before.isSelected === after.isSelected,
);

const HEIGHT = HEAT_SIZES.row - 2;
const VALUE_FROM_WIDTH = 44;
/** Depth of colour by level; light enough for text to be read on it. */
const OPACITY = [0.1, 0.24, 0.18, 0.32, 0.48] as const;

/** A cell: depth says how far, frame and sign say which verdict, so that colour is never alone. */
export function HeatCellBox({ cell, width }: { readonly cell: HeatCell; readonly width: number }) {
  if (cell === null) {
    return <rect className={classes.box} width={width} height={HEIGHT} fill="transparent" />;
  }
  const { verdict } = cell;
  const isPast = verdict === 'drifted' || verdict === 'inconclusive';
  const hasFigure = cell.value !== null && width >= VALUE_FROM_WIDTH;
  return (
    <>
      {verdict === 'inconclusive' && (
        <rect width={width} height={HEIGHT} fill="url(#heat-hatch)" rx={2} />
      )}
      <rect
        className={classes.box}
        width={width}
        height={HEIGHT}
        rx={2}
        fill={isPast ? 'var(--assay-chart-threshold)' : 'var(--assay-chart-reference)'}
        fillOpacity={
          verdict === 'notAssessed'
            ? 0
            : verdict === 'inconclusive'
              ? 0.06
              : OPACITY[heatLevel(cell)]
        }
        stroke={isPast ? 'var(--assay-chart-threshold)' : 'var(--assay-line)'}
        strokeWidth={isPast ? 1.5 : 1}
        strokeDasharray={verdict === 'inconclusive' ? '3 2' : undefined}
      />
      <text
        x={hasFigure ? 6 : width / 2}
        y={15}
        textAnchor={hasFigure ? 'start' : 'middle'}
        fontSize={11}
        fontWeight={700}
        fill="var(--mantine-color-text)"
        aria-hidden
      >
        {SIGNS[verdict]}
      </text>
      {hasFigure && (
        <text
          x={width - 5}
          y={15}
          textAnchor="end"
          fontSize={12}
          fill="var(--mantine-color-text)"
          aria-hidden
        >
          {formatStatistic(cell.value)}
        </text>
      )}
    </>
  );
}

const SIGNS = { drifted: '▲', inconclusive: '?', stable: '', notAssessed: '–' } as const;

/** The hatching that marks what chance could have done. */
export function HeatPatterns() {
  return (
    <defs>
      <pattern id="heat-hatch" width={6} height={6} patternUnits="userSpaceOnUse">
        <path
          d="M0 6L6 0"
          stroke="var(--assay-chart-threshold)"
          strokeWidth={1}
          strokeOpacity={0.45}
        />
      </pattern>
    </defs>
  );
}
