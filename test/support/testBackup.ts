import { join } from 'node:path';
import type { ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { InspectedBackup, WrittenBackup } from '../../shared/vault/backupChannels';
import type { CallScope } from '../../electron/app/context';
import type { Db } from '../../electron/db/openDatabase';
import { tempFolder } from './tempFolder';
import { onTestFinished } from 'vitest';
import { createTestCore, PASSPHRASE, type TestCore, type TestCoreOptions } from './testCore';
import { okValue } from './testModel';

/** A core that is closed after the test. */
export async function coreFor(options: TestCoreOptions = {}): Promise<TestCore> {
  const test = await createTestCore(options);
  onTestFinished(test.close);
  return test;
}

/** A core without a workspace, as on another machine. */
export function emptyCore(nowMs = Date.now): Promise<TestCore> {
  return coreFor({ hasWorkspace: false, nowMs });
}

/** Every action in the log, oldest first, read past the gate so that nothing is added. */
export function actionsOf(test: TestCore): string[] {
  return dbOf(test)
    .prepare<[], string>('SELECT action FROM audit_event ORDER BY seq')
    .pluck()
    .all();
}

export function dbOf({ core }: TestCore): Db {
  const session = core.context.vault.session();
  if (session === null) throw new Error('the workspace is locked');
  return session.db;
}

/** Backs the open workspace up into a new file and gives what was written. */
export async function backUp(
  { call, picks }: TestCore,
  path = join(tempFolder(), 'copy.assaybackup'),
): Promise<WrittenBackup> {
  picks.push(path);
  return okValue<'vault.backUp'>(await call('vault.backUp', { passphrase: PASSPHRASE }));
}

/** What the gate says when it looks at a backup. */
export function inspect(
  { call, token }: TestCore,
  path: string,
): Promise<ResultOf<Contract['vault.inspectBackup']>> {
  return call('vault.inspectBackup', { source: { token: token(path) } });
}

export interface RestoreOptions {
  readonly passphrase?: string;
  readonly scope?: CallScope;
  /** Called between looking at the file and restoring it. */
  readonly onInspected?: (backup: InspectedBackup) => void;
}

/** Restores a backup for its first person, and answers what the gate says at the first step that fails. */
export async function restoreInto(
  test: TestCore,
  path: string,
  folder: string,
  { passphrase = PASSPHRASE, scope, onInspected }: RestoreOptions = {},
): Promise<ResultOf<Contract['vault.restore']>> {
  const inspected = await inspect(test, path);
  if (!inspected.ok) return inspected;
  onInspected?.(inspected.value);
  const { stageId, people } = inspected.value;
  const request = { stageId, folderToken: test.token(folder), personId: people[0]!.id, passphrase };
  return test.call('vault.restore', request, scope);
}
