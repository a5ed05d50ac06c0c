import type { FromJob, JobProcess } from '../workers/jobMessages';
import type { Ports } from './context';
import { createFileTokens } from './fileTokens';
import type { ParentPort, PortMain } from './parentPort';
import type { CorePlaces, CoreToShell, Question, ShellToCore } from './shellMessages';

/** Core's side of its line to the shell: questions to the person, job processes, tokens. */
export interface ShellLink {
  portsFor(places: CorePlaces): Ports;
  startJob(): JobProcess;
  receive(message: ShellToCore, ports: readonly PortMain[]): void;
}

interface RunningJob {
  port: PortMain | null;
  readonly onMessage: ((message: FromJob) => void)[];
  readonly onExit: ((code: number | null) => void)[];
}

export function createShellLink(shell: ParentPort): ShellLink {
  const post = (message: CoreToShell): void => shell.postMessage(message);
  const tokens = createFileTokens();
  const questions = new Map<number, (path: string | null) => void>();
  const jobs = new Map<number, RunningJob>();
  let lastId = 0;

  function ask(question: Question): Promise<string | null> {
    const id = ++lastId;
    return new Promise((resolve) => {
      questions.set(id, resolve);
      post({ type: 'ask', id, question });
    });
  }

  function startJob(): JobProcess {
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
  }

  function joinJob(jobId: number, port: PortMain | undefined): void {
    const job = jobs.get(jobId);
    if (job === undefined || port === undefined) return;
    job.port = port;
    port.on('message', ({ data }) => {
      for (const listener of job.onMessage) listener(data as FromJob); // jobProcess.ts sends nothing else
    });
    port.start();
  }

  function receive(message: ShellToCore, ports: readonly PortMain[]): void {
    if (message.type === 'answer') {
      questions.get(message.id)?.(message.path);
      questions.delete(message.id);
    }
    if (message.type === 'token') tokens.remember(message.token, message.path);
    if (message.type === 'jobStarted') joinJob(message.jobId, ports[0]);
    if (message.type === 'jobExited') {
      const job = jobs.get(message.jobId);
      jobs.delete(message.jobId);
      for (const listener of job?.onExit ?? []) listener(message.code);
    }
  }

  return {
    portsFor: ({ folder: _folder, ...places }) => ({
      ...places,
      pickFile: (request) => ask({ kind: 'pickFile', ...request }),
      pickSaveFile: (request) => ask({ kind: 'pickSaveFile', ...request }),
      pickFolder: (request) => ask({ kind: 'pickFolder', ...request }),
      resolveToken: tokens.resolveToken,
      tokenFor: tokens.tokenFor,
      restartLocked: (folder, reason) => post({ type: 'restartLocked', folder, reason }),
    }),
    startJob,
    receive,
  };
}
