import { AppFailure } from '../../shared/ipc/errors';
import type { Log } from '../app/log';
import { toStorageFailure } from '../db/storageFailure';
import type { AttemptsLog, FailedAttempt } from './attemptsLog';
import { changeDataKey, settleDataKey } from './dataKeyChange';
import { createSlot, slotDigest, type KeySlot, type SlotKeys } from './keySlot';
import { migrationRecord, signInSource } from './migrationRecord';
import { identify, openFile, requireSoundLog, wipe, type OpenFile } from './openWorkspace';
import { findPerson, listActivePeople, setSlot } from './peopleRepo';
import { createSession, type Session } from './session';
import { isKeyChangeDue, setKeyChangeDue } from './vaultRepo';
import { findSlot, withSlot, withoutSlots, type VaultStore } from './vaultStore';
import type { WorkspaceFiles } from './workspaceFolder';

/** What stays the same from one sign-in to the next. */
export interface VaultEnvironment {
  readonly bootId: string;
  readonly appVersion: string;
  readonly log: Log;
  nowMs(): number;
}

export interface SignInRequest {
  readonly files: WorkspaceFiles;
  readonly store: VaultStore;
  readonly slot: KeySlot;
  readonly keys: SlotKeys;
  readonly attempts: AttemptsLog;
  /** False right after the workspace was made: that event says it all. */
  readonly isRecorded: boolean;
  /** Said in the event where it was not the passphrase. */
  readonly by?: 'keychain';
}

/** The workspace as it was found, ready for a session. */
interface Opened {
  readonly file: OpenFile;
  readonly keys: SlotKeys;
  readonly isKeyChanged: boolean;
}

export interface SignedIn {
  readonly session: Session;
  /** The key slot was not the one last recorded: a change was cut short, or an older one was put back. */
  readonly isSlotUnexpected: boolean;
}

/**
 * Opens the workspace for a person whose passphrase was right, and records that they signed in.
 *
 * Where nothing can be written, the workspace opens for reading. What an earlier act left half done
 * (another data key, slots of people who left) is brought to its end first.
 *
 * @throws AppFailure CONFLICT (open elsewhere), INTEGRITY (damaged or changed outside Assay), STORAGE
 */
export async function signIn(
  environment: VaultEnvironment,
  request: SignInRequest,
): Promise<SignedIn> {
  const opened = await open(environment, request);
  const { file } = opened;
  try {
    const start = (isReadOnly: boolean): Session =>
      sessionOf(environment, request, opened, isReadOnly);
    const session = start(file.isReadOnly);
    const isSlotUnexpected = isUnexpected(request.store, session);
    if (!request.isRecorded || file.isReadOnly) return { session, isSlotUnexpected };
    await tidySlots(environment, request, opened);
    const isRecorded = recordSignIn(environment, request, opened, session);
    return { session: isRecorded ? session : start(true), isSlotUnexpected };
  } catch (error) {
    shut(file);
    throw toStorageFailure(error) ?? error;
  } finally {
    wipe(opened.keys);
  }
}

async function open(
  environment: VaultEnvironment,
  { files, store, slot, keys: given }: SignInRequest,
): Promise<Opened> {
  const keys = await settleDataKey(files, store, slot, given);
  const { workspaceId } = store.current();
  const record = migrationRecord((db) =>
    signInSource(db, environment, store.current(), slot.personId, keys.personKek),
  );
  const file = openFile(files, workspaceId, keys.dataKey, record);
  try {
    await requireSoundLog(file.db, file.heads, workspaceId);
    if (file.isReadOnly || !isKeyChangeDue(file.db)) return { file, keys, isKeyChanged: false };
  } catch (error) {
    shut(file);
    throw toStorageFailure(error) ?? error;
  }
  shut(file);
  const changed = await tryChangeKey(environment.log, files, store, keys);
  const reopened = openFile(files, workspaceId, changed.dataKey, null);
  return { file: reopened, keys: changed, isKeyChanged: changed !== keys };
}

/** Without room for a copy the old key stays in use; the next sign-in tries again. */
async function tryChangeKey(
  log: Log,
  files: WorkspaceFiles,
  store: VaultStore,
  keys: SlotKeys,
): Promise<SlotKeys> {
  try {
    const dataKey = await changeDataKey(files, store, keys);
    keys.dataKey.fill(0);
    return { personKek: keys.personKek, dataKey };
  } catch (error) {
    if (!(error instanceof AppFailure && error.code === 'STORAGE')) throw error;
    log.error('the data key could not be replaced; the next sign-in tries again', { error });
    return keys;
  }
}

function shut({ db, cleanUp }: OpenFile): void {
  db.close();
  cleanUp();
}

