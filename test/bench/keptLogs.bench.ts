import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { joinOutcomeFile, MAX_KEPT, readLog } from '../../electron/performance/performanceJob';
import { tempFolder } from '../support/tempFolder';

const N_LOGS = 12;
const MIB = 2 ** 20;
const KEY = new Uint8Array(16);

const scope = { progress: () => undefined, signal: new AbortController().signal };
const task = { kind: 'classification', positiveLabel: 'yes', threshold: 0.5 } as const;
const rules = { key: KEY, lateAfterDays: 30, isKept: true };

async function write(path: string, columns: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT ${columns} FROM range(${MAX_KEPT}) t(i)) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** A log as long as is kept at all, with all that can be kept of its rows. */
async function keptLog(folder: string, month: number) {
  const path = join(folder, `log${month}.parquet`);
  const sha256 = await write(
    path,
    `'c-' || (i + ${month * MAX_KEPT}) AS id, random() AS score, DATE '2026-01-01' + CAST(i % 30 AS INTEGER) AS day, 'a' || (i % 7) AS region, 'b' || (i % 40) AS branch`,
  );
  const columns = {
    id: 'id',
    time: 'day',
    prediction: null,
    score: 'score',
    label: null,
    latencyMs: null,
    isSuccess: null,
    cost: null,
    segments: ['region', 'branch'],
  };
  const read = await readLog(
    { path, expectedSha256: sha256, columns, task, rules, kept: [], outcomes: null },
    scope,
  );
  if (read.sealed === null) throw new Error('a log of this length is kept');
  return { id: `log ${month}`, task, sealed: read.sealed };
}

describe('what is kept to join later outcomes, at its limit', () => {
  it(`an outcome file that meets ${N_LOGS} logs of ${MAX_KEPT} predictions`, async () => {
    const folder = tempFolder();
    const logs = [];
    for (let month = 0; month < N_LOGS; month++) logs.push(await keptLog(folder, month));
    const path = join(folder, 'outcomes.parquet');
    const sha256 = await write(
      path,
      `'c-' || (i * ${N_LOGS}) AS id, CASE WHEN random() < 0.3 THEN 'yes' ELSE 'no' END AS y`,
    );
    const columns = { id: 'id', label: 'y', time: null };
    const startMs = performance.now();
    const read = await joinOutcomeFile(
      { path, expectedSha256: sha256, columns, rules, kept: [], logs, task },
      scope,
    );
    const seconds = (performance.now() - startMs) / 1000;
    expect(read.measured).toHaveLength(N_LOGS);
    const sealedMib = logs.reduce((sum, { sealed }) => sum + sealed.length, 0) / MIB;
    console.log(
      `${cpus()[0]?.model ?? 'unknown'} x ${availableParallelism()}, Node ${process.version}\n` +
        `kept: ${(sealedMib / N_LOGS).toFixed(1)} MiB a log, ${((sealedMib * MIB) / N_LOGS / MAX_KEPT).toFixed(1)} bytes a prediction; ` +
        `${N_LOGS} logs joined and measured anew in ${seconds.toFixed(1)} s, ` +
        `peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB with the making of the files`,
    );
  }, 300_000);
});
