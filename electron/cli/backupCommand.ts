import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { formatBytes } from '../../shared/base/formatNumber';
import { AppFailure } from '../../shared/ipc/errors';
import { valueOf } from '../app/answer';
import { withCliCore } from './cliCore';
import { readPassphrase } from './passphrase';
import {
  askingForPerson,
  choosePerson,
  onWorkspace,
  openLocked,
  print,
  type UnlockOptions,
} from './unlockFirst';

/** `assay workspace backup FOLDER FILE` and `assay workspace restore FILE FOLDER` */
export function addBackupCommands(workspace: Command): void {
  onWorkspace(workspace.command('backup'))
    .description('Write a workspace into one encrypted file, and verify it.')
    .argument('<file>', 'the backup to write; a file that is there already is not overwritten')
    .action(backUp);
  askingForPerson(workspace.command('restore'))
    .description('Restore a backup into an empty or new folder.')
    .argument('<file>', 'the backup')
    .argument('<folder>', 'where the workspace goes')
    .action(restore);
}

function backUp(folder: string, file: string, options: UnlockOptions): Promise<void> {
  const path = resolve(file);
  return withCliCore({ savePath: path }, async (cli) => {
    if (existsSync(path)) {
      throw new AppFailure(
        'CONFLICT',
        `${path} is there already. Nothing was written; name a new file.`,
      );
    }
    const person = await openLocked(cli, folder, options);
    valueOf<'vault.unlock'>(await cli.call('vault.unlock', person));
    const { passphrase } = person;
    const backup = valueOf<'vault.backUp'>(await cli.call('vault.backUp', { passphrase }));
    print(options, backup, [
      `Backed up ${String(backup.nEvents)} events into ${backup.path} (${formatBytes(backup.sizeBytes)}), and verified it.`,
      `SHA-256: ${backup.sha256}`,
      'It opens with the passphrases of today, whatever they are changed to later.',
    ]);
  });
}

function restore(file: string, folder: string, options: UnlockOptions): Promise<void> {
  return withCliCore({}, async ({ call, tokens }) => {
    const source = { token: tokens.tokenFor(resolve(file)) };
    const backup = valueOf<'vault.inspectBackup'>(await call('vault.inspectBackup', { source }));
    const person = choosePerson(backup.people, options.person);
    const passphrase = await readPassphrase(
      `Passphrase of ${person.printedName}: `,
      options.passphraseFd,
    );
    const status = valueOf<'vault.restore'>(
      await call('vault.restore', {
        stageId: backup.stageId,
        folderToken: tokens.tokenFor(resolve(folder)),
        personId: person.id,
        passphrase,
      }),
    );
    if (status.state !== 'unlocked') throw new AppFailure('LOCKED', 'The workspace did not open.');
    const { createdAtUtc, sha256 } = backup;
    print(options, { ...status.workspace, nEvents: status.nEvents, createdAtUtc, sha256 }, [
      `Restored workspace ${status.workspace.name} of ${createdAtUtc} into ${status.workspace.folder}.`,
    ]);
  });
}
