import type { DriftHistory } from '../../shared/drift/channels';
import type { Verdict } from '../../shared/drift/driftReport';

export type HeatRow = DriftHistory['features'][number];
export type HeatCell = HeatRow['cells'][number];

/** How deep a cell is coloured: below the threshold in thirds, above it by multiples. */
export const HEAT_LEVELS = [0, 1, 2, 3, 4] as const;
export type HeatLevel = (typeof HEAT_LEVELS)[number];

/** 0 and 1: up to half and up to the whole threshold; 2, 3, 4: up to 2, up to 4, beyond 4 times it. */
export function heatLevel(cell: NonNullable<HeatCell>): HeatLevel {
  const times = (cell.value ?? 0) / cell.threshold;
  if (times <= 0.5) return 0;
  if (times <= 1) return 1;
  if (times <= 2) return 2;
  return times <= 4 ? 3 : 4;
}

const VERDICT_WEIGHT: Readonly<Record<Verdict, number>> = {
  drifted: 1e6,
  inconclusive: 1e3,
  stable: 0,
  notAssessed: -1,
};

function weight(cell: HeatCell | undefined): number {
  if (cell === null || cell === undefined) return -2;
  return VERDICT_WEIGHT[cell.verdict] + (cell.value ?? 0) / cell.threshold;
}

/** Features as the last batch ranks them, then by their worst batch. */
export function rankHeatRows(features: readonly HeatRow[]): readonly HeatRow[] {
  const worst = new Map(features.map((row) => [row, Math.max(...row.cells.map(weight), -2)]));
  return features.toSorted(
    (a, b) =>
      weight(b.cells.at(-1)) - weight(a.cells.at(-1)) ||
      (worst.get(b) ?? 0) - (worst.get(a) ?? 0) ||
      a.name.localeCompare(b.name),
  );
}

/** Where an arrow, Home or End leads to in a grid; null for other keys. */
export function moveInGrid(
  key: string,
  at: { readonly row: number; readonly column: number },
  nRows: number,
  nColumns: number,
): { readonly row: number; readonly column: number } | null {
  const clampRow = (row: number): number => Math.max(0, Math.min(nRows - 1, row));
  const clampColumn = (column: number): number => Math.max(0, Math.min(nColumns - 1, column));
  switch (key) {
    case 'ArrowUp':
      return { row: clampRow(at.row - 1), column: at.column };
    case 'ArrowDown':
      return { row: clampRow(at.row + 1), column: at.column };
    case 'ArrowLeft':
      return { row: at.row, column: clampColumn(at.column - 1) };
    case 'ArrowRight':
      return { row: at.row, column: clampColumn(at.column + 1) };
    case 'Home':
      return { row: at.row, column: 0 };
    case 'End':
      return { row: at.row, column: clampColumn(nColumns - 1) };
    default:
      return null;
  }
}
