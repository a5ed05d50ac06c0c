import type { Command } from 'commander';
import { addRegistryExport } from './registryExport';
import { addRegistryVerify } from './registryVerify';

/** One file for each; each adds itself to the command. */
const SUBCOMMANDS: readonly ((registry: Command) => void)[] = [
  addRegistryExport,
  addRegistryVerify,
];

/** `assay registry …` */
export function addRegistryCommand(program: Command): void {
  const registry = program.command('registry').description('Models and their versions.');
  for (const add of SUBCOMMANDS) add(registry);
}
