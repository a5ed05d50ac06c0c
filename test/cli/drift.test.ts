import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DriftJson } from '../../shared/drift/driftJson';
import { runCli } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';
import { csvFile, evenly } from '../support/testModel';

const REFERENCE = resolve('resources/sample/bank-reference.csv');
const LIVE = resolve('resources/sample/bank-live-06.csv');

async function driftJson(reference: string, live: string) {
  const run = await runCli(['drift', '--reference', reference, '--live', live, '--json']);
  return { ...run, json: DriftJson.parse(JSON.parse(run.stdout)) };
}

describe('assay drift', () => {
  it('finds the real drift of the bank data: D of age, balance and previous as SciPy gives them', async () => {
    const { code, stderr, json } = await driftJson(REFERENCE, LIVE);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const d = Object.fromEntries(json.features.map(({ name, ks }) => [name, ks?.d]));
    expect(d['age']).toBeCloseTo(0.1953, 4);
    expect(d['balance']).toBeCloseTo(0.2087, 4);
    expect(d['previous']).toBeCloseTo(0.56, 4);
    const sha256 = createHash('sha256').update(readFileSync(REFERENCE)).digest('hex');
    expect(json.reference).toEqual({ path: REFERENCE, sha256, rows: 15_000, columns: 19 });
  });

  it('exits with 0 and prints one sentence and a table when nothing moved', async () => {
    const run = await runCli(['drift', '--reference', REFERENCE, '--live', REFERENCE]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^No drift found in 14 of 17 features/u);
  });

  it('gives the same numbers for the same rows in CSV, whatever the order of rows', async () => {
    const live = csvFile({ size: [...evenly(0.3)].reverse() });
    const { json } = await driftJson(csvFile({ size: evenly(0) }), live);
    const other = await driftJson(csvFile({ size: evenly(0) }), csvFile({ size: evenly(0.3) }));
    expect(json.features).toEqual(other.json.features);
  });

  it.each([
    ['an empty file', '', /is empty/u],
    ['binary data', '\u0000\u0001\u0002PNG\u0000', /binary/u],
    ['a header without rows', 'a,b\n', /no data rows/u],
    ['a ragged row', 'a,b\n1,2\n3\n', /row 2/u],
  ])(
    'refuses %s with exit code 2, a sentence on stderr and nothing on stdout',
    async (_case, text, message) => {
      const path = join(tempFolder(), 'broken.csv');
      writeFileSync(path, text);
      const run = await runCli(['drift', '--reference', path, '--live', path, '--json']);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(message);
      expect(run.stderr).toContain('broken.csv');
    },
  );

  it('says what is missing when an option is, and that a file does not exist', async () => {
    expect(await runCli(['drift', '--reference', REFERENCE])).toMatchObject({
      code: 2,
      stdout: '',
    });
    const run = await runCli(['drift', '--reference', REFERENCE, '--live', '/nowhere/live.csv']);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('live.csv') });
  });

  it('shows help and exits with 0', async () => {
    expect(await runCli(['drift', '--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--reference'),
    });
  });
});
