import { join, resolve } from 'node:path';
import type { CallScope, Keychain, Ports } from '../../electron/app/context';
import { createCore, type Core } from '../../electron/app/createContext';
import { dispatch } from '../../electron/app/dispatch';
import { createFileTokens } from '../../electron/app/fileTokens';
import { createLog } from '../../electron/app/log';
import { NO_KEYCHAIN } from '../../electron/app/noKeychain';
import { LOWEST_KDF_COST } from '../../electron/vault/passphraseKey';
import type { JobRunner } from '../../electron/workers/jobRunner';
import type { RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import type { Role } from '../../shared/vault/person';
import { createInProcessJobRunner } from './inProcessJobs';
import { tempFolder } from './tempFolder';
import { PASSPHRASE, PRINTED_NAME, WORKSPACE_NAME } from './testVault';

export { PASSPHRASE } from './testVault';

export interface TestCoreOptions {
  /** Roles of the signed-in person; all of them unless told. */
  readonly roles?: readonly Role[];
  readonly nowMs?: () => number;
  readonly jobs?: JobRunner;
  /** False leaves the workspace to the test. */
  readonly hasWorkspace?: boolean;
  /** None unless told. */
  readonly keychain?: Keychain;
  /** Prints nothing unless told. */
  readonly printPdf?: Ports['printPdf'];
  /** Where everything lies; a folder of its own unless told, for a second start on the same machine. */
  readonly root?: string;
}

export interface TestCore {
  readonly core: Core;
  /** Where the workspace lies. */
  readonly folder: string;
  /** What the application keeps for itself. */
  readonly userDataFolder: string;
  /** What the next dialogs answer, first in, first out; an empty queue is a closed dialog. */
  readonly picks: (string | null)[];
  /** Lines of the application's log. */
  readonly logged: readonly string[];
  /** Why the shell was asked to start core afresh. */
  readonly restarts: readonly string[];
  /** Calls through the gate. */
  call<K extends ChannelName>(
    name: K,
    input: RawInputOf<Contract[K]>,
    scope?: CallScope,
  ): Promise<ResultOf<Contract[K]>>;
  /** A token for a file, as if the person had dropped it on the window. */
  token(path: string): string;
  close(): void;
}

/** A whole core on real files, with arguments where the desktop has dialogs, signed in. */
export async function createTestCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const { nowMs = Date.now, jobs = createInProcessJobRunner(), hasWorkspace = true } = options;
  const { root = tempFolder(), keychain = NO_KEYCHAIN } = options;
  const { printPdf = () => Promise.resolve(null) } = options;
  const folder = join(root, 'workspace');
  const picks: (string | null)[] = [];
  const logged: string[] = [];
  const restarts: string[] = [];
  const ports = { ...testPorts(root, picks, restarts), keychain, printPdf };
  const log = createLog((line) => void logged.push(line));
  const core = createCore({ ports, log, jobs, nowMs, kdf: LOWEST_KDF_COST });
  const test: TestCore = {
    core,
    folder,
    userDataFolder: ports.userDataFolder,
    picks,
    logged,
    restarts,
    call: (name, input, scope) => dispatch(core, name, input, scope),
    token: ports.tokenFor,
    close() {
      jobs.close();
      core.context.vault.close();
    },
  };
  if (hasWorkspace) await createAndSignIn(test, options.roles);
  return test;
}

async function createAndSignIn({ core, folder }: TestCore, roles?: readonly Role[]): Promise<void> {
  const { vault } = core.context;
  await vault.create({
    folder,
    name: WORKSPACE_NAME,
    printedName: PRINTED_NAME,
    passphrase: PASSPHRASE,
    isSample: false,
  });
  const session = vault.session();
  if (roles === undefined || session === null) return;
  const { actor } = session;
  session.write('vault.rolesChanged', actor.id, { after: { roles } }, (db) =>
    db.prepare('UPDATE person SET roles = ? WHERE id = ?').run(JSON.stringify(roles), actor.id),
  );
  vault.lock('person');
  await vault.unlock(actor.id, PASSPHRASE);
}

function testPorts(
  root: string,
  picks: (string | null)[],
  restarts: string[],
): Omit<Ports, 'keychain' | 'printPdf'> {
  const pick = (): Promise<string | null> => Promise.resolve(picks.shift() ?? null);
  return {
    ...createFileTokens(),
    pickFile: pick,
    pickSaveFile: pick,
    pickFolder: pick,
    resourcesFolder: resolve('resources'),
    defaultWorkspacesFolder: join(root, 'Assay'),
    userDataFolder: join(root, 'userData'),
    appVersion: '0.0.0-test',
    restartLocked: (_folder, reason) => void restarts.push(reason),
  };
}
