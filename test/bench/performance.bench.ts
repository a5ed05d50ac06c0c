import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { splitByFlag } from '../../electron/performance/gather';
import { readLog } from '../../electron/performance/performanceJob';
import { fromFinite } from '../../shared/stats/empiricalDistribution';
import { rocAuc } from '../../shared/stats/rocAuc';
import { tempFolder } from '../support/tempFolder';

const N_AUC = 1_000_000;
const N_JOINED = 5_000_000;
const RUNS = 5;
const PYTHON = '/usr/bin/python3';

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

beforeAll(() => {
  console.log(
    `${cpus()[0]?.model ?? 'unknown'} x ${availableParallelism()}, Node ${process.version}`,
  );
});

/** Median milliseconds of scikit-learn on as many rows; null where it is not installed. */
function scikitLearnMs(): { readonly medianMs: number; readonly versions: string } | null {
  const program = `
import time, numpy as np, sklearn
from sklearn.metrics import roc_auc_score
rng = np.random.default_rng(1)
y = rng.integers(0, 2, ${N_AUC}); s = rng.random(${N_AUC}) * 0.6 + y * 0.4
t = []
for _ in range(${RUNS}):
    a = time.perf_counter(); roc_auc_score(y, s); t.append((time.perf_counter() - a) * 1000)
print(sorted(t)[${RUNS >> 1}], sklearn.__version__, np.__version__)`;
  try {
    const [ms = '', sklearn = '', numpy = ''] = execFileSync(PYTHON, ['-c', program], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split(/\s+/);
    return { medianMs: Number(ms), versions: `scikit-learn ${sklearn}, numpy ${numpy}` };
  } catch {
    return null;
  }
}

describe('performance', () => {
  it('T9: the area under the curve of 1,000,000 rows', () => {
    const truth = Uint8Array.from({ length: N_AUC }, () => (Math.random() < 0.5 ? 1 : 0));
    const scores = Float64Array.from(truth, (y) => Math.random() * 0.6 + y * 0.4);
    const timesMs = Array.from({ length: RUNS + 2 }, () => {
      const start = performance.now();
      const { ones, zeros } = splitByFlag(scores, truth);
      expect(rocAuc(fromFinite(ones), fromFinite(zeros)).status).toBe('ok');
      return performance.now() - start;
    }).slice(2);
    const ours = median(timesMs);
    const peer = scikitLearnMs();
    console.log(
      peer === null
        ? `T9: ${ours.toFixed(0)} ms with DeLong; not compared: install Debian's python3-sklearn`
        : `T9: ${ours.toFixed(0)} ms with DeLong; ${peer.versions}: ${peer.medianMs.toFixed(0)} ms; 1/${(peer.medianMs / ours).toFixed(1)}`,
    );
  }, 120_000);

  it.each(['parquet', 'csv'])(
    'T11: 5,000,000 predictions and outcomes from %s',
    async (format) => {
      const folder = tempFolder();
      const [log, outcomes] = ['log', 'outcomes'].map((name) => join(folder, `${name}.${format}`));
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      const id = 'CAST(i AS INTEGER) AS id';
      for (const [path, columns] of [
        [log!, `${id}, random() AS score`],
        [outcomes!, `${id}, CASE WHEN random() < 0.3 THEN 'yes' ELSE 'no' END AS y`],
      ] as const) {
        await connection.run(
          `COPY (SELECT ${columns} FROM range(${N_JOINED}) t(i)) TO '${path}' (FORMAT ${format})`,
        );
      }
      connection.closeSync();
      instance.closeSync();
      const sha256 = (path: string) =>
        createHash('sha256').update(readFileSync(path)).digest('hex');
      const files = { log: sha256(log!), outcomes: sha256(outcomes!) };
      const steps: string[] = [];
      const start = performance.now();
      const read = await readLog(
        {
          path: log!,
          expectedSha256: files.log,
          columns: {
            id: 'id',
            time: null,
            prediction: null,
            score: 'score',
            label: null,
            latencyMs: null,
            isSuccess: null,
            cost: null,
            segments: [],
          },
          task: { kind: 'classification', positiveLabel: 'yes', threshold: 0.5 },
          rules: { key: new Uint8Array(16), lateAfterDays: 30, isKept: true },
          kept: [],
          outcomes: {
            path: outcomes!,
            expectedSha256: files.outcomes,
            columns: { id: 'id', label: 'y', time: null },
          },
        },
        {
          progress: ({ activity }) => void (steps.at(-1) !== activity && steps.push(activity)),
          signal: new AbortController().signal,
        },
      );
      const seconds = (performance.now() - start) / 1000;
      expect(read.measurement.join.nLabelled).toBe(N_JOINED);
      console.log(`T11 (${format}): ${seconds.toFixed(1)} s, ${steps.length} steps of progress`);
    },
    180_000,
  );
});
