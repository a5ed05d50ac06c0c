import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CanaryJson, canaryJsonSchema } from '../../shared/canary/canaryJson';
import { outcomes } from '../support/canary';
import { runCli } from '../support/runCli';
import { csvFile } from '../support/testModel';

const KIND = ['--metric', 'correct', '--kind', 'binary'];

function judge(control: string, candidate: string, ...rest: readonly string[]) {
  return runCli(['canary', '--control', control, '--candidate', candidate, ...KIND, ...rest]);
}

describe('assay canary', () => {
  it('exits with 0 and prints verdict, reasons and tests when the candidate is as good', async () => {
    const run = await judge(outcomes(0.8, 20_000), outcomes(0.802, 20_000, 1), '--margin', '0.05');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^Promote: correct is 0\.802 with the candidate and 0\.800/u);
    expect(run.stdout).toContain('Two proportions, Newcombe interval');
  });

  it('exits with 1 and prints one JSON object when the candidate is worse', async () => {
    const run = await judge(outcomes(0.8, 20_000), outcomes(0.7, 20_000, 1), '--json');
    expect(run).toMatchObject({ code: 1, stderr: '' });
    const { judgement, plan } = CanaryJson.parse(JSON.parse(run.stdout));
    expect([judgement.verdict, plan.margin]).toEqual([
      'rollBack',
      { value: 0.02, scale: 'relative' },
    ]);
  });

  it('holds when the sample is tiny', async () => {
    const run = await judge(outcomes(0.8, 50), outcomes(0.8, 50, 1));
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^Hold \(inconclusive\): .*more candidate rows are needed\.$/mu);
  });

  it('exits with 2 and names file, row and column when a value is none', async () => {
    const run = await judge(outcomes(0.8, 50), csvFile({ correct: [1, 'x'] }, 'odd.csv'));
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('odd.csv, row 2, column "correct"');
  });
});

it('docs/canary-json.schema.json is what `npm run schemas` writes today', () => {
  const path = new URL('../../docs/canary-json.schema.json', import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(canaryJsonSchema());
});
