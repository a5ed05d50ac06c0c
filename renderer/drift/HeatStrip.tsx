import { Button, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import type { DriftHistory } from '../../shared/drift/channels';
import { ChartFrame } from '../ui/ChartFrame';
import { featurePath } from '../ui/featurePath';
import { formatCount } from '../ui/formatNumber';
import { cellWords } from './heatWords';
import { HeatLegend } from './HeatLegend';
import { HeatPatterns, HeatStripRow } from './HeatStripRow';
import { moveInGrid, rankHeatRows, type HeatRow } from './heatRows';
import { HEAT_SIZES } from './heatSizes';
import { shorten } from './shorten';

const FIRST_ROWS = 60;
const MORE_ROWS = 200;

export interface HeatStripProps {
  readonly history: DriftHistory;
  readonly selected: string | null;
  readonly onSelect: (feature: string) => void;
}

/** Features by batches: how far each moved, batch after batch; arrow keys move, Enter opens. */
export function HeatStrip({ history, selected, onSelect }: HeatStripProps) {
  const { ref, width } = useElementSize();
  const rows = useMemo(() => rankHeatRows(history.features), [history.features]);
  const [nShown, setNShown] = useState(FIRST_ROWS);
  const [at, setAt] = useState({ row: 0, column: history.batches.length - 1 });
  const svg = useRef<SVGSVGElement>(null);
  const [, navigate] = useLocation();
  const shown = rows.slice(0, nShown);
  const nColumns = history.batches.length;
  // Not measured yet: wide cells, which is what they are in most cases.
  const room = width === 0 ? Number.POSITIVE_INFINITY : width;
  const cellWidth = Math.max(
    HEAT_SIZES.minCell,
    Math.min(HEAT_SIZES.maxCell, Math.floor((room - HEAT_SIZES.name - 2) / nColumns)),
  );

  function open(row: number, column: number): void {
    const [batch, feature] = [history.batches[column], shown[row]];
    const hasCell = feature?.cells[column] !== null;
    if (batch !== undefined && feature !== undefined && hasCell) {
      navigate(featurePath(batch.id, feature.name));
    }
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' || event.key === ' ') open(at.row, at.column);
    else {
      const next = moveInGrid(event.key, at, shown.length, nColumns);
      if (next === null) return;
      setAt(next);
      const cell = `[data-row="${next.row}"][data-column="${next.column}"]`;
      svg.current?.querySelector<SVGElement>(cell)?.focus();
    }
    event.preventDefault();
  }

  const focused = shown[at.row];
  return (
    <ChartFrame
      title="Drift by feature and batch"
      xCaption="Live batches, oldest first"
      yCaption={`Features, ranked by the last batch${rows.length > shown.length ? ` (${formatCount(shown.length)} of ${formatCount(rows.length)})` : ''}`}
      alternative={alternativeOf(history)}
      table={tableOf(history, rows)}
    >
      <HeatLegend />
      <div ref={ref} style={{ overflowX: 'auto', paddingBlock: 4 }}>
        <svg
          ref={svg}
          role="grid"
          tabIndex={-1}
          aria-label="Drift by feature and batch"
          aria-rowcount={shown.length + 1}
          aria-colcount={nColumns + 1}
          width={HEAT_SIZES.name + cellWidth * nColumns + 2}
          height={HEAT_SIZES.header + HEAT_SIZES.row * shown.length + 2}
          style={{ display: 'block' }}
          onKeyDown={onKeyDown}
        >
          <HeatPatterns />
          <HeatHeader history={history} cellWidth={cellWidth} />
          {shown.map((row, i) => (
            <HeatStripRow
              key={row.name}
              row={row}
              index={i}
              batches={history.batches}
              cellWidth={cellWidth}
              reachable={at.row === i ? at.column : null}
              isSelected={row.name === selected}
              onFocus={(column) => {
                setAt({ row: i, column });
                onSelect(row.name);
              }}
              onOpen={(column) => open(i, column)}
            />
          ))}
        </svg>
      </div>
      <Group justify="space-between" gap="sm" mt={4} mih={22}>
        <Text aria-live="polite" className="assay-figures" truncate>
          {focused !== undefined && selected === focused.name
            ? `${cellWords(focused, at.column, history)} Enter opens it.`
            : 'Move with the arrow keys; Enter or a click opens the feature in that report.'}
        </Text>
        {rows.length > shown.length && (
          <Button variant="default" size="xs" onClick={() => setNShown(nShown + MORE_ROWS)}>
            Show {formatCount(Math.min(MORE_ROWS, rows.length - shown.length))} more features
          </Button>
        )}
      </Group>
    </ChartFrame>
  );
}

interface HeatHeaderProps {
  readonly history: DriftHistory;
  readonly cellWidth: number;
}

const SHORTEST_LABEL = 9;

/** Batch names as far as they fit, otherwise their numbers. */
function HeatHeader({ history, cellWidth }: HeatHeaderProps) {
  const nLetters = Math.floor(cellWidth / 7.3);
  return (
    <g role="row" aria-rowindex={1}>
      <g role="columnheader">
        <text x={4} y={22} fontSize={12} fontWeight={600} fill="var(--assay-chart-axis)">
          Feature
        </text>
      </g>
      {history.batches.map(({ id, label }, i) => (
        <g key={id} role="columnheader" aria-label={label}>
          <title>{label}</title>
          <text
            x={HEAT_SIZES.name + cellWidth * (i + 0.5)}
            y={22}
            textAnchor="middle"
            fontSize={12}
            fill="var(--assay-chart-axis)"
          >
            {nLetters < SHORTEST_LABEL ? String(i + 1) : shorten(label, nLetters)}
          </text>
        </g>
      ))}
    </g>
  );
}

function alternativeOf({ batches, features }: DriftHistory): string {
  const drifted = features.filter(({ cells }) => cells.some((cell) => cell?.verdict === 'drifted'));
  return (
    `${formatCount(features.length)} features over ${formatCount(batches.length)} batches; ` +
    `${formatCount(drifted.length)} of them drifted in at least one batch.`
  );
}

function tableOf(history: DriftHistory, rows: readonly HeatRow[]) {
  return {
    header: ['feature', ...history.batches.map(({ label }) => label)],
    rows: rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell?.value ?? null)]),
  };
}
