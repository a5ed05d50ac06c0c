import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { tasks } from './entry.worker';

type Tasks = typeof tasks;

const N_THREADS = Math.max(1, availableParallelism());

let workerFile: string | null = null;
let pool: Piscina | null = null;

/** Names the file that the worker threads of this job process run; they start when a task needs them. */
export function openPool(file: string): void {
  workerFile = file;
}

function startedPool(filename: string): Piscina {
  return (pool ??= new Piscina({
    filename,
    minThreads: N_THREADS,
    maxThreads: N_THREADS,
    idleTimeout: 60_000,
  }));
}

export function closePool(): void {
  void pool?.destroy();
  pool = null;
  workerFile = null;
}

/** How many columns are worth preparing at once. */
export function poolWidth(): number {
  return workerFile === null ? 1 : N_THREADS;
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
  if (workerFile !== null) {
    const answer: unknown = await startedPool(workerFile).run({ name, input });
    return answer as ReturnType<Tasks[K]>; // entry.worker runs tasks[name]
  }
  const { tasks: inPlace } = await import('./entry.worker');
  const task = inPlace[name] as (input: Parameters<Tasks[K]>[0]) => ReturnType<Tasks[K]>; // same name, same types
  return task(input);
}
