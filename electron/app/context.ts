import type { LogSigner } from '../audit/auditLog';
import type { Db } from '../db/openDatabase';
import type { JobRunner, JobScope } from '../workers/jobRunner';
import type { Meaning, Signature, SigningAct } from '../../shared/audit/signature';
import type {
  AlertId,
  ModelId,
  ModelVersionId,
  PersonId,
  PredictionLogId,
} from '../../shared/base/ids';
import type { UtcInstant } from '../../shared/base/time';
import type { DueAction } from '../../shared/handoff/ruleAction';
import type { DriftReport } from '../../shared/drift/driftReport';
import type { RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import type { Person, Workspace } from '../../shared/vault/person';
import type { Fact, SignableRef, SignableType } from '../../shared/vault/signable';
import type { BrokenRule } from '../incident/alertService';
import type { SlotKeys } from '../vault/keySlot';
import type { VaultHolder } from '../vault/vaultHolder';
import type { Log } from './log';
import type { StageStore } from './stageStore';

export type { StageKind } from './stageStore';

export interface PickRequest {
  readonly title: string;
  /** Without the dot, e.g. `csv`; none: any file. */
  readonly extensions: readonly string[];
}

/**
 * The operating system's keychain, which keeps one half of a secret for a person of this system.
 *
 * It never gets a secret that opens something by itself.
 */
export interface Keychain {
  /** False on plain Node, and where the system would keep it under a password that everybody knows. */
  isAvailable(): Promise<boolean>;
  /** Null when the keychain refuses or is not available. */
  protect(secret: Buffer): Promise<Buffer | null>;
  /** What {@link protect} was given; null when the keychain refuses, is not available or is another one. */
  reveal(protectedSecret: Buffer): Promise<Buffer | null>;
}

/** What core asks of the world around it: dialogs in the shell, arguments on the command line. */
export interface Ports {
  pickFile(request: PickRequest): Promise<string | null>;
  pickSaveFile(request: PickRequest & { readonly suggestedName: string }): Promise<string | null>;
  pickFolder(request: { readonly title: string }): Promise<string | null>;
  /** The path behind a token that was given out for a dropped or chosen file, or null. */
  resolveToken(token: string): string | null;
  /** Gives a path a token that the window may name. */
  tokenFor(path: string): string;
  /** Prints a self-contained HTML document as PDF; null where nothing can, as on plain Node. */
  printPdf(html: string): Promise<Uint8Array | null>;
  readonly resourcesFolder: string;
  /** Where new workspaces go unless the person says otherwise. */
  readonly defaultWorkspacesFolder: string;
  /** For the few things the application keeps for itself outside any workspace. */
  readonly userDataFolder: string;
  readonly appVersion: string;
  readonly keychain: Keychain;
  /** Asks the shell to end this process and start afresh; on plain Node the session just closes. */
  restartLocked(folder: string | null, reason: 'person' | 'idle' | 'suspend'): void;
}

/** One running call: where to say how far it is, and how it is told to stop. */
export type CallScope = JobScope;

/** What a call can use while nothing is unlocked. */
export interface CoreContext extends CallScope {
  readonly ports: Ports;
  readonly log: Log;
  readonly jobs: JobRunner;
  readonly vault: VaultHolder;
  readonly stages: StageStore;
  nowUtc(): UtcInstant;
  /** Another call through the gate, for a story made of several (the sample). */
  call<K extends ChannelName>(
    name: K,
    input: RawInputOf<Contract[K]>,
    inner?: InnerCall,
  ): Promise<ResultOf<Contract[K]>>;
}

/** What a call inside another one may bring along beside its input. */
export interface InnerCall {
  /** Told how far it is; the outer call tells its own progress otherwise. */
  readonly progress?: CallScope['progress'];
  readonly rider?: WriteRider;
}

/**
 * Rides along with the one write of a call: what it records stands or falls with that write, and its
 * facts go into the same audit event.
 */
export interface WriteRider {
  readonly facts: { readonly [key: string]: Json };
  record(db: Db, written: { readonly action: string; readonly subject: string }): void;
}

/** Plain JSON data, as it goes into an audit event. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What an audit event says beside who, when and which record. */
export interface AuditDetail {
  readonly before?: Json;
  readonly after?: Json;
  readonly reason?: string;
}

/** A person's signing key, usable only inside {@link AppContext.withSigningKey}. */
export interface Signer {
  readonly keyId: string;
  readonly printedName: string;
  readonly publicKeyPem: string;
  /** Raw 64-byte Ed25519 signature. */
  signBytes(bytes: Uint8Array): Uint8Array;
  /** Signs a record's canonical JSON, stores the signature and returns it. Inside a write only. */
  signRecord(db: Db, recordType: string, recordId: string, record: unknown): Signature;
}

/** Rules of one capability that another one's write must trigger, inside the same transaction. */
export interface DomainHooks {
  driftReported(db: Db, report: DriftReport): AlertId | null;
  /** A rule about a figure was broken; answers with the alert that stands for it, and notes what it sets off. */
  ruleBroken(db: Db, broken: BrokenRule, due?: DueRuleAction): AlertId;
  /** The registry went back to a version; tells whoever serves it. */
  rolledBack(db: Db, step: RolledBack): void;
  /** New evidence is on record: does what follows from it, each as a write of its own. Outside any write. */
  evidenceChanged(ctx: AppContext): void;
  recordSigned(db: Db, signed: SignedEvent): void;
}

/** What a broken rule sets off beside its alert. */
export interface DueRuleAction {
  readonly action: DueAction;
  readonly modelId: ModelId;
  readonly versionId: ModelVersionId;
  readonly logId: PredictionLogId;
  readonly ruleId: string;
  readonly policyRevision: number;
  readonly finding: string;
  readonly dueAtUtc: UtcInstant;
}

/** A revision of a policy that acts by itself, because people approved it. */
export interface ActingPolicy {
  readonly kind: 'performance' | 'canary';
  readonly revision: number;
  /** Printed names; at least one. */
  readonly approvedBy: string[];
}

interface FrozenVersion {
  readonly versionId: ModelVersionId;
  readonly version: number;
  readonly snapshotSha256: string;
}

/** The registry went back to a version that was live before. */
export interface RolledBack {
  readonly modelId: ModelId;
  readonly modelName: string;
  readonly restore: FrozenVersion;
  /** Null where none was live. */
  readonly retire: FrozenVersion | null;
  /** Number of the step. */
  readonly stageChange: number;
  readonly atUtc: UtcInstant;
  readonly by: string;
  readonly reason: string;
  /** Null where a person did it. */
  readonly policy: ActingPolicy | null;
}

/** Somebody has just put their signature under a record. */
export interface SignedEvent extends SignableRef {
  readonly signature: Signature;
}

/** A record as people sign it: shown in words, signed as canonical JSON. */
export interface SignableRecord {
  readonly title: string;
  readonly facts: readonly Fact[];
  /** JSON data; its canonical form is what is hashed and signed. */
  readonly record: unknown;
  /** Whose work it is: they do not judge it. */
  readonly authors: readonly PersonId[];
  /** What may be stated about it. */
  readonly meanings: readonly Meaning[];
}

/** Finds the records that can be signed, each in its own capability; null when there is none. */
export type Signables = Readonly<
  Record<SignableType, (ctx: AppContext, recordId: string) => SignableRecord | null>
>;

/** What a service can use once a person has signed in. */
export interface AppContext extends CoreContext {
  readonly db: Db;
  readonly actor: Person;
  readonly workspace: Workspace;
  readonly hooks: DomainHooks;
  readonly signables: Signables;
  /** Signs for the log while the person is signed in: events and checkpoints, nothing else. */
  readonly logSigner: LogSigner;
  /**
   * Runs `fn` in one immediate transaction and appends the audit event to the chain in it.
   *
   * @param action `<capability>.<what happened>`
   * @param subject identifier of the record it is about
   * @param detail old and new values and the reason, or a function of what `fn` returns
   * @throws AppFailure STORAGE when the disk is full or read-only; nothing was changed then
   */
  write<T>(
    action: string,
    subject: string,
    detail: AuditDetail | ((result: T) => AuditDetail),
    fn: (db: Db) => T,
  ): T;
  /**
   * Unwraps the person's signing key for one act and forgets it. One that waits in between keeps other
   * signing acts waiting, and fails with LOCKED at its next write when the session ends.
   *
   * @throws AppFailure FORBIDDEN when the passphrase is wrong (`retryAfterMs`); the failure is recorded
   */
  withSigningKey<T>(act: SigningAct, use: (signer: Signer) => T | Promise<T>): Promise<T>;
  /**
   * Unwraps the person's own slot with the passphrase typed for this act: the workspace's data key and
   * the key that wraps their private keys. Both are wiped after.
   *
   * @throws AppFailure FORBIDDEN when the passphrase is wrong (`retryAfterMs`); the failure is recorded
   */
  withSlotKeys<T>(passphrase: string, use: (keys: SlotKeys) => T | Promise<T>): Promise<T>;
}
