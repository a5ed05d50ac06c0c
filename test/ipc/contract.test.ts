import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '../../shared/ipc/contract';
import type { Channel } from '../../shared/ipc/channel';

const channels: readonly [string, Channel][] = Object.entries(contract);

describe('the contract', () => {
  it('is the boundary that was last looked at (a change here is read in the diff)', async () => {
    const boundary = Object.fromEntries(
      channels.map(([name, { input, output, ...rules }]) => [
        name,
        {
          ...rules,
          input: describeSchema(input, 'input'),
          output: describeSchema(output, 'output'),
        },
      ]),
    );
    await expect(`${JSON.stringify(boundary, null, 1)}\n`).toMatchFileSnapshot(
      '__snapshots__/contract.json',
    );
  });

  it('names every call <capability>.<function>', () => {
    for (const [name] of channels) expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]+$/u);
  });

  it('lets no input carry a key that was not declared', () => {
    for (const [name, { input }] of channels) {
      expect(input.safeParse({ __unknown: 1 }).success, name).toBe(false);
    }
  });

  it('has no input that names a path', () => {
    for (const [name, { input }] of channels) {
      expect(JSON.stringify(describeSchema(input, 'input')), name).not.toMatch(
        /"(?:path|file|folder)":/iu,
      );
    }
  });
});

function describeSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' });
}
