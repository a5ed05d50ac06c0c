import { makeTable, RecordBatchFileWriter } from 'apache-arrow';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Numbers in [0, 1) that are the same in every run. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A small table of customers as CSV: two measurements, a code that looks like one, a category, an
 * identifier and the model's score.
 *
 * @param shift how far the income moves, in standard deviations or so
 */
export function writeCustomers(folder: string, name: string, nRows: number, shift = 0): string {
  const next = uniform(nRows + shift * 1000);
  const lines = Array.from({ length: nRows }, (_, i) => {
    const income = Math.round(20_000 + 30_000 * (next() + next() + shift));
    const age = Math.round(18 + 60 * next());
    const branch = 100 + Math.floor(8 * next());
    const segment = ['retail', 'business', 'private'][Math.floor(3 * next())] ?? 'retail';
    return `C${100_000 + i},${income},${age},${branch},${segment},${next().toFixed(4)}`;
  });
  const path = join(folder, name);
  writeFileSync(path, ['customer_id,income,age,branch,segment,score', ...lines, ''].join('\n'));
  return path;
}

/** An Arrow file of `nColumns` columns `x00`, `x01`, ... of numbers that are all different. */
export async function writeLargeArrow(
  path: string,
  { nRows, nColumns, shift }: { nRows: number; nColumns: number; shift: number },
): Promise<string> {
  const next = uniform(nRows + nColumns);
  const columns: Record<string, Float64Array> = {};
  for (let c = 0; c < nColumns; c += 1) {
    const name = `x${String(c).padStart(2, '0')}`;
    columns[name] = Float64Array.from({ length: nRows }, () => next() + next() + shift);
  }
  const table = makeTable(columns);
  await pipeline(RecordBatchFileWriter.writeAll(table).toNodeStream(), createWriteStream(path));
  return path;
}

interface ScoredLog {
  readonly n: number;
  /** 1: outcomes follow the score; 0: they do not. */
  readonly skill: number;
}

/** Writes a prediction log with its outcomes in a file of their own. */
export function writeScoredLog(
  folder: string,
  name: string,
  { n, skill }: ScoredLog,
): { readonly log: string; readonly outcomes: string } {
  const random = uniform(n + name.length);
  const log = ['call_id,score,region,cost'];
  const outcomes = ['call_id,churned'];
  for (let i = 0; i < n; i++) {
    const id = `${name}-${i}`;
    const score = random();
    const region = ['north', 'south', 'west'][i % 3] ?? '';
    log.push(`${id},${score.toFixed(6)},${region},0.00012`);
    outcomes.push(`${id},${random() < skill * score + (1 - skill) * 0.5 ? 'yes' : 'no'}`);
  }
  const write = (suffix: string, lines: readonly string[]): string => {
    const path = join(folder, `${name}-${suffix}.csv`);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  return { log: write('log', log), outcomes: write('outcomes', outcomes) };
}
