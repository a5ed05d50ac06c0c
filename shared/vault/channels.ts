import { z } from 'zod';
import { PersonId } from '../base/ids';
import { channel } from '../ipc/channel';
import { Passphrase, PassphraseStrength } from './passphraseStrength';
import { KeyOrigin, Person, PrintedName, ROLES, Workspace } from './person';

export const VaultStatus = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('closed') }),
  z.strictObject({
    state: z.literal('locked'),
    workspaceName: z.string(),
    folder: z.string(),
    people: z
      .array(
        Person.pick({ id: true, printedName: true }).extend({
          /** Has been given a one-time passphrase and must choose their own. */
          isFirstSignIn: z.boolean(),
          /** Switched on for this device; whether there is a keychain shows when it is used. */
          hasKeychainUnlock: z.boolean(),
        }),
      )
      .readonly(),
    hasRecoveryKit: z.boolean(),
    failedAttempts: z.number().int().nonnegative(),
    retryAfterMs: z.number().int().nonnegative(),
  }),
  z.strictObject({
    state: z.literal('unlocked'),
    workspace: Workspace,
    person: Person,
    isSample: z.boolean(),
    nEvents: z.number().int().nonnegative(),
    /** Failed attempts since the last sign-in, told once. */
    failedAttempts: z.number().int().nonnegative(),
    autoLockAfterMs: z.number().int().positive(),
    /** What waits for a person, told until it is done. */
    notices: z.strictObject({
      /** New signing keys of others or oneself that a second person must confirm. */
      keysToConfirm: z
        .array(z.strictObject({ personId: PersonId, printedName: PrintedName, origin: KeyOrigin }))
        .readonly(),
      /** The signed-in person has yet to sign the statement of accountability. */
      mustSignAccountability: z.boolean(),
      /** The key slot at this sign-in was not the one last recorded. */
      isSlotUnexpected: z.boolean(),
      hasRecoveryKit: z.boolean(),
    }),
  }),
]);
export type VaultStatus = z.infer<typeof VaultStatus>;

const PickedFolder = z.strictObject({ token: z.uuid(), folder: z.string() });

/** One thing that was checked, and what was found. */
const WorkspaceCheck = z.strictObject({
  isIntact: z.boolean(),
  nEvents: z.number().int().nonnegative(),
  checks: z
    .array(z.strictObject({ title: z.string(), isPassed: z.boolean(), detail: z.string() }))
    .readonly(),
});
export type WorkspaceCheck = z.infer<typeof WorkspaceCheck>;

export const vaultChannels = {
  /** What the first screen needs: nothing open, locked, or unlocked. */
  'vault.status': channel({
    input: z.strictObject({}),
    output: VaultStatus,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: [],
  }),
  /** Asks the person for a folder; the window gets a token and the text to show. */
  'vault.pickFolder': channel({
    input: z.strictObject({ purpose: z.enum(['create', 'open', 'restore']) }),
    output: PickedFolder,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: [],
  }),
  /** Estimates how long a passphrase would resist guessing; it is not kept. */
  'vault.measurePassphrase': channel({
    input: z.strictObject({
      passphrase: z.string().max(1024),
      context: z.array(z.string()).max(4),
    }),
    output: PassphraseStrength,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: [],
  }),
  /** Creates an encrypted workspace and its first person, who holds every role; leaves it unlocked. */
  'vault.create': channel({
    input: z.strictObject({
      /** `null`: a folder named after the workspace in the default place. */
      folderToken: z.uuid().nullable(),
      name: Workspace.shape.name,
      printedName: PrintedName,
      passphrase: Passphrase,
    }),
    output: VaultStatus,
    allow: ROLES,
    session: 'none',
    mutates: true,
    errors: ['CONFLICT', 'NOT_FOUND', 'BAD_DATA', 'INTEGRITY'],
  }),
  /** Points to an existing workspace; it stays locked until someone signs in. */
  'vault.open': channel({
    input: z.strictObject({ folderToken: z.uuid() }),
    output: VaultStatus,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT'],
  }),
  /** Signs a person in. FORBIDDEN: wrong passphrase (`retryAfterMs`); CONFLICT: open in another window. */
  'vault.unlock': channel({
    input: z.strictObject({ personId: PersonId, passphrase: Passphrase }),
    output: VaultStatus,
    allow: ROLES,
    session: 'none',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INTEGRITY'],
  }),
  /** Creates (or opens) the sample workspace on real data and performs the main job in it. */
  'vault.exploreSample': channel({
    input: z.strictObject({}),
    output: VaultStatus,
    allow: ROLES,
    session: 'none',
    mutates: true,
    errors: ['CONFLICT', 'NOT_FOUND', 'BAD_DATA', 'INTEGRITY', 'INSUFFICIENT_DATA'],
  }),
  /** Forgets every key: core ends after this answer and the window starts afresh. */
  'vault.lock': channel({
    input: z.strictObject({ reason: z.enum(['person', 'idle', 'suspend']) }),
    output: z.strictObject({}),
    allow: ROLES,
    session: 'unlocked',
    mutates: true,
    errors: [],
  }),
  /** Sweeps the open workspace: database pages, foreign keys, log, records, signatures. */
  'vault.check': channel({
    input: z.strictObject({}),
    output: WorkspaceCheck,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** The same sweep of a locked workspace, also one too damaged to sign in to. */
  'vault.checkLocked': channel({
    input: z.strictObject({ personId: PersonId, passphrase: Passphrase }),
    output: WorkspaceCheck,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INTEGRITY'],
  }),
  /** Leaves a locked workspace for the first screen. */
  'vault.close': channel({
    input: z.strictObject({}),
    output: VaultStatus,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: ['CONFLICT'],
  }),
} as const;
