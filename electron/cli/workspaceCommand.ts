import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { VaultStatus } from '../../shared/vault/channels';
import { valueOf } from '../app/sampleStory';
import { withCliCore, type CliCore } from './cliCore';
import { EXIT } from './exitCode';
import { readPassphrase } from './passphrase';

interface UnlockOptions {
  readonly passphraseFd?: string;
  readonly json: boolean;
}

/** `assay workspace create|info|check DIR` */
export function addWorkspaceCommand(program: Command): void {
  const workspace = program
    .command('workspace')
    .description('Create, look at or check an encrypted workspace.');
  const withPassphrase = (name: string, description: string): Command =>
    workspace
      .command(name)
      .description(description)
      .argument('<folder>', 'the folder of the workspace')
      .option(
        '--passphrase-fd <n>',
        'read the passphrase from this file descriptor, 0 when called through npm (or set ASSAY_PASSPHRASE)',
      )
      .option('--json', 'print one JSON object and nothing else', false);
  withPassphrase('create', 'Create a workspace; its first person holds every role.')
    .requiredOption('--name <text>', 'name of the workspace')
    .requiredOption('--person <text>', 'your name as it is printed with signatures')
    .action(createWorkspace);
  withPassphrase('info', 'Show what a workspace holds.').action(showInfo);
  withPassphrase(
    'check',
    'Sweep pages, foreign keys, log and signatures. Exit code 1 when something is wrong.',
  ).action(checkWorkspace);
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
    const models = valueOf<'registry.listModels'>(await cli.call('registry.listModels', {}));
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

/** Points to the workspace and asks for the passphrase of its first person. */
async function openLocked(
  { call, tokens }: CliCore,
  folder: string,
  options: UnlockOptions,
): Promise<{ readonly personId: PersonId; readonly passphrase: string }> {
  const locked = valueOf<'vault.open'>(
    await call('vault.open', { folderToken: tokens.tokenFor(resolve(folder)) }),
  );
  const person = locked.state === 'locked' ? locked.people[0] : undefined;
  if (person === undefined)
    throw new AppFailure('NOT_FOUND', `${resolve(folder)} holds no workspace.`);
  const prompt = `Passphrase of ${person.printedName}: `;
  return { personId: person.id, passphrase: await readPassphrase(prompt, options.passphraseFd) };
}

async function unlock(
  cli: CliCore,
  folder: string,
  options: UnlockOptions,
): Promise<Extract<VaultStatus, { state: 'unlocked' }>> {
  const person = await openLocked(cli, folder, options);
  const status = valueOf<'vault.unlock'>(await cli.call('vault.unlock', person));
  if (status.state !== 'unlocked') throw new AppFailure('LOCKED', 'The workspace did not open.');
  return status;
}

function print({ json }: UnlockOptions, facts: object, lines: readonly string[]): void {
  process.stdout.write(`${json ? JSON.stringify(facts, null, 2) : lines.join('\n')}\n`);
}
