import type { FromJob, JobProcess } from '../workers/jobMessages';
import type { PortMain } from '../workers/parentPort';
import type { CoreToShell } from './shellMessages';

/** Job processes as core sees them: the shell starts them, a port joins each to core. */
export interface ShellJobs {
  start(): JobProcess;
  join(jobId: number, port: PortMain | undefined): void;
  exited(jobId: number, code: number): void;
}

interface RunningJob {
  port: PortMain | null;
  readonly onMessage: ((message: FromJob) => void)[];
  readonly onExit: ((code: number | null) => void)[];
}

/** @param post sends to the shell */
export function createShellJobs(post: (message: CoreToShell) => void): ShellJobs {
  const jobs = new Map<number, RunningJob>();
  let lastId = 0;
  return {
    start() {
      const jobId = ++lastId;
      const job: RunningJob = { port: null, onMessage: [], onExit: [] };
      jobs.set(jobId, job);
      post({ type: 'startJob', jobId });
      return {
        post: (message) => job.port?.postMessage(message),
        onMessage: (listener) => void job.onMessage.push(listener),
        onExit: (listener) => void job.onExit.push(listener),
        kill: () => {
          if (jobs.delete(jobId)) post({ type: 'killJob', jobId });
        },
      };
    },
    join(jobId, port) {
      const job = jobs.get(jobId);
      if (job === undefined || port === undefined) return;
      job.port = port;
      port.on('message', ({ data }) => {
        for (const listener of job.onMessage) listener(data as FromJob); // jobProcess.ts sends nothing else
      });
      port.start();
    },
    exited(jobId, code) {
      const job = jobs.get(jobId);
      jobs.delete(jobId);
      for (const listener of job?.onExit ?? []) listener(code);
    },
  };
}
