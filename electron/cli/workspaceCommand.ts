import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AppFailure } from '../../shared/ipc/errors';
import { valueOf } from '../app/answer';
import { addBackupCommands } from './backupCommand';
import { withCliCore } from './cliCore';
import { EXIT } from './exitCode';
import { allModels } from './namedModels';
import { readPassphrase } from './passphrase';
import {
  askingForPassphrase,
  onWorkspace,
  openLocked,
  print,
  unlock,
  type UnlockOptions,
} from './unlockFirst';

/** `assay workspace create|info|check|backup|restore` */
export function addWorkspaceCommand(program: Command): void {
  const workspace = program
    .command('workspace')
    .description('Create, look at, check, back up or restore an encrypted workspace.');
  const commandFor = (name: string, description: string): Command =>
    workspace.command(name).description(description);
  askingForPassphrase(
    commandFor('create', 'Create a workspace; its first person holds every role.'),
  )
    .argument('<folder>', 'the folder of the workspace')
    .requiredOption('--name <text>', 'name of the workspace')
    .requiredOption('--person <text>', 'your name as it is printed with signatures')
    .action(createWorkspace);
  onWorkspace(commandFor('info', 'Show what a workspace holds.')).action(showInfo);
  onWorkspace(
    commandFor(
      'check',
      'Sweep pages, foreign keys, log, records and signatures. Exit code 1 when something is wrong.',
    ),
  ).action(checkWorkspace);
  addBackupCommands(workspace);
}

function createWorkspace(
  folder: string,
  options: UnlockOptions & { readonly name: string; readonly person: string },
): Promise<void> {
  return withCliCore({}, async ({ call, tokens }) => {
    const passphrase = await readPassphrase('New passphrase: ', options.passphraseFd);
    const path = resolve(folder);
    makeFolder(path);
    const status = valueOf<'vault.create'>(
      await call('vault.create', {
        folderToken: tokens.tokenFor(path),
        name: options.name,
        printedName: options.person,
        passphrase,
      }),
    );
    if (status.state !== 'unlocked')
      throw new AppFailure('INTEGRITY', 'The new workspace did not open.');
    print(options, status.workspace, [`Created workspace ${status.workspace.name} in ${path}.`]);
  });
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason';
    throw new AppFailure(
      'STORAGE',
      `The folder ${path} cannot be made: ${why}. Nothing was created.`,
    );
  }
}

function showInfo(folder: string, options: UnlockOptions): Promise<void> {
  return withCliCore({}, async (cli) => {
    const status = await unlock(cli, folder, options);
    const models = await allModels(cli);
    const facts = {
      ...status.workspace,
      person: status.person.printedName,
      roles: status.person.roles,
      nEvents: status.nEvents,
      nModels: models.length,
      nOpenAlerts: models.reduce((sum, { nOpenAlerts }) => sum + nOpenAlerts, 0),
    };
    print(
      options,
      facts,
      Object.entries(facts).map(([key, value]) => `${key}: ${String(value)}`),
    );
  });
}

function checkWorkspace(folder: string, options: UnlockOptions): Promise<void> {
  return withCliCore({}, async (cli) => {
    const person = await openLocked(cli, folder, options);
    const check = valueOf<'vault.checkLocked'>(await cli.call('vault.checkLocked', person));
    const lines = check.checks.map(
      ({ isPassed, title, detail }) => `${isPassed ? 'passed' : 'FAILED'}  ${title}: ${detail}`,
    );
    print(options, check, [
      ...lines,
      check.isIntact ? 'The workspace is intact.' : 'The workspace is NOT intact.',
    ]);
    process.exitCode = check.isIntact ? EXIT.done : EXIT.found;
  });
}
