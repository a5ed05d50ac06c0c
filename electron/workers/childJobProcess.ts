import { fork } from 'node:child_process';
import type { FromJob, JobProcess } from './jobMessages';

/** Starts the job process under plain Node (command line and tests). */
export function startChildJobProcess(jobFile: string): JobProcess {
  const child = fork(jobFile, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '' },
    execArgv: ['--enable-source-maps'],
  });
  return {
    post: (message) => void child.send(message),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromJob)), // jobProcess.ts sends nothing else
    onExit: (listener) => {
      child.on('exit', listener);
      child.on('error', () => listener(null));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
