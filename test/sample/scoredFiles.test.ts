import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { labelOf, probability } from './followModel';
import {
  first,
  manifest,
  model,
  readSampleRows,
  retrained,
  SAMPLE_DIR,
  type SampleFit,
  type SampleRows,
} from './readSample';

const HALF_UNIT_OF_SIXTH_DIGIT = 5.001e-6;
const VERSIONS: Readonly<Record<'v1' | 'v2' | 'v3', SampleFit>> = {
  v1: first,
  v2: model,
  v3: retrained,
};
const windows: SampleRows[] = [];
const scored: SampleRows[] = [];

beforeAll(async () => {
  for (const window of manifest.live) windows.push(await readSampleRows(window));
  for (const { file } of manifest.scored)
    scored.push(await readSampleRows({ file, format: 'parquet' }));
});

/** The row of the source that a call is. */
function sourceRow(call: string | undefined, window: number): SampleRows[number] {
  const { firstSourceRow } = manifest.live[window - 1]!;
  return windows[window - 1]![Number(call) - firstSourceRow]!;
}

describe('prediction logs, outcomes and arms of canaries', () => {
  it('are what the manifest says', () => {
    const found = manifest.scored.map((described, i) => {
      const path = join(SAMPLE_DIR, described.file);
      const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
      return { ...described, sha256, sizeBytes: statSync(path).size, rows: scored[i]!.length };
    });
    expect(found).toEqual(manifest.scored);
  });

  it('hold the score that the record of their version gives when it is followed by hand', () => {
    const wrong = manifest.scored.flatMap(({ version, window }, i) =>
      version === null
        ? []
        : scored[i]!.filter((row) => {
            const p = probability(VERSIONS[version], sourceRow(row['call'], window));
            return Math.abs(p - Number(row['score'])) > HALF_UNIT_OF_SIXTH_DIGIT * p;
          }),
    );
    expect(wrong).toEqual([]);
  });

  it('hold the outcome of the call, and the squared error that follows from it', () => {
    const wrong = manifest.scored.flatMap(({ window }, i) =>
      scored[i]!.filter(({ call, y, score, squared_error: error }) => {
        const row = sourceRow(call, window);
        const isError =
          error === undefined ||
          Math.abs(Number(error) - (Number(score) - labelOf(row)) ** 2) < 1e-5 * Number(error);
        return !((y === undefined || y === row['y']) && isError);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('give every call of a canary to one arm', () => {
    for (const pair of ['hold', 'rollback', 'promote']) {
      const arms = manifest.scored.flatMap((one, i) => (one.pair === pair ? [scored[i]!] : []));
      const calls = arms.flat().map(({ call }) => call);
      expect([arms.length, calls.length, new Set(calls).size]).toEqual([2, 5_000, 5_000]);
    }
  });
});
