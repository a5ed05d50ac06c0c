import {
  LINEAGE_KINDS,
  type LineageKind,
  type LineageNode,
  type VersionLineage,
} from '../../shared/registry/lineageChannels';

export const NODE_WIDTH_PX = 164;
export const NODE_HEIGHT_PX = 64;
const GAP_X_PX = 30;
const GAP_Y_PX = 12;
const HEAD_PX = 26;

/** A node with its place, in pixels from the top left corner. */
export interface PlacedNode extends LineageNode {
  readonly xPx: number;
  readonly yPx: number;
}

export interface LineageLayout {
  readonly columns: readonly { readonly kind: LineageKind; readonly xPx: number }[];
  readonly nodes: readonly PlacedNode[];
  /** SVG paths from the right edge of one node to the left edge of the other. */
  readonly paths: readonly { readonly key: string; readonly d: string }[];
  readonly widthPx: number;
  readonly heightPx: number;
}

/** One column a kind, in the order of the kinds; the shorter columns stand in the middle. */
export function layOutLineage({ nodes, edges }: VersionLineage): LineageLayout {
  const perKind = LINEAGE_KINDS.map((kind) => nodes.filter((node) => node.kind === kind));
  const most = Math.max(1, ...perKind.map(({ length }) => length));
  const stepPx = NODE_HEIGHT_PX + GAP_Y_PX;
  const columns = LINEAGE_KINDS.map((kind, i) => ({ kind, xPx: i * (NODE_WIDTH_PX + GAP_X_PX) }));
  const placed = perKind.flatMap((column, i) =>
    column.map((node, row): PlacedNode => ({
      ...node,
      xPx: columns[i]?.xPx ?? 0,
      yPx: HEAD_PX + (row + (most - column.length) / 2) * stepPx,
    })),
  );
  const byId = new Map(placed.map((node) => [node.id, node]));
  const paths = edges.flatMap(({ from, to }) => {
    const [left, right] = [byId.get(from), byId.get(to)];
    return left === undefined || right === undefined
      ? []
      : [{ key: `${from} ${to}`, d: curve(left, right) }];
  });
  return {
    columns,
    nodes: placed,
    paths,
    widthPx: LINEAGE_KINDS.length * (NODE_WIDTH_PX + GAP_X_PX) - GAP_X_PX,
    heightPx: HEAD_PX + most * stepPx - GAP_Y_PX,
  };
}

function curve(left: PlacedNode, right: PlacedNode): string {
  const [x1, y1] = [left.xPx + NODE_WIDTH_PX, left.yPx + NODE_HEIGHT_PX / 2];
  const [x2, y2] = [right.xPx, right.yPx + NODE_HEIGHT_PX / 2];
  const middle = (x1 + x2) / 2;
  return `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`;
}
