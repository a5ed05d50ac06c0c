import { join } from 'node:path';
import { AppFailure, type AppError } from '../../shared/ipc/errors';
import { receiveFromCore } from './jobTransport';
import { jobs } from './jobs';
import type { FromJob, ToJob } from './jobMessages';
import { closePool, openPool } from './pool';

/** Entry of the job process: runs a job and reports; it is killed from outside when no more are to come. */
const HEARTBEAT_MS = 500;

function runJob(message: ToJob, post: (message: FromJob) => void): void {
  if (!Object.hasOwn(jobs, message.name)) return post({ type: 'failed', error: internalError() });
  // Core names the job and its input together, checked by JobRunner's types.
  const job = jobs[message.name as keyof typeof jobs] as (
    input: unknown,
    scope: object,
  ) => Promise<unknown>;
  const scope = {
    progress: (progress: unknown) => post({ type: 'progress', progress } as FromJob), // shape set by JobScope
    signal: new AbortController().signal,
  };
  job(message.input, scope).then(
    (value) => post({ type: 'done', value }),
    (error: unknown) => post({ type: 'failed', error: toAppError(error) }),
  );
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppFailure)
    return { code: error.code, message: error.message, details: { ...error.details } };
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : 'unknown failure'}\n`,
  );
  return internalError();
}

function internalError(): AppError {
  return {
    code: 'INTERNAL',
    message:
      'The job that reads the file failed in a way Assay did not expect. Nothing was recorded.',
    details: {},
  };
}

openPool(join(__dirname, 'worker.cjs'));
const post = receiveFromCore((message) => runJob(message, post));
setInterval(() => post({ type: 'alive', rssBytes: process.memoryUsage.rss() }), HEARTBEAT_MS);
process.on('exit', closePool);
post({ type: 'ready' });
