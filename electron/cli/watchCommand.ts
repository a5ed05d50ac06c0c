import { resolve } from 'node:path';
import type { Command } from 'commander';
import { formatCount } from '../../shared/base/formatNumber';
import type { IntakePass, IntakeRecord } from '../../shared/intake/intake';
import { valueOf } from '../app/answer';
import { withCliCore, type CliCore } from './cliCore';
import { EXIT } from './exitCode';
import { onWorkspace, openLocked, print, type UnlockOptions } from './unlockFirst';

interface WatchOptions extends UnlockOptions {
  readonly set?: string;
  readonly reason: string;
}

/** Two looks that are as far apart find out whether a file of unknown size is still being written. */
const BETWEEN_LOOKS_MS = 1_100;

/** `assay watch FOLDER --once [--set PATH]` */
export function addWatchCommand(program: Command): void {
  onWorkspace(program.command('watch'))
    .description(
      'Import what lies in the watched folder of a workspace, in order, each file exactly once. New versions are signed with your passphrase.',
    )
    .requiredOption('--once', 'take what is there and exit (an open window watches all the time)')
    .option('--set <path>', 'watch this folder from now on')
    .option('--reason <text>', 'goes on record', 'Imported from the watched folder.')
    .addHelpText(
      'after',
      '\nExit codes: 0 everything was imported; 1 something failed or still waits (it is listed); 2 could not be done.',
    )
    .action(watchOnce);
}

function watchOnce(folder: string, options: WatchOptions): Promise<void> {
  return withCliCore({}, async (cli) => {
    const person = await openLocked(cli, folder, options);
    const status = valueOf<'vault.unlock'>(await cli.call('vault.unlock', person));
    if (options.set !== undefined) await setFolder(cli, options.set, options.reason);
    const signing = {
      meaning: 'responsibility' as const,
      reason: options.reason,
      passphrase: person.passphrase,
      printedName: status.state === 'unlocked' ? status.person.printedName : null,
    };
    const pass = await drain(cli, signing);
    print(options, pass, toLines(pass));
    const isClean =
      pass.problem === null &&
      pass.waiting.length === 0 &&
      pass.taken.every(({ outcome }) => outcome !== 'failed');
    process.exitCode = isClean ? EXIT.done : EXIT.found;
  });
}

async function setFolder({ call, tokens }: CliCore, path: string, reason: string): Promise<void> {
  const { setting } = valueOf<'intake.getState'>(await call('intake.getState', {}));
  const source = { token: tokens.tokenFor(resolve(path)) };
  valueOf(await call('intake.setFolder', { source, reason, revision: setting.revision }));
}

/** Goes on as long as a look takes something, or as something may still be written to. */
async function drain(
  { call }: CliCore,
  signing: Parameters<typeof call<'intake.take'>>[1]['signing'],
): Promise<IntakePass> {
  const taken: IntakeRecord[] = [];
  let hasWaited = false;
  for (;;) {
    const pass = valueOf<'intake.take'>(await call('intake.take', { signing, versions: null }));
    taken.push(...pass.taken);
    const mayBeWhole = pass.waiting.some(({ waitsFor }) => waitsFor === 'whole');
    if (pass.problem !== null || (pass.taken.length === 0 && (hasWaited || !mayBeWhole)))
      return { ...pass, taken };
    hasWaited = mayBeWhole && pass.taken.length === 0;
    if (hasWaited) await new Promise((done) => setTimeout(done, BETWEEN_LOOKS_MS));
  }
}

function toLines({ taken, waiting, problem }: IntakePass): readonly string[] {
  const count = (outcome: IntakeRecord['outcome']): string =>
    formatCount(taken.filter((one) => one.outcome === outcome).length);
  return [
    `Imported ${count('imported')}, failed ${count('failed')}, delivered again ${count('repeated')}, waiting ${formatCount(waiting.length)}.`,
    ...taken.map(({ outcome, sidecarName, problem: why }) =>
      why === null
        ? `  ${outcome}: ${sidecarName}`
        : `  ${outcome}: ${sidecarName}: ${why.message}`,
    ),
    ...waiting.map(({ name, reason }) => `  waits: ${name}: ${reason}`),
    ...(problem === null ? [] : [problem]),
  ];
}
