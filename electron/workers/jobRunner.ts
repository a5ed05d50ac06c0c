import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { AppFailure } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';
import type { FromJob, JobProcess } from './jobMessages';
import type { jobs } from './jobs';

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

/**
 * Runs each job in a process of its own, which ends with the job.
 *
 * A hostile or broken file can hang or abort only that process: it is killed when it is silent too
 * long, when it takes too much memory, or when the person cancels.
 */
export function createJobRunner(startProcess: () => JobProcess): JobRunner {
  const running = new Set<JobProcess>();
  return {
    async run<K extends JobName>(
      name: K,
      input: JobInput<K>,
      scope: JobScope,
    ): Promise<JobOutput<K>> {
      if (scope.signal.aborted) throw cancelled();
      const job = startProcess();
      running.add(job);
      try {
        // The process runs jobs[name], so what it answers is that function's value.
        return (await superviseJob(job, name, input, scope)) as JobOutput<K>;
      } finally {
        running.delete(job);
        job.kill();
      }
    },
    close() {
      for (const job of running) job.kill();
      running.clear();
    },
  };
}

function superviseJob(
  job: JobProcess,
  name: string,
  input: { readonly path?: string },
  scope: JobScope,
) {
  const file = basename(input.path ?? '');
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
    job.onExit((code) => fail(deadProcess(file, code)));
    job.onMessage((message: FromJob) => {
      heardAtMs = Date.now();
      if (message.type === 'ready') job.post({ type: 'run', name, input });
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
    });
  });
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
