import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  InspectedBackup,
  LastBackup,
  WrittenBackup,
  backupChannels,
} from '../../shared/vault/backupChannels';
import type { VaultStatus } from '../../shared/vault/channels';
import type { AppContext, CoreContext, StageKind } from '../app/context';
import { eventsOf } from '../audit/logService';
import { migrations } from '../db/migrations/index';
import { publishFile } from '../io/atomicWrite';
import { pickSourceFile } from '../io/pickSource';
import { createAttemptsLog, type AttemptsLog } from './attemptsLog';
import { backUpWorkspace, type BackupSource, type VerifiedBackup } from './backUpWorkspace';
import { BACKUP_EXTENSION, readBackupFile, type BackupContents } from './backupFile';
import { restoreWorkspace } from './restoreWorkspace';
import type { Session } from './session';
import { parseVaultFile } from './vaultFile';
import { folderOf } from './vaultService';
import { filesOf } from './workspaceFolder';

type Input<K extends keyof typeof backupChannels> = InputOf<(typeof backupChannels)[K]>;

/** A backup that was looked at and not yet restored. */
interface StagedBackup {
  readonly path: string;
  readonly contents: BackupContents;
  readonly attempts: AttemptsLog;
}

const STAGED_BACKUP: StageKind<StagedBackup> = { name: 'vault.backup' };

/**
 * Writes the whole workspace into one encrypted file where the person says, and proves it by opening it.
 *
 * The event `vault.backedUp` follows the file's name in the same moment: a process that is killed leaves
 * a whole file without its event at worst, never an event without its file.
 *
 * @throws AppFailure FORBIDDEN (wrong passphrase), CANCELLED (dialog closed, or stopped), CONFLICT (inside
 *   the workspace's own folder), NOT_FOUND (no such folder), STORAGE, INTEGRITY; no file stays then
 */
export function backUp(ctx: AppContext, input: Input<'vault.backUp'>): Promise<WrittenBackup> {
  if (ctx.workspace.isReadOnly) throw notRecordable();
  return ctx.withSlotKeys(input.passphrase, async ({ dataKey }) => {
    const path = await ctx.ports.pickSaveFile({
      title: 'Back up the workspace',
      extensions: [BACKUP_EXTENSION],
      suggestedName: `backup-${ctx.nowUtc().slice(0, 10)}.${BACKUP_EXTENSION}`,
    });
    if (path === null) {
      throw new AppFailure('CANCELLED', 'No place was chosen. Nothing was written.');
    }
    const session = openSession(ctx);
    return backUpWorkspace(sourceOf(ctx, session), path, dataKey, ctx, (backup) => {
      requireSame(ctx, session);
      return publish(ctx, backup, path);
    });
  });
}

function sourceOf(ctx: AppContext, session: Session): BackupSource {
  const { id: workspaceId, name: workspaceName, folder } = ctx.workspace;
  return {
    db: ctx.db,
    files: filesOf(folder),
    workspace: { workspaceId, workspaceName },
    appVersion: ctx.ports.appVersion,
    createdAtUtc: ctx.nowUtc(),
    copyDatabase(path) {
      requireSame(ctx, session);
      session.copyDatabase(path);
    },
  };
}

/** Name first, event second; no other call runs in between. */
function publish(ctx: AppContext, backup: VerifiedBackup, path: string): WrittenBackup {
  const { fileName, sha256, sizeBytes, manifest, partialPath } = backup;
  const { size: nEvents, rootSha256 } = manifest.log;
  publishFile(partialPath, path);
  const after = { fileName, sha256, sizeBytes, nEvents, rootSha256 };
  try {
    ctx.write('vault.backedUp', ctx.workspace.id, { after }, () => undefined);
  } catch (error) {
    throw notRecorded(fileName, error);
  }
  return { path, fileName, sha256, sizeBytes, createdAtUtc: manifest.createdAtUtc, nEvents };
}

/** The newest backup that the log knows of; null when there was none. */
export function lastBackup(ctx: AppContext): LastBackup | null {
  const event = eventsOf(ctx.db, 'vault.backedUp').at(-1);
  if (event === undefined) return null;
  const { fileName, sha256 } = event.after as WrittenBackup; // as publish() wrote it
  return { fileName, sha256, backedUpAtUtc: event.atUtc };
}

/**
 * Reads a backup from end to end and says what it is; nobody needs to be signed in.
 *
 * Whether it is genuine only the passphrase can prove, when it is restored.
 *
 * @throws AppFailure BAD_DATA (not a backup, damaged, of a newer Assay), NOT_FOUND (token), CANCELLED
 */
