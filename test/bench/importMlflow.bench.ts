import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/ensureBuilt.mjs';
import { startChildJobProcess } from '../../electron/workers/childJobProcess';
import { createJobRunner } from '../../electron/workers/jobRunner';
import type { CallScope } from '../../electron/app/context';
import type { InspectedStore } from '../../shared/registry/importChannels';
import { IMPORT_SIGNING, newFolder } from '../registry/importDesk';
import { writeDatabase } from '../registry/mlflowDatabaseFixture';
import { type FixtureStore } from '../registry/mlflowFixture';
import { createTestCore, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';

const N_RUNS = Number(process.env['ASSAY_BENCH_RUNS'] ?? 10_000);
const N_EACH = 10;

/** Runs with ten parameters, ten metrics (one with a series) and five tags; every tenth is registered. */
function largeStore(): FixtureStore {
  const names = Array.from({ length: N_EACH }, (_none, i) => `name_${i}`);
  const ids = Array.from(
    { length: N_RUNS },
    (_none, i) => `${i.toString(16).padStart(8, '0')}${'ab'.repeat(12)}`,
  );
  const lines = Array.from(
    { length: 20 },
    (_none, step) => `1670301595838 ${0.5 + step / 100} ${step}`,
  );
  return {
    experiments: { '0': 'Default', '1': 'churn' },
    runs: ids.map((id, i) => ({
      id,
      experiment: String(i % 2),
      params: Object.fromEntries(names.map((name) => [name, String(i / 7)])),
      metrics: Object.fromEntries(
        names.map((name, k) => [name, k === 0 ? lines : [`1670301595838 ${i / 3} 0`]]),
      ),
      tags: Object.fromEntries(names.slice(0, 5).map((name) => [name, `value ${i}`])),
    })),
    versions: ids
      .filter((_id, i) => i % 10 === 0)
      .map((runId, i) => ({ model: `Model ${i % 20}`, version: 1 + Math.floor(i / 20), runId })),
    aliases: [],
  };
}

/** Measures how long this process does not answer. */
function watchDelay(): () => number {
  let longestMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  return () => {
    clearInterval(timer);
    return Math.max(longestMs, performance.now() - last);
  };
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const stop = watchDelay();
  const start = performance.now();
  const value = await work();
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${what}: ${seconds.toFixed(1)} s, ${(N_RUNS / seconds).toFixed(0)} runs/s, longest silence of core ${stop().toFixed(0)} ms`,
  );
  return value;
}

let store: FixtureStore;
const open: TestCore[] = [];
beforeAll(async () => {
  console.log(
    `${process.version}, ${cpus()[0]?.model}, ${availableParallelism()} cores, ${N_RUNS} runs`,
  );
  await ensureBuilt();
  store = largeStore();
}, 600_000);
afterAll(() => {
  for (const test of open) test.close();
});

async function newCore(): Promise<TestCore> {
  const jobs = createJobRunner(() =>
    startChildJobProcess(join(process.cwd(), 'out/electron/job.cjs')),
  );
  const test = await createTestCore({ jobs });
  open.push(test);
  return test;
}

async function look(test: TestCore, path: string, scope?: CallScope): Promise<InspectedStore> {
  const source = { token: test.token(path) };
  return okValue<'registry.inspectImport'>(
    await test.call('registry.inspectImport', { source }, scope),
  );
}

async function measure(kind: string, path: string): Promise<InspectedStore> {
  const test = await newCore();
  let nReports = 0;
  const scope = { progress: () => void (nReports += 1), signal: new AbortController().signal };
  const found = await timed(`look at the ${kind}`, () => look(test, path, scope));
  expect(found).toMatchObject({ nRuns: N_RUNS, nBroken: 0 });
  expect(nReports).toBeGreaterThan(10);
  const keys = found.candidates.map(({ key }) => key);
  await timed(`import all from the ${kind}`, async () =>
    okValue<'registry.importVersions'>(
      await test.call('registry.importVersions', {
        stageId: found.stageId,
        keys,
        signing: IMPORT_SIGNING,
      }),
    ),
  );
  const again = await timed(`look again at the ${kind}`, () => look(test, path));
  return again;
}

describe('importing 10,000 runs', () => {
  it('from a database', { timeout: 600_000 }, async () => {
    const { candidates } = await measure('database', writeDatabase(store));
    expect(candidates.filter(({ state }) => state !== 'known')).toEqual([]);
  });

  it('from a folder', { timeout: 600_000 }, async () => {
    const { candidates } = await measure('folder', newFolder(store));
    expect(candidates.filter(({ state }) => state !== 'known')).toEqual([]);
  });
});
