import type { JobProcess } from '../workers/jobMessages';
import type { ParentPort, PortMain } from '../workers/parentPort';
import type { Ports } from './context';
import { createFileTokens } from './fileTokens';
import { createShellJobs } from './shellJobs';
import { createShellKeychain } from './shellKeychain';
import { createShellPrinter } from './shellPrinter';
import type { CorePlaces, CoreToShell, Question, ShellToCore } from './shellMessages';

/** Core's side of its line to the shell: questions to the person, job processes, tokens. */
export interface ShellLink {
  portsFor(places: CorePlaces): Ports;
  startJob(): JobProcess;
  /** Tells the shell which workspace to show again should this process die. */
  noteFolder(folder: string | null): void;
  receive(message: ShellToCore, ports: readonly PortMain[]): void;
}

export function createShellLink(shell: ParentPort): ShellLink {
  const post = (message: CoreToShell): void => shell.postMessage(message);
  const { remember, ...tokens } = createFileTokens();
  const jobs = createShellJobs(post);
  const keychain = createShellKeychain(post);
  const printer = createShellPrinter(post);
  const questions = new Map<number, (path: string | null) => void>();
  let lastId = 0;

  function ask(question: Question): Promise<string | null> {
    const id = ++lastId;
    return new Promise((resolve) => {
      questions.set(id, resolve);
      post({ type: 'ask', id, question });
    });
  }

  return {
    portsFor: ({ folder: _folder, ...places }) => ({
      ...places,
      ...tokens,
      keychain: keychain.port,
      printPdf: printer.printPdf,
      pickFile: (request) => ask({ kind: 'pickFile', ...request }),
      pickSaveFile: (request) => ask({ kind: 'pickSaveFile', ...request }),
      pickFolder: (request) => ask({ kind: 'pickFolder', ...request }),
      restartLocked: (folder, reason) => post({ type: 'restartLocked', folder, reason }),
    }),
    startJob: jobs.start,
    noteFolder: (folder) => post({ type: 'folder', folder }),
    receive(message, ports) {
      if (message.type === 'token') remember(message.token, message.path);
      if (message.type === 'jobStarted') jobs.join(message.jobId, ports[0]);
      if (message.type === 'jobExited') jobs.exited(message.jobId, message.code);
      if (message.type === 'keychainAnswer') keychain.answered(message.id, message.answer);
      if (message.type === 'printed') printer.printed(message.id, message.pdf);
      if (message.type === 'answer') {
        questions.get(message.id)?.(message.path);
        questions.delete(message.id);
      }
    },
  };
}