function sessionOf(
  { bootId, log, nowMs }: VaultEnvironment,
  { files, store, slot, attempts }: SignInRequest,
  { file: { db, heads, cleanUp }, keys }: Opened,
  isReadOnly: boolean,
): Session {
  const { personId } = slot;
  const { workspace, person, logKey } = identify(db, store.current(), personId, keys.personKek);
  const { id, printedName, roles } = person;
  return createSession({
    db,
    actor: { id, printedName, roles },
    workspace: { id: workspace.id, name: workspace.name, folder: files.folder, isReadOnly },
    isSample: workspace.isSample,
    store,
    logKey,
    heads,
    attempts,
    bootId,
    log,
    nowMs,
    cleanUp,
  });
}

/** Brings vault.json up to date: the form of its slots, and who may still have one. */
async function tidySlots(
  { log }: VaultEnvironment,
  { store, slot }: SignInRequest,
  { file, keys }: Opened,
): Promise<void> {
  const active = new Set(listActivePeople(file.db).map(({ id }) => id));
  const { workspaceId, slots } = store.current();
  const hasStrangers = slots.some(({ personId }) => !active.has(personId));
  if (!hasStrangers && slot.v !== 1) return;
  const kept = withoutSlots(store.current(), (id) => !active.has(id));
  try {
    store.save(slot.v === 1 ? withSlot(kept, await newerSlot(workspaceId, slot, keys)) : kept);
  } catch (error) {
    log.error('vault.json could not be brought up to date', { error });
  }
}

/** In a first slot the passphrase's own key wrapped the person's keys, so it is at hand. */
function newerSlot(workspaceId: string, slot: KeySlot, keys: SlotKeys): Promise<KeySlot> {
  const { personId, printedName, kdf } = slot;
  const owner = { personId, printedName, isOneTime: false };
  return createSlot(workspaceId, owner, { kdf, masterKey: keys.personKek, keys });
}

/** False when the disk takes nothing: then the workspace can still be read. */
function recordSignIn(
  { appVersion, log }: VaultEnvironment,
  { attempts, store, by }: SignInRequest,
  { file: { heads }, isKeyChanged }: Opened,
  session: Session,
): boolean {
  const { write, actor } = session;
  const { workspaceId } = store.current();
  const failed = attempts.failed().filter(({ act }) => act === 'unlock');
  const record = (action: string, subject: string, detail: Parameters<Session['write']>[2]): void =>
    write(action, subject, detail, () => undefined);
  try {
    if (heads.newest() === null) {
      record('vault.headsMissing', workspaceId, {
        reason: 'the file that remembers the heads of the log outside the database was gone',
      });
    }
    for (const [personId, attemptsOf] of Map.groupBy(failed, (attempt) => attempt.personId)) {
      record('vault.unlockFailed', personId, { after: summary(attemptsOf) });
    }
    if (isKeyChanged) {
      write('vault.dataKeyChanged', workspaceId, {}, (db) => setKeyChangeDue(db, false));
    }
    recordSlot(store, session);
    const after = { appVersion, nFailedAttempts: failed.length };
    record('vault.unlocked', actor.id, { after: by === undefined ? after : { ...after, by } });
    if (by === 'keychain') attempts.markRecorded();
    else attempts.clear();
    return true;
  } catch (error) {
    if (!(error instanceof AppFailure && error.code === 'STORAGE')) throw error;
    log.error('the sign-in could not be recorded; the workspace is open for reading only', {
      error,
    });
    return false;
  }
}

function isUnexpected(store: VaultStore, { db, actor }: Session): boolean {
  const slot = findSlot(store.current(), actor.id);
  const recorded = findPerson(db, actor.id)?.slotSha256 ?? null;
  return slot !== null && recorded !== null && recorded !== slotDigest(slot);
}

/** Records the slot that let the person in, where it is not the one last recorded. */
function recordSlot(store: VaultStore, { db, write, actor }: Session): void {
  const slot = findSlot(store.current(), actor.id);
  if (slot === null) return;
  const found = slotDigest(slot);
  const recorded = findPerson(db, actor.id)?.slotSha256 ?? null;
  if (found === recorded) return;
  const action = recorded === null ? 'vault.slotRecorded' : 'vault.slotNotAsRecorded';
  const detail = { before: { slotSha256: recorded }, after: { slotSha256: found } };
  write(action, actor.id, detail, (changing) => setSlot(changing, actor.id, found));
}

function summary(attempts: readonly FailedAttempt[]) {
  const times = attempts.map(({ atUtc }) => atUtc).sort();
  return {
    nAttempts: attempts.length,
    firstAtUtc: times[0] ?? null,
    lastAtUtc: times.at(-1) ?? null,
  };
}
