import { DuckDBInstance } from '@duckdb/node-api';
import { Table, makeVector, tableToIPC } from 'apache-arrow';
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDuckSession } from '../../electron/io/duckSession';
import { inspectTable } from '../../electron/io/inspectTable';
import { openTable } from '../../electron/io/tableReader';
import { tempFolder } from '../support/tempFolder';

const N_ROWS = 1_000_000;
const N_COLUMNS = 20;
const RUNS = 5;
const { signal } = new AbortController();
const folder = tempFolder();
const names = Array.from({ length: N_COLUMNS }, (_, i) => `x${i}`);

/** The same numbers on every machine: six decimals, every fifth column ten whole numbers. */
function makeColumns(): readonly Float64Array[] {
  let seed = 1;
  const random = (): number =>
    (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return names.map((_, column) =>
    Float64Array.from({ length: N_ROWS }, () =>
      column % 5 === 4 ? Math.floor(random() * 10) : Math.floor(random() * 1e8) / 1e6,
    ),
  );
}

function writeCsv(columns: readonly Float64Array[], path: string): void {
  const file = openSync(path, 'w');
  writeSync(file, `${names.join()}\n`);
  for (let from = 0; from < N_ROWS; from += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, i) =>
      columns.map((values) => values[from + i]).join(),
    );
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
}

async function writeAsParquet(csv: string, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT * FROM read_csv('${csv}')) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

async function readAll(path: string): Promise<number> {
  const table = await openTable(path, { signal });
  let sum = 0;
  for (const { name } of table.columns) {
    const column = await table.readColumn(name, 'numeric');
    if ('values' in column) sum += column.values[N_ROWS - 1] ?? NaN;
  }
  table.close();
  return sum;
}

/** The way that was turned down: every column scans the whole CSV file. */
async function scanOneColumn(csv: string): Promise<number> {
  const session = await openDuckSession(csv, { signal });
  const values = new Float64Array(N_ROWS);
  await session.readNumbers(`SELECT CAST(x0 AS DOUBLE) FROM read_csv(${session.pathSql})`, values);
  session.close();
  return values[N_ROWS - 1] ?? NaN;
}

async function measure(what: string, nValues: number, work: () => Promise<unknown>): Promise<void> {
  const runs: { wallMs: number; cpuMs: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    await work();
    const { user, system } = process.cpuUsage(cpu);
    runs.push({ wallMs: performance.now() - start, cpuMs: (user + system) / 1000 });
  }
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[RUNS >> 1] ?? NaN;
  const wallMs = median(runs.map((run) => run.wallMs));
  const cpuMs = median(runs.map((run) => run.cpuMs));
  const perValue = (ms: number): string => ((ms * 1e6) / nValues).toFixed(1);
  console.log(
    `${what}: wall ${wallMs.toFixed(0)} ms (${perValue(wallMs)} ns/value), CPU ${cpuMs.toFixed(0)} ms (${perValue(cpuMs)} ns/value)`,
  );
}

describe(`reading ${N_ROWS} rows x ${N_COLUMNS} numbers`, () => {
  it('prints what each format takes', async () => {
    const columns = makeColumns();
    const csv = join(folder, 'bench.csv');
    const parquet = join(folder, 'bench.parquet');
    const arrow = join(folder, 'bench.arrow');
    writeCsv(columns, csv);
    await writeAsParquet(csv, parquet);
    const vectors = Object.fromEntries(names.map((name, i) => [name, makeVector(columns[i]!)]));
    writeFileSync(arrow, tableToIPC(new Table(vectors), 'file'));
    const expected = columns.reduce((sum, values) => sum + values[N_ROWS - 1]!, 0);
    console.log(`${process.version}, ${cpus()[0]?.model}, ${availableParallelism()} cores`);
    const nValues = N_ROWS * N_COLUMNS;
    for (const path of [csv, parquet, arrow]) {
      const kind = path.slice(path.lastIndexOf('.') + 1);
      expect(await readAll(path)).toBe(expected);
      await measure(`${kind}: open, hash, read all columns`, nValues, () => readAll(path));
      await measure(`${kind}: inspect`, nValues, () =>
        inspectTable({ path }, { signal, progress: () => undefined }),
      );
    }
    await measure('csv: one column by a scan of the file', N_ROWS, () => scanOneColumn(csv));
    rmSync(csv);
  });
});
