import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { VaultStatus } from '../../shared/vault/channels';
import { valueOf } from '../app/answer';
import type { CliCore } from './cliCore';
import { readPassphrase } from './passphrase';

export interface UnlockOptions {
  readonly passphraseFd?: string;
  /** Printed name of who signs in. */
  readonly person?: string;
  readonly json: boolean;
}

/** Adds the options of every command that needs a passphrase. */
export function askingForPassphrase(command: Command): Command {
  return command
    .option(
      '--passphrase-fd <n>',
      'read the passphrase from this file descriptor, 0 when called through npm (or set ASSAY_PASSPHRASE)',
    )
    .option('--json', 'print one JSON object and nothing else', false);
}

/** Makes a command one about a workspace that somebody signs in to. */
export function onWorkspace(command: Command): Command {
  return askingForPerson(command.argument('<folder>', 'the folder of the workspace'));
}

/** Adds the option that says whose passphrase it is. */
export function askingForPerson(command: Command): Command {
  return askingForPassphrase(command).option(
    '--person <name>',
    'who signs in, by printed name (default: the first person)',
  );
}

/**
 * The person of that name, or the first one when no name is given.
 *
 * @throws AppFailure NOT_FOUND naming those who are there
 */
export function choosePerson<P extends { readonly printedName: string }>(
  people: readonly P[],
  name: string | undefined,
): P {
  const person = name === undefined ? people[0] : people.find((one) => one.printedName === name);
  if (person !== undefined) return person;
  const names = people.map(({ printedName }) => printedName).join(', ');
  throw new AppFailure('NOT_FOUND', `${name ?? 'Nobody'} has no key here. There is: ${names}.`);
}

/** Points to the workspace and asks for the passphrase of a person. */
export async function openLocked(
  { call, tokens }: CliCore,
  folder: string,
  options: UnlockOptions,
): Promise<{ readonly personId: PersonId; readonly passphrase: string }> {
  const locked = valueOf<'vault.open'>(
    await call('vault.open', { folderToken: tokens.tokenFor(resolve(folder)) }),
  );
  const person = choosePerson(locked.state === 'locked' ? locked.people : [], options.person);
  const prompt = `Passphrase of ${person.printedName}: `;
  return { personId: person.id, passphrase: await readPassphrase(prompt, options.passphraseFd) };
}

/** Signs a person of a workspace in. */
export async function unlock(
  cli: CliCore,
  folder: string,
  options: UnlockOptions,
): Promise<Extract<VaultStatus, { state: 'unlocked' }>> {
  const person = await openLocked(cli, folder, options);
  const status = valueOf<'vault.unlock'>(await cli.call('vault.unlock', person));
  if (status.state !== 'unlocked') throw new AppFailure('LOCKED', 'The workspace did not open.');
  return status;
}

/** Prints the facts as JSON, or the lines for people. */
export function print({ json }: UnlockOptions, facts: object, lines: readonly string[]): void {
  process.stdout.write(`${json ? JSON.stringify(facts, null, 2) : lines.join('\n')}\n`);
}
