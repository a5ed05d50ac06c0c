import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { formatCount } from '../../shared/base/formatNumber';
import { AppFailure } from '../../shared/ipc/errors';
import { valueOf } from '../app/answer';
import { withCliCore } from './cliCore';
import { onWorkspace, print, unlock, type UnlockOptions } from './unlockFirst';

/** `assay timestamp request FOLDER --out FILE.tsq` and `assay timestamp import FOLDER FILE.tsr` */
export function addTimestampCommand(program: Command): void {
  const timestamp = program
    .command('timestamp')
    .description('Have an outside authority stamp the state of the audit log (RFC 3161).');
  onWorkspace(
    timestamp
      .command('request')
      .description('Write a request file, and the checkpoint that gets stamped beside it.'),
  )
    .requiredOption('--out <file>', 'the request file to write (.tsq)')
    .action(requestTimestamp);
  onWorkspace(
    timestamp
      .command('import')
      .description("Take the authority's response to a request of this workspace."),
  )
    .argument('<response>', 'the response file (.tsr)')
    .addHelpText(
      'after',
      "\nChecked: imprint, nonce, signature, purpose of the certificate. Who issued the certificate is for you to check: openssl ts -verify with the authority's CA.",
    )
    .action(importTimestamp);
}

function requestTimestamp(
  folder: string,
  options: UnlockOptions & { readonly out: string },
): Promise<void> {
  const savePath = resolve(options.out);
  return withCliCore({ savePath }, async (cli) => {
    // The desktop's dialog asks before it replaces a file; here nobody can be asked.
    if (existsSync(savePath)) {
      throw new AppFailure(
        'CONFLICT',
        `${savePath} is there already. Nothing was written; give --out a new name.`,
      );
    }
    await unlock(cli, folder, options);
    const exported = valueOf<'audit.requestTimestamp'>(
      await cli.call('audit.requestTimestamp', {}),
    );
    print(options, exported, [
      `Request      ${exported.path}`,
      `Checkpoint   ${exported.checkpointPath} (${formatCount(exported.timestamp.logSize)} events)`,
      'Take the request to a timestamping authority, then: assay timestamp import FOLDER RESPONSE.tsr',
    ]);
  });
}

function importTimestamp(folder: string, file: string, options: UnlockOptions): Promise<void> {
  return withCliCore({}, async (cli) => {
    await unlock(cli, folder, options);
    const source = { token: cli.tokens.tokenFor(resolve(file)) };
    const timestamp = valueOf<'audit.importTimestamp'>(
      await cli.call('audit.importTimestamp', { source }),
    );
    const { stamp, logSize } = timestamp;
    if (stamp === null) throw new AppFailure('INTEGRITY', 'The response was not recorded.');
    print(options, timestamp, [
      `The first ${formatCount(logSize)} events of the log existed at ${stamp.stampedAtUtc}, says ${stamp.authority}.`,
      "Not checked: who issued the authority's certificate. Use openssl ts -verify with its CA.",
    ]);
  });
}
