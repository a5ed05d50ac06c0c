import { array, assert, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoLayout } from '../../renderer/dataflow/autoLayout';
import { addNode, connect, group, move, remove, resize } from '../../renderer/dataflow/mapEdits';
import { changed, historyFrom, redone, undone } from '../../renderer/dataflow/mapHistory';
import { EMPTY_MAP, FlowMap, NODE_KINDS, NODE_SIZE } from '../../shared/dataflow/flowMap';
import { elementId } from '../support/flowMap';

/** A map that a person draws in any order; each number says what happens next. */
function drawn(acts: readonly number[]): FlowMap {
  let map: FlowMap = EMPTY_MAP;
  for (const [i, act] of acts.entries()) {
    const id = elementId(i + 1);
    const { nodes, boundaries, flows } = map;
    const some = nodes[act % Math.max(1, nodes.length)];
    const other = nodes[(act * 7) % Math.max(1, nodes.length)];
    const at = { x: (act * 37) % 900, y: (act * 53) % 700 };
    const kind = NODE_KINDS[act % NODE_KINDS.length] ?? 'system';
    if (act % 6 < 2 || some === undefined || other === undefined)
      map = addNode(map, id, kind, at).map;
    else if (act % 6 === 2) map = connect(map, id, some.id, other.id).map;
    else if (act % 6 === 3) map = group(map, id, 'trust', [some.id, other.id]).map;
    else if (act % 6 === 4) map = move(map, new Map([[(boundaries[0] ?? some).id, at]]));
    else map = remove(map, [(flows[act % Math.max(1, flows.length)] ?? some).id]);
  }
  return map;
}

const anyMap = array(nat(10_000), { maxLength: 60 }).map(drawn);

describe('drawing', () => {
  it('leaves a map that can be saved, whatever is drawn in any order', () => {
    assert(
      property(anyMap, (map) => {
        expect(FlowMap.safeParse(map).error).toBeUndefined();
      }),
    );
  });

  it('arranges everything without one element on another, and members inside their boundary', () => {
    assert(
      property(anyMap, (map) => {
        const { nodes, boundaries } = autoLayout(map);
        const apart = nodes.every((a, i) =>
          nodes
            .slice(i + 1)
            .every(
              (b) =>
                Math.abs(a.x - b.x) >= NODE_SIZE.width || Math.abs(a.y - b.y) >= NODE_SIZE.height,
            ),
        );
        const inside = nodes.every(({ x, y, boundaryId }) => {
          const box = boundaries.find(({ id }) => id === boundaryId);
          return (
            box === undefined ||
            (x >= box.x &&
              y >= box.y &&
              x + NODE_SIZE.width <= box.x + box.width &&
              y + NODE_SIZE.height <= box.y + box.height)
          );
        });
        expect({ apart, inside }).toEqual({ apart: true, inside: true });
      }),
      { numRuns: 40 },
    );
  });

  it('takes members along with their boundary, and lets go of what is dragged out of it', () => {
    const one = addNode(EMPTY_MAP, elementId(1), 'system', { x: 100, y: 100 }).map;
    const around = group(one, elementId(2), 'country', [elementId(1)]).map;
    const [box] = around.boundaries;
    const moved = move(around, new Map([[elementId(2), { x: box!.x + 50, y: box!.y + 70 }]]));
    expect(moved.nodes).toMatchObject([{ x: 150, y: 170, boundaryId: elementId(2) }]);
    const out = move(moved, new Map([[elementId(1), { x: 2000, y: 0 }]]));
    expect(out.nodes).toMatchObject([{ x: 2000, y: 0, boundaryId: null }]);
    const wide = resize(out, elementId(2), { x: 0, y: 0, width: 3000, height: 500 });
    expect(wide.nodes).toMatchObject([{ boundaryId: elementId(2) }]);
  });
});

describe('undo', () => {
  it('goes back step by step and forth again; typing in one field is one step', () => {
    const maps = [1, 2, 3].map(
      (n) => addNode(EMPTY_MAP, elementId(n), 'store', { x: 0, y: 0 }).map,
    );
    const [first, second, third] = [maps[0]!, maps[1]!, maps[2]!];
    const typed = changed(
      changed(changed(historyFrom(EMPTY_MAP), first, null), second, 'name'),
      third,
      'name',
    );
    const back = undone(typed);
    expect(back.draft).toBe(first);
    expect(undone(undone(back)).draft).toBe(EMPTY_MAP);
    expect(redone(back).draft).toBe(third);
    expect(redone(changed(back, second, null)).draft).toBe(second);
  });
});
