import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareQueued, takeTurns, type Queued } from '../../shared/intake/intakeOrder';

const queued: fc.Arbitrary<Queued> = fc.record({
  name: fc.string({ minLength: 1, maxLength: 3 }),
  sequence: fc.option(fc.nat(5)),
  atMs: fc.nat(5),
  modelName: fc.option(fc.constantFrom('a', 'b')),
  isReady: fc.boolean(),
});
const items = fc.uniqueArray(queued, { selector: ({ name }) => name, maxLength: 20 });

describe('the order in which files are taken', () => {
  it('does not depend on the order in which they were found', () => {
    fc.assert(
      fc.property(items, fc.nat(), (found, turn) => {
        const rotated = found.map((_item, i) => found[(i + turn) % found.length]!);
        expect(takeTurns(rotated)).toEqual(takeTurns(found));
      }),
    );
  });

  it('is by sequence, then time, then name, those without a sequence last', () => {
    const at = (name: string, sequence: number | null, atMs: number): Queued => ({
      name,
      sequence,
      atMs,
      modelName: 'm',
      isReady: true,
    });
    const wanted = [at('z', 0, 9), at('y', 1, 1), at('a', 1, 2), at('b', 1, 2), at('a', null, 0)];
    expect(wanted.toReversed().toSorted(compareQueued)).toEqual(wanted);
  });

  it('never lets a file overtake an earlier one of its model, and loses none', () => {
    fc.assert(
      fc.property(items, (found) => {
        const { ready, held } = takeTurns(found);
        const notReady = found.filter(({ isReady }) => !isReady);
        const kept = [...ready, ...held.map(({ item }) => item), ...notReady];
        expect(kept.map(({ name }) => name).sort()).toEqual(found.map(({ name }) => name).sort());
        const overtaken = ready.flatMap((item) =>
          notReady.filter(
            (waits) => waits.modelName === item.modelName && compareQueued(item, waits) > 0,
          ),
        );
        expect(overtaken.filter(({ modelName }) => modelName !== null)).toEqual([]);
      }),
    );
  });
});
