import type { Command } from 'commander';
import { addRegistryExport } from './registryExport';
import { addRegistryImport } from './registryImport';
import { addRegistryLive } from './registryLive';
import { addRegistryVerify } from './registryVerify';

/** `assay registry …`: one file for each thing to do. */
const SUBCOMMANDS: readonly ((registry: Command) => void)[] = [
  addRegistryExport,
  addRegistryImport,
  addRegistryLive,
  addRegistryVerify,
];

export function addRegistryCommand(program: Command): void {
  const registry = program
    .command('registry')
    .description('Ask the registry of a workspace, and take versions in and out.');
  for (const add of SUBCOMMANDS) add(registry);
}
