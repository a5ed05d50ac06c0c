import type { KeyObject } from 'node:crypto';
import { AppFailure } from '../../shared/ipc/errors';
import type { Person, Workspace } from '../../shared/vault/person';
import type { AppContext, AuditDetail } from '../app/context';
import type { Log } from '../app/log';
import {
  appendEvent,
  noteTouchedRows,
  type EventSource,
  type HeadsLog,
  type LogHead,
  type LogSigner,
} from '../audit/logService';
import { vacuumInto } from '../db/backupDatabase';
import type { Db } from '../db/openDatabase';
import { readingView } from '../db/readingView';
import { toStorageFailure } from '../db/storageFailure';
import type { AttemptsLog } from './attemptsLog';
import { signWith, type PersonKey } from './personKeys';
import { needsName, signOnce, useSlotKeysOnce } from './signingAct';
import type { VaultStore } from './vaultStore';

/** One person signed in to one workspace, until lock. */
export interface Session {
  /** For reading; records change through {@link Session.write} alone. */
  readonly db: Db;
  readonly actor: Person;
  readonly workspace: Workspace;
  readonly isSample: boolean;
  /** Signs for the log while the person is signed in: events, checkpoints. */
  readonly logSigner: LogSigner;
  readonly write: AppContext['write'];
  readonly withSigningKey: AppContext['withSigningKey'];
  readonly withSlotKeys: AppContext['withSlotKeys'];
  /** Records that the person called something their roles do not allow; once per call and session. */
  recordRefusal(call: string): void;
  /** True while the next signature needs the person's name beside the passphrase. */
  needsName(): boolean;
  /** What is remembered of the log beside the database. */
  readonly heads: HeadsLog;
  /** Writes an encrypted copy of the database as it is at this moment, for a backup. */
  copyDatabase(path: string): void;
  /** Forgets the keys and closes the file; what a running call does after fails with LOCKED. */
  close(): void;
}

export interface SessionParts {
  readonly db: Db;
  readonly actor: Person;
  readonly workspace: Workspace;
  readonly isSample: boolean;
  readonly store: VaultStore;
  readonly logKey: { readonly stored: PersonKey; readonly privateKey: KeyObject };
  readonly heads: HeadsLog;
  readonly attempts: AttemptsLog;
  readonly bootId: string;
  readonly log: Log;
  nowMs(): number;
  /** Wipes and removes what the session was given. */
  cleanUp(): void;
}

export function createSession(parts: SessionParts): Session {
  const { db, actor, workspace, heads } = parts;
  noteTouchedRows(db);
  let logKey: KeyObject | null = parts.logKey.privateKey;
  function openKey(): KeyObject {
    if (logKey === null) {
      throw new AppFailure('LOCKED', 'The workspace is locked. Sign in to go on.');
    }
    return logKey;
  }
  const logSigner: LogSigner = {
    keyId: parts.logKey.stored.keyId,
    publicKeyPem: parts.logKey.stored.publicKeyPem,
    signBytes: (bytes) => signWith(openKey(), bytes),
  };
  const write = createWrite(parts, logSigner, openKey);
  const lastSigned = { atMs: null };
  const refused = new Set<string>();
  const signing = { ...parts, write, lastSigned, isOpen: () => logKey !== null };
  let lastAct: Promise<unknown> = Promise.resolve();
  /** One after the other, so that guesses cannot run side by side and escape the delay. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const running = lastAct.then(act);
    lastAct = running.catch(() => undefined);
    return running;
  }
  return {
    db: readingView(db),
    actor,
    workspace,
    isSample: parts.isSample,
    logSigner,
    write,
    withSigningKey: (act, use) => inTurn(() => signOnce(signing, act, use)),
    withSlotKeys: (passphrase, use) => inTurn(() => useSlotKeysOnce(signing, passphrase, use)),
    needsName: () => needsName(signing),
    recordRefusal(call) {
      if (refused.has(call) || workspace.isReadOnly) return;
      refused.add(call);
      write(
        'vault.callRefused',
        actor.id,
        { after: { call, roles: actor.roles } },
        () => undefined,
      );
    },
    heads,
    copyDatabase: (path) => vacuumInto(db, path),
    close() {
      logKey = null;
      db.close();
      parts.cleanUp();
    },
  };
}

function createWrite(
  { db, actor, workspace, heads, log, bootId, nowMs }: SessionParts,
  signer: LogSigner,
  requireOpen: () => unknown,
): AppContext['write'] {
  const source: EventSource = { workspaceId: workspace.id, actor, signer, bootId, nowMs };
  let isWriting = false;
  return (action, subject, detail, fn) => {
    requireOpen();
    if (isWriting) throw new Error(`ctx.write('${action}') inside another ctx.write`);
    if (workspace.isReadOnly) throw readOnlyWorkspace();
    isWriting = true;
    try {
      const { result, head } = writeAndAppend(db, source, { action, subject, detail, fn });
      rememberHead(heads, head, log);
      return result;
    } catch (error) {
      throw toStorageFailure(error) ?? error;
    } finally {
      isWriting = false;
    }
  };
}

export interface Change<T> {
  readonly action: string;
  readonly subject: string;
  readonly detail: AuditDetail | ((result: T) => AuditDetail);
  readonly fn: (db: Db) => T;
}

/** Changes records and appends the event that says so, both or neither. */
export function writeAndAppend<T>(
  db: Db,
  source: EventSource,
  change: Change<T>,
): { readonly result: T; readonly head: LogHead } {
  const { action, subject, detail, fn } = change;
  return db
    .transaction(() => {
      const result = fn(db);
      if (result instanceof Promise) throw new TypeError(`ctx.write('${action}') must not wait`);
      const facts = typeof detail === 'function' ? detail(result) : detail;
      return { result, head: appendEvent(db, source, { action, subject, detail: facts }) };
    })
    .immediate();
}

function rememberHead(heads: HeadsLog, head: LogHead, log: Log): void {
  try {
    heads.append(head);
  } catch (error) {
    // The record is safe; the next head that can be written covers this one too.
    log.error('the head of the log could not be written beside the database', { error });
  }
}

function readOnlyWorkspace(): AppFailure {
  return new AppFailure(
    'STORAGE',
    'This workspace is open for reading only, because its folder cannot be written to. Nothing was recorded. Free the disk or the folder, then lock and sign in again.',
  );
}
