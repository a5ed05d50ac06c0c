import {
  app,
  MessageChannelMain,
  utilityProcess,
  type BrowserWindow,
  type MessagePortMain,
  type UtilityProcess,
} from 'electron';
import { join } from 'node:path';
import type { CorePlaces, CoreToShell, LockReason, ShellToCore } from '../app/shellMessages';
import { answerCore } from './coreQuestions';
import { isOwnPage } from './security';

export interface CoreProcess {
  /** Hands the window's main frame its line to core. */
  joinWindow(window: BrowserWindow): void;
  rememberToken(token: string, path: string): void;
  lock(reason: LockReason): void;
  kill(): void;
}

export interface CoreEvents {
  currentWindow(): BrowserWindow;
  onFolder(folder: string | null): void;
  onRestartLocked(folder: string | null): void;
  onDied(code: number): void;
}

/** Starts core and does what it asks: questions to the person, job processes, locking. */
export function startCore(places: CorePlaces, events: CoreEvents): CoreProcess {
  const core = fork('core.cjs', 'Assay core');
  const jobs = new Map<number, UtilityProcess>();
  let isWanted = true;
  const post = (message: ShellToCore, ports: MessagePortMain[] = []): void => {
    if (isWanted) core.postMessage(message, ports);
  };

  function startJob(jobId: number): void {
    const job = fork('job.cjs', 'Assay job');
    jobs.set(jobId, job);
    job.on('exit', (code) => {
      if (jobs.delete(jobId)) post({ type: 'jobExited', jobId, code });
    });
    const { port1, port2 } = new MessageChannelMain();
    job.postMessage({ type: 'core' }, [port1]);
    post({ type: 'jobStarted', jobId }, [port2]);
  }

  core.on('message', (message: CoreToShell) => {
    if (!isWanted) return;
    if (message.type === 'startJob') startJob(message.jobId);
    if (message.type === 'killJob') jobs.get(message.jobId)?.kill();
    if (message.type === 'folder') events.onFolder(message.folder);
    if (message.type === 'restartLocked') events.onRestartLocked(message.folder);
    void answerCore(message, events.currentWindow)?.then((answer) => post(answer));
  });
  core.on('exit', (code) => {
    if (isWanted) events.onDied(code);
  });
  post({ type: 'start', places });

  return {
    joinWindow(window) {
      if (!isWanted || !isOwnPage(window.webContents.getURL())) return;
      const { port1, port2 } = new MessageChannelMain();
      post({ type: 'window' }, [port1]);
      window.webContents.postMessage('core.port', null, [port2]);
    },
    rememberToken: (token, path) => post({ type: 'token', token, path }),
    lock: (reason) => post({ type: 'lock', reason }),
    kill() {
      isWanted = false;
      for (const job of jobs.values()) job.kill();
      core.kill();
    },
  };
}

/** A utility process gets no more of the environment than it needs. */
function fork(file: string, serviceName: string): UtilityProcess {
  const names = ['HOME', 'LANG', 'TZ', 'TMPDIR', 'SystemRoot', 'TEMP', 'USERPROFILE'];
  // Names a library to load: in a checkout only.
  if (!app.isPackaged) names.push('ASSAY_SQLITE_BINDING');
  const env = Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return utilityProcess.fork(join(__dirname, file), [], { serviceName, env, stdio: 'inherit' });
}
