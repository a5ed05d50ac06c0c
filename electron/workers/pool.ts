import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { tasks } from './entry.worker';

type Tasks = typeof tasks;

let pool: Piscina | null = null;

/** Starts the worker threads of this job process. */
export function openPool(workerFile: string): void {
  const nThreads = Math.max(1, availableParallelism());
  pool = new Piscina({
    filename: workerFile,
    minThreads: nThreads,
    maxThreads: nThreads,
    idleTimeout: 60_000,
  });
}

export function closePool(): void {
  void pool?.destroy();
  pool = null;
}

/** How many columns are worth preparing at once. */
export function poolWidth(): number {
  return pool?.threads.length ?? 1;
}

/**
 * Runs one task on a worker thread; SharedArrayBuffers in its input are not copied.
 *
 * Where no pool is open (unit tests) the same function runs in place.
 */
export async function runTask<K extends keyof Tasks>(
  name: K,
  input: Parameters<Tasks[K]>[0],
): Promise<ReturnType<Tasks[K]>> {
  if (pool !== null) return (await pool.run({ name, input })) as ReturnType<Tasks[K]>; // entry.worker runs tasks[name]
  const { tasks: inPlace } = await import('./entry.worker');
  const task = inPlace[name] as (input: Parameters<Tasks[K]>[0]) => ReturnType<Tasks[K]>; // same name, same types
  return task(input);
}
