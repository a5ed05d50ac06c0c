import type { Command } from 'commander';
import { addRegistryImport } from './registryImport';
import { addRegistryLive } from './registryLive';

/** `assay registry …`: one file for each thing to do. */
const SUBCOMMANDS: readonly ((registry: Command) => void)[] = [addRegistryImport, addRegistryLive];

export function addRegistryCommand(program: Command): void {
  const registry = program
    .command('registry')
    .description('Ask the registry of a workspace, and take versions in and out.');
  for (const add of SUBCOMMANDS) add(registry);
}
