import { Command } from 'commander';
import { addCanaryCommand } from './canaryCommand';
import { addDemoCommand } from './demoCommand';
import { addDriftCommand } from './driftCommand';
import { APP_VERSION } from './cliCore';
import { addHandoffCommand } from './handoffCommand';
import { addRegistryCommand } from './registryCommand';
import { addTimestampCommand } from './timestampCommand';
import { addVerifyCommand } from './verifyCommand';
import { addWatchCommand } from './watchCommand';
import { addWorkspaceCommand } from './workspaceCommand';
import { EXIT } from './exitCode';

/** Entry of the command line: the same services as the window, through the same gate. */
const program = new Command('assay')
  .description(
    'Keep machine-learning models reliable, compliant and explainable, and prove it. Offline.',
  )
  .version(APP_VERSION)
  .addHelpText(
    'after',
    '\nExit codes: 0 done and nothing found; 1 done, and drift found or package invalid; 2 could not be done.',
  )
  .enablePositionalOptions() // so that a command may have a --version of its own
  .exitOverride();

addCanaryCommand(program);
addDemoCommand(program);
addDriftCommand(program);
addHandoffCommand(program);
addRegistryCommand(program);
addTimestampCommand(program);
addVerifyCommand(program);
addWatchCommand(program);
addWorkspaceCommand(program);

program.parseAsync(process.argv).then(
  () => undefined,
  (error: unknown) => {
    const isHelp = error instanceof Error && 'exitCode' in error && error.exitCode === 0;
    process.exitCode = isHelp ? EXIT.done : EXIT.failed;
  },
);
