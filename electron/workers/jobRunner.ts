import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';
import type { FromJob, JobProcess, ToJob } from './jobMessages';
import type { jobs } from './jobs';
import { warmProcess, type WarmProcess } from './warmProcess';

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;
export type JobInput<K extends JobName> = Parameters<Jobs[K]>[0];
export type JobOutput<K extends JobName> = Awaited<ReturnType<Jobs[K]>>;

/** Where a job says how far it is, and how it is told to stop. */
export interface JobScope {
  progress(progress: Progress): void;
  readonly signal: AbortSignal;
}

/** Runs file jobs away from core, each in a process that holds rows but no keys. */
export interface JobRunner {
  /**
   * @throws AppFailure BAD_DATA when the file cannot be read, CANCELLED when the signal fires,
   *   INTERNAL when the job process dies (its file is named)
   */
  run<K extends JobName>(name: K, input: JobInput<K>, scope: JobScope): Promise<JobOutput<K>>;
  /** Ends every job process. */
  close(): void;
}

/** Longer than any single step of a healthy file takes without giving the timer its turn. */
const SILENCE_LIMIT_MS = 20_000;
const MAX_SHARE_OF_MEMORY = 0.6;
/** From one step of a person's work to the next, such as from looking at a file to importing it. */
const REST_LIMIT_MS = 30_000;
/** What a process may hold on to while it rests, in bytes: about three times what it needs for small files. */
const REST_MEMORY_BYTES = 512 * 2 ** 20;

/**
 * Runs each job in a process of its own or in one that has only read good files before.
 *
 * A hostile or broken file can hang or abort only that process: it is ended when it is silent too
 * long, when it takes too much memory, when its job fails, or when the person cancels. One that did its job
 * rests for a while, because starting it costs more than most files do.
 */
export function createJobRunner(startProcess: () => JobProcess): JobRunner {
  const running = new Set<WarmProcess>();
  const bench = createBench();
  return {
    async run<K extends JobName>(
      name: K,
      input: JobInput<K>,
      scope: JobScope,
    ): Promise<JobOutput<K>> {
      if (scope.signal.aborted) throw cancelled();
      const process = bench.take() ?? warmProcess(startProcess());
      running.add(process);
      try {
        const value = await superviseJob(process, { type: 'run', name, input }, scope);
        // Closed in between: it is ended already.
        if (running.delete(process)) bench.put(process);
        return value as JobOutput<K>; // the process runs jobs[name], so what it answers is that function's value
      } catch (error) {
        running.delete(process);
        process.end();
        throw error;
      }
    },
    close() {
      bench.clear();
      for (const process of running) process.end();
      running.clear();
    },
  };
}

interface Bench {
  /** The process that rests there, if any. */
  take(): WarmProcess | null;
  /** Lets it rest; one more than is needed is ended. */
  put(process: WarmProcess): void;
  clear(): void;
}

/** Room for one process that waits for its next job. */
function createBench(): Bench {
  let resting: WarmProcess | null = null;
  let timer: NodeJS.Timeout | undefined;
  const take = (): WarmProcess | null => {
    clearTimeout(timer);
    const process = resting;
    resting = null;
    return process;
  };
  const clear = (): void => take()?.end();
  const hear = (message: FromJob): void => {
    if (message.type === 'alive' && message.rssBytes > REST_MEMORY_BYTES) clear();
  };
  return {
    take,
    put(process) {
      if (resting !== null || process.rssBytes > REST_MEMORY_BYTES) return process.end();
      resting = process;
      process.rest({ hear, died: () => void take() });
      timer = setTimeout(clear, REST_LIMIT_MS);
    },
    clear,
  };
}

function superviseJob(process: WarmProcess, job: ToJob, scope: JobScope): Promise<unknown> {
  const file = fileOf(job.input);
  return new Promise<unknown>((resolve, reject) => {
    let heardAtMs = Date.now();
    const fail = (failure: AppFailure): void => {
      settle();
      reject(failure);
    };
    const cancel = (): void => fail(cancelled());
    const watchdog = setInterval(() => {
      if (Date.now() - heardAtMs > SILENCE_LIMIT_MS) fail(hangingFile(file));
    }, 500);
    const settle = (): void => {
      clearInterval(watchdog);
      scope.signal.removeEventListener('abort', cancel);
    };
    scope.signal.addEventListener('abort', cancel);
    const hear = (message: FromJob): void => {
      heardAtMs = Date.now();
      if (message.type === 'progress') scope.progress(message.progress);
      if (message.type === 'alive' && message.rssBytes > totalmem() * MAX_SHARE_OF_MEMORY)
        fail(hugeFile(file));
      if (message.type === 'failed') {
        const { code, message: text, details } = message.error;
        fail(new AppFailure(code, text, details));
      }
      if (message.type === 'done') {
        settle();
        resolve(message.value);
      }
    };
    process.begin(job, { hear, died: (code) => fail(deadProcess(file, code)) });
  });
}

function fileOf(input: unknown): string {
  const { path = '' } = input as { readonly path?: string }; // every job's input is an object
  return basename(path);
}

function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', 'Cancelled. Nothing was recorded.');
}

function hangingFile(file: string): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    `Reading ${file} was stopped: it gave no answer for ${SILENCE_LIMIT_MS / 1000} seconds, so the file is probably damaged. Nothing was recorded.`,
    { file },
  );
}

function hugeFile(file: string): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    `Reading ${file} was stopped: it needs more memory than this machine can spare. Nothing was recorded.`,
    { file },
  );
}

function deadProcess(file: string, code: number | null): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    `The process that was reading ${file} ended unexpectedly (code ${code ?? 'none'}), so the file is probably damaged. Nothing was recorded.`,
    { file },
  );
}