export async function inspectBackup(
  ctx: CoreContext,
  input: Input<'vault.inspectBackup'>,
): Promise<InspectedBackup> {
  const path = await pickSourceFile(ctx, input.source, {
    title: 'Backup of a workspace',
    extensions: [BACKUP_EXTENSION],
  });
  const contents = await readBackupFile(path, new Map(), ctx);
  const { manifest, fileName, sha256, sizeBytes } = contents;
  refuseNewerSchema(fileName, manifest.schemaVersion);
  const vault = parseVaultFile(contents.vaultText);
  if (vault.workspaceId !== manifest.workspaceId) throw mixed(fileName);
  const attempts = restoreAttempts(ctx, manifest.workspaceId);
  return {
    stageId: ctx.stages.put(STAGED_BACKUP, { path, contents, attempts }),
    fileName,
    sizeBytes,
    sha256,
    workspaceName: manifest.workspaceName,
    people: vault.slots.map(({ personId, printedName }) => ({ id: personId, printedName })),
    createdAtUtc: manifest.createdAtUtc,
    appVersion: manifest.appVersion,
    schemaVersion: manifest.schemaVersion,
    nEvents: manifest.log.size,
  };
}

/**
 * Restores an inspected backup into an empty or new folder, and signs the person in to it.
 *
 * A wrong passphrase counts like a failed sign-in: it delays the next try, and is in the restored log.
 *
 * @throws AppFailure FORBIDDEN (wrong passphrase, `retryAfterMs`), NOT_FOUND (step, folder or person),
 *   CONFLICT (folder in use, or someone is signed in), BAD_DATA, INTEGRITY, STORAGE, CANCELLED; nothing
 *   stays in the folder then
 */
export async function restore(
  ctx: CoreContext,
  input: Input<'vault.restore'>,
): Promise<VaultStatus> {
  const { stageId, folderToken, personId, passphrase } = input;
  const { path, contents, attempts } = ctx.stages.get(STAGED_BACKUP, stageId);
  const folder = folderOf(ctx, folderToken);
  const request = { path, inspected: contents, folder, personId, passphrase, attempts };
  await ctx.vault.adopt((environment) => restoreWorkspace(environment, request, ctx));
  ctx.stages.drop(stageId);
  return ctx.vault.status();
}

/** A backup has no folder to count failed attempts in, so they are kept with the application. */
function restoreAttempts({ ports }: CoreContext, workspaceId: WorkspaceId): AttemptsLog {
  const folder = ports.userDataFolder;
  const log = createAttemptsLog(join(folder, `restore-attempts-${workspaceId}.log`));
  return {
    ...log,
    record(attempt) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
      } catch {
        // Then the count goes on in memory.
      }
      log.record(attempt);
    },
  };
}

/** A person who has locked meanwhile wants no more to happen in their name. */
function requireSame(ctx: AppContext, session: Session): void {
  if (openSession(ctx) !== session) throw lockedMeanwhile();
}

function openSession(ctx: AppContext): Session {
  const session = ctx.vault.session();
  if (session === null) throw lockedMeanwhile();
  return session;
}

function refuseNewerSchema(file: string, fileVersion: number): void {
  const knownVersion = migrations.at(-1)?.version ?? 0;
  if (fileVersion <= knownVersion) return;
  throw new AppFailure(
    'BAD_DATA',
    `${file} holds a workspace of a newer Assay (data format ${fileVersion}; this Assay knows up to ${knownVersion}). Nothing was changed. Restore it with that newer Assay.`,
    { file, fileVersion, knownVersion },
  );
}

function mixed(file: string): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    `${file} is put together from parts of different workspaces. Nothing was changed. Use another copy of the backup.`,
    { file },
  );
}

function lockedMeanwhile(): AppFailure {
  return new AppFailure(
    'LOCKED',
    'The workspace was locked before the backup was whole. Nothing was written. Sign in and start again.',
  );
}

function notRecordable(): AppFailure {
  return new AppFailure(
    'STORAGE',
    'This workspace is open for reading only, so a backup could not be recorded in it. Nothing was written. Free the disk or the folder, then lock and sign in again; or close Assay and copy the whole folder.',
  );
}

function notRecorded(file: string, error: unknown): AppFailure {
  const why = error instanceof Error ? error.message : 'unknown reason';
  return new AppFailure(
    'STORAGE',
    `${file} is whole and verified, but the workspace could not record it: ${why} Nothing was recorded. Keep the file, and make another backup when this is mended.`,
  );
}
