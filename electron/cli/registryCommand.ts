import type { Command } from 'commander';
import { addRegistryImport } from './registryImport';

/** `assay registry …`: one file for each thing to do. */
const SUBCOMMANDS: readonly ((registry: Command) => void)[] = [addRegistryImport];

export function addRegistryCommand(program: Command): void {
  const registry = program
    .command('registry')
    .description('Bring models and versions into a workspace.');
  for (const add of SUBCOMMANDS) add(registry);
}
