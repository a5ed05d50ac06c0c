import type { Command } from 'commander';
import { addLive } from './registryLive';

/** `assay registry …`: what the registry knows, one subcommand a file. */
export function addRegistryCommand(program: Command): void {
  const registry = program
    .command('registry')
    .description('Ask the registry of a workspace, and take versions in and out.');
  addLive(registry);
}
