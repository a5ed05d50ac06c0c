import type { FromJob, JobProcess } from '../../electron/workers/jobMessages';
import { createJobRunner, type JobRunner } from '../../electron/workers/jobRunner';
import { AppFailure, type AppError } from '../../shared/ipc/errors';

/** The product's job runner with jobs that run in this process, so that no build is needed. */
export function createInProcessJobRunner(): JobRunner {
  return createJobRunner(startInProcess);
}

function startInProcess(): JobProcess {
  const controller = new AbortController();
  const listeners: ((message: FromJob) => void)[] = [];
  const send = (message: FromJob): void => {
    if (!controller.signal.aborted) for (const listener of listeners) listener(message);
  };
  setImmediate(() => send({ type: 'ready' }));
  return {
    post({ name, input }) {
      const scope = {
        progress: (progress: Extract<FromJob, { type: 'progress' }>['progress']) =>
          send({ type: 'progress', progress }),
        signal: controller.signal,
      };
      runJob(name, input, scope).then(
        (value) => send({ type: 'done', value }),
        (error: unknown) => send({ type: 'failed', error: toAppError(error) }),
      );
    },
    onMessage: (listener) => void listeners.push(listener),
    onExit: () => undefined,
    kill: () => controller.abort(),
  };
}

async function runJob(name: string, input: unknown, scope: object): Promise<unknown> {
  const { jobs } = await import('../../electron/workers/jobs');
  // The runner pairs a job's name with its input; a message carries them without their types.
  const job = jobs[name as keyof typeof jobs] as (input: unknown, scope: object) => unknown;
  // A message to a real process is copied too.
  return structuredClone(await job(structuredClone(input), scope));
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppFailure) {
    return { code: error.code, message: error.message, details: { ...error.details } };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'INTERNAL', message, details: {} };
}
