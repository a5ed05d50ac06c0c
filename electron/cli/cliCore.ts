import { homedir } from 'node:os';
import { join } from 'node:path';
import packageFile from '../../package.json';
import { AppFailure } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';
import { createCore, type Core } from '../app/createContext';
import { dispatch } from '../app/dispatch';
import type { CallScope, CoreContext } from '../app/context';
import { createFileTokens, type FileTokens } from '../app/fileTokens';
import { createLog } from '../app/log';
import { NO_KEYCHAIN } from '../app/noKeychain';
import { startChildJobProcess } from '../workers/childJobProcess';
import { createJobRunner } from '../workers/jobRunner';
import { reportFailure } from './exitCode';

export const APP_VERSION = packageFile.version;

/** Core on plain Node, with arguments where the desktop has dialogs. */
export interface CliCore {
  readonly core: Core;
  readonly tokens: FileTokens;
  readonly call: CoreContext['call'];
  readonly scope: CallScope;
  close(): void;
}

export interface CliCoreOptions {
  /** What a save dialog would answer. */
  readonly savePath?: string;
}

export function createCliCore({ savePath }: CliCoreOptions = {}): CliCore {
  const tokens = createFileTokens();
  const jobs = createJobRunner(() => startChildJobProcess(join(__dirname, 'job.cjs')));
  const controller = new AbortController();
  const core = createCore({
    jobs,
    log: createLog((line) => process.stderr.write(`${line}\n`)),
    ports: {
      ...tokens,
      pickFile: () => Promise.resolve(null),
      pickFolder: () => Promise.resolve(null),
      pickSaveFile: () => Promise.resolve(savePath ?? null),
      resourcesFolder: join(__dirname, '..', '..', 'resources'),
      defaultWorkspacesFolder: join(homedir(), 'Assay'),
      userDataFolder: join(homedir(), '.assay'),
      appVersion: APP_VERSION,
      keychain: NO_KEYCHAIN,
      printPdf: () => Promise.resolve(null),
      restartLocked: () => {},
    },
  });
  const scope = { progress: showProgress, signal: controller.signal };
  const interrupt = (): void => controller.abort();
  process.once('SIGINT', interrupt);
  return {
    core,
    tokens,
    scope,
    call: (name, input) => dispatch(core, name, input, scope),
    close() {
      process.off('SIGINT', interrupt);
      core.context.vault.close();
      jobs.close();
    },
  };
}

/** One line that overwrites itself, only where a person is watching. */
function showProgress({ fraction, activity }: Progress): void {
  if (!process.stderr.isTTY) return;
  const percent = fraction === null ? '' : `${Math.round(fraction * 100)} % `;
  process.stderr.write(`\r\u001b[K${percent}${activity}`);
  if (fraction === 1) process.stderr.write('\r\u001b[K');
}

/** Runs a command's work with a core of its own; a failure goes to stderr and into the exit code. */
export async function withCliCore(
  options: CliCoreOptions,
  work: (cli: CliCore) => Promise<void>,
): Promise<void> {
  const cli = createCliCore(options);
  try {
    await work(cli);
  } catch (error) {
    if (!(error instanceof AppFailure)) throw error;
    reportFailure(error);
  } finally {
    cli.close();
  }
}
