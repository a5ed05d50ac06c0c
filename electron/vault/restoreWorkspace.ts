import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { PersonId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { CallScope } from '../app/context';
import {
  appendEvent,
  createHeadsLog,
  currentHead,
  noteTouchedRows,
  verifyChain,
  type EventSource,
  type HeadsLog,
  type LogHead,
} from '../audit/logService';
import { removeJournals } from '../db/backupDatabase';
import { migrate } from '../db/migrate';
import { openDatabase, type Db } from '../db/openDatabase';
import { toStorageFailure } from '../db/storageFailure';
import { cancelled } from '../io/badData';
import { toFileFailure } from '../io/fileFailure';
import { RESERVE_BYTES, requireFreeSpace } from '../io/freeSpace';
import { scaleScope } from '../io/scaleProgress';
import { createAttemptsLog, type AttemptsLog } from './attemptsLog';
import { readBackupFile, type BackupContents } from './backupFile';
import { requireGenuine } from './backupManifest';
import { requireDescribed, unlike } from './backupProof';
import type { CreatedWorkspace } from './createWorkspace';
import { isOneTime, type KeySlot, type SlotKeys } from './keySlot';
import { migrationRecord, signInSource } from './migrationRecord';
import { logKeysById, unwrapKeys, wipe } from './openWorkspace';
import { claimForRestore, type RestoreFolder } from './restoreFolder';
import { deriveChildKey } from './sealing';
import type { VaultEnvironment } from './signIn';
import { parseVaultFile, type VaultFile } from './vaultFile';
import { tooSoon, wrongPassphrase } from './signInFailures';

export interface RestoreRequest {
  readonly path: string;
  /** What was seen of the file when it was inspected; it must still be the same. */
  readonly inspected: BackupContents;
  /** Absolute path; made when it is not there, else it must be empty. */
  readonly folder: string;
  readonly personId: PersonId;
  readonly passphrase: string;
  /** Failed attempts on this backup, which has no folder of its own to keep them in. */
  readonly attempts: AttemptsLog;
}

/** What the steps of one restore share. */
interface Restore {
  readonly environment: VaultEnvironment;
  readonly request: RestoreRequest;
  readonly vault: VaultFile;
  readonly slot: KeySlot;
  readonly keys: SlotKeys;
}

/**
 * Restores a backup into an empty folder; the folder is a workspace only once everything was verified.
 *
 * Nothing of the file is opened before the passphrase has proven its manifest, and with it every part.
 * The event `vault.restored` is in the log before the folder gets its `vault.json`, so no restored
 * workspace is without it. When anything fails, nothing stays.
 *
 * @throws AppFailure FORBIDDEN (wrong passphrase, `retryAfterMs`), NOT_FOUND (person), CONFLICT (folder in
 *   use), BAD_DATA (the file changed meanwhile), INTEGRITY, STORAGE, CANCELLED
 * Cost: O(size of the backup) on the disk, and O(n) over the events of its log
 */
export async function restoreWorkspace(
  environment: VaultEnvironment,
  request: RestoreRequest,
  scope: CallScope,
): Promise<CreatedWorkspace> {
  const vault = parseVaultFile(request.inspected.vaultText);
  const slot = vault.slots.find(({ personId }) => personId === request.personId);
  if (slot === undefined) {
    throw new AppFailure('NOT_FOUND', 'This person has no key in this backup. Choose another.');
  }
  if (isOneTime(slot)) throw hasNoKeysYet(slot.printedName);
  const keys = await tryPassphrase(environment, request, vault, slot);
  try {
    requireGenuine(request.inspected.manifest, keys.dataKey);
    const files = await fillFolder({ environment, request, vault, slot, keys }, scope);
    request.attempts.clear();
    return { files, vault, slot, keys };
  } catch (error) {
    wipe(keys);
    if (scope.signal.aborted) throw cancelled();
    throw toStorageFailure(error) ?? toFileFailure(error, request.folder) ?? error;
  }
}

async function tryPassphrase(
  { nowMs }: VaultEnvironment,
  { attempts, personId, passphrase }: RestoreRequest,
  vault: VaultFile,
  slot: KeySlot,
): Promise<SlotKeys> {
  const retryAfterMs = attempts.retryAfterMs(nowMs());
  if (retryAfterMs > 0) throw tooSoon(retryAfterMs);
  const keys = await unwrapKeys(vault, slot, passphrase);
  if (keys !== null) return keys;
  const atMs = nowMs();
  attempts.record({ atUtc: new Date(atMs).toISOString(), personId, act: 'unlock' });
  throw wrongPassphrase(attempts.retryAfterMs(atMs), 'The passphrase');
}

async function fillFolder(restore: Restore, scope: CallScope): Promise<CreatedWorkspace['files']> {
  const { path, inspected, folder, attempts } = restore.request;
  const target = claimForRestore(folder);
  try {
    const databaseBytes = inspected.manifest.parts['assay.db'].sizeBytes;
    requireFreeSpace(folder, 2 * databaseBytes + RESERVE_BYTES, 'Restoring');
    const saveTo = new Map([
      ['assay.db', target.databasePartial],
      ['heads.log', target.headsPartial],
    ]);
    const contents = await readBackupFile(path, saveTo, scaleScope(scope, 0, 0.6));
    if (contents.sha256 !== inspected.sha256) throw changedMeanwhile(inspected.fileName);
    await proveAndRecord(restore, target, scaleScope(scope, 0.6, 1));
    const kept = createAttemptsLog(target.files.attempts);
    for (const attempt of attempts.failed()) kept.record(attempt);
    target.publish(inspected.vaultText);
    return target.files;
  } catch (error) {
    target.undo();
    throw error;
  }
}

async function proveAndRecord(
  restore: Restore,
  target: RestoreFolder,
  scope: CallScope,
): Promise<void> {
  const { manifest } = restore.request.inspected;
  const { dataKey } = restore.keys;
  const keyHex = dataKey.toString('hex');
  scope.progress({ fraction: 0, activity: 'Opening the database' });
  await setImmediate();
  if (scope.signal.aborted) throw cancelled();
  removeJournals(target.databasePartial);
  const db = openDatabase({ path: target.databasePartial, keyHex });
  const headsKey = deriveChildKey(dataKey, 'assay/heads/v1');
  try {
    requireDescribed(db, manifest);
    const heads = createHeadsLog(target.headsPartial, headsKey, manifest.workspaceId);
    const record = migrationRecord(() => sourceOf(db, restore));
    migrate(db, { keyHex, backupPathFor: null, record });
    await requireSoundHistory(db, heads, restore, scope);
    heads.append(recordRestore(db, restore));
  } finally {
    headsKey.fill(0);
    db.close();
  }
}

async function requireSoundHistory(
  db: Db,
  heads: HeadsLog,
  { vault }: Restore,
  { signal, progress }: CallScope,
): Promise<void> {
  const findings = await verifyChain(db, {
    workspaceId: vault.workspaceId,
    keys: logKeysById(db),
    heads: heads.read().heads,
    signal,
    progress,
  });
  if (findings.broken !== null) {
    throw unlike(`event ${findings.broken.seq} of its log: ${findings.broken.problem}`);
  }
  if (signal.aborted) throw cancelled();
}

function sourceOf(db: Db, { environment, vault, slot, keys }: Restore): EventSource {
  return signInSource(db, environment, vault, slot.personId, keys.personKek);
}

/** @returns the head of the log after it */
function recordRestore(db: Db, restore: Restore): LogHead {
  const { path, inspected } = restore.request;
  const { manifest, sha256 } = inspected;
  const source = sourceOf(db, restore);
  const backup = basename(path);
  noteTouchedRows(db);
  return db
    .transaction(() => {
      // The head that the restored log goes on from: the same as the backup's unless it was migrated.
      const head = currentHead(db);
      return appendEvent(db, source, {
        action: 'vault.restored',
        subject: source.workspaceId,
        detail: {
          before: { nEvents: manifest.log.size, rootSha256: manifest.log.rootSha256 },
          after: {
            backup,
            backupSha256: sha256,
            backupCreatedAtUtc: manifest.createdAtUtc,
            nEvents: head.size,
            rootSha256: head.rootSha256,
          },
        },
      });
    })
    .immediate();
}

function hasNoKeysYet(printedName: string): AppFailure {
  return new AppFailure(
    'CONFLICT',
    `${printedName} had not signed in yet when this backup was made, so they cannot vouch for it. Nothing was restored. Restore as somebody else.`,
  );
}

function changedMeanwhile(file: string): AppFailure {
  return new AppFailure(
    'BAD_DATA',
    `${file} has changed since it was looked at. Nothing was restored. Choose it again.`,
    { file },
  );
}
