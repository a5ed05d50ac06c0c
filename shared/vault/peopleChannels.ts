import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { PersonId, RecoveryKitId } from '../base/ids';
import { PlainText, ReasonText } from '../base/text';
import { CalendarDay, UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { VaultStatus } from './channels';
import { Passphrase } from './passphraseStrength';
import { KeyOrigin, Person, PrintedName, ROLES, Role } from './person';

const Reason = z.string().trim().min(1).max(2000).pipe(ReasonText);
const Revision = z.number().int().nonnegative();
const Roles = z.array(Role).min(1).max(ROLES.length);

/** One person with everything that is on record about their access. */
export const PersonDetails = Person.extend({
  /** `invited`, `reset`: has been given a one-time passphrase and not used it yet. */
  state: z.enum(['active', 'invited', 'reset', 'deactivated']),
  identityCheck: z.string(),
  addedAtUtc: UtcInstant,
  deactivatedAtUtc: UtcInstant.nullable(),
  revision: Revision,
  /** The valid signing key; null before the first sign-in, after a reset and after deactivation. */
  key: z
    .strictObject({
      keyId: Sha256Hex,
      origin: KeyOrigin,
      authorisedBy: z.string().nullable(),
      madeAtUtc: UtcInstant,
      /** Who confirmed it; null: nobody yet (a key made with the workspace needs nobody). */
      confirmedBy: z.string().nullable(),
      isConfirmed: z.boolean(),
      /** Why the signed-in person cannot confirm it; null when they can. */
      confirmObstacle: z.string().nullable(),
    })
    .nullable(),
  accountabilitySignedAtUtc: UtcInstant.nullable(),
  lastSignInAtUtc: UtcInstant.nullable(),
  training: z
    .array(
      z.strictObject({
        topic: z.string(),
        trainedOn: CalendarDay,
        recordedBy: z.string(),
        recordedAtUtc: UtcInstant,
      }),
    )
    .readonly(),
});
export type PersonDetails = z.infer<typeof PersonDetails>;

/** A person with what opens the workspace for them once; shown once and kept nowhere. */
const GivenAccess = z.strictObject({ person: PersonDetails, oneTimePassphrase: z.string() });
export type GivenAccess = z.infer<typeof GivenAccess>;

/** One row of the role matrix: a call, and who may make it. */
const Permission = z.strictObject({
  call: z.string(),
  roles: z.array(Role).readonly(),
  /** False: works before anybody has signed in, for everybody. */
  needsSignIn: z.boolean(),
  changesRecords: z.boolean(),
});
export type Permission = z.infer<typeof Permission>;

const RecoveryKitFacts = z.strictObject({
  id: RecoveryKitId,
  madeBy: z.string(),
  madeAtUtc: UtcInstant,
});

/** The printed kit; its code is shown once and kept nowhere. */
const RecoveryKit = RecoveryKitFacts.extend({ code: z.string(), workspaceName: z.string() });
export type RecoveryKit = z.infer<typeof RecoveryKit>;

export const peopleChannels = {
  /** Everyone who ever had access, in the order in which they came. */
  'vault.listPeople': channel({
    input: z.strictObject({}),
    output: z.array(PersonDetails).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** The role matrix: every call and who may make it, as the gate enforces it. */
  'vault.listPermissions': channel({
    input: z.strictObject({}),
    output: z.array(Permission).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Adds a person, who signs in once with what is answered. CONFLICT: the name is or was somebody's. */
  'vault.addPerson': channel({
    input: z.strictObject({
      printedName: PrintedName,
      roles: Roles,
      /** How it was established who they are (21 CFR 11.100(b)). */
      identityCheck: z.string().trim().min(1).max(500).pipe(PlainText),
      passphrase: Passphrase,
    }),
    output: GivenAccess,
    allow: ['administrator'],
    session: 'unlocked',
    mutates: true,
    errors: ['CONFLICT'],
  }),
  'vault.setRoles': channel({
    input: z.strictObject({ personId: PersonId, roles: Roles, reason: Reason, revision: Revision }),
    output: PersonDetails,
    allow: ['administrator'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Ends a person's access for ever; the data key is replaced at the next sign-in of anybody. */
  'vault.deactivatePerson': channel({
    input: z.strictObject({ personId: PersonId, reason: Reason, revision: Revision }),
    output: PersonDetails,
    allow: ['administrator'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Gives a person who lost their passphrase a way in; their keys are revoked, new ones are theirs alone. */
  'vault.resetAccess': channel({
    input: z.strictObject({
      personId: PersonId,
      reason: Reason,
      revision: Revision,
      passphrase: Passphrase,
    }),
    output: GivenAccess,
    allow: ['administrator'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Notes that a person was trained; a note never changes. */
  'vault.recordTraining': channel({
    input: z.strictObject({
      personId: PersonId,
      topic: z.string().trim().min(1).max(500).pipe(PlainText),
      trainedOn: CalendarDay,
    }),
    output: PersonDetails,
    allow: ['manager', 'administrator'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND'],
  }),
  /** Replaces one's own passphrase; nothing else is encrypted anew. INVALID_INPUT: the new one is weak. */
  'vault.changePassphrase': channel({
    input: z.strictObject({ passphrase: Passphrase, newPassphrase: Passphrase }),
    output: z.strictObject({}),
    allow: ROLES,
    session: 'unlocked',
    mutates: true,
    errors: [],
  }),
  /** The recovery kit that is valid now, without its code; null when there is none. */
  'vault.getRecoveryKit': channel({
    input: z.strictObject({}),
    output: RecoveryKitFacts.nullable(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Makes a recovery kit to print; one made before stops working. */
  'vault.makeRecoveryKit': channel({
    input: z.strictObject({ passphrase: Passphrase }),
    output: RecoveryKit,
    allow: ['administrator'],
    session: 'unlocked',
    mutates: true,
    errors: [],
  }),
  /** The first sign-in after an invitation or a reset: the person chooses a passphrase of their own. */
  'vault.firstSignIn': channel({
    input: z.strictObject({
      personId: PersonId,
      oneTimePassphrase: Passphrase,
      newPassphrase: Passphrase,
    }),
    output: VaultStatus,
    allow: ROLES,
    session: 'none',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INTEGRITY'],
  }),
  /** An administrator who lost their passphrase signs in with the printed kit, and chooses a new one. */
  'vault.recover': channel({
    input: z.strictObject({ personId: PersonId, code: Passphrase, newPassphrase: Passphrase }),
    output: VaultStatus,
    allow: ROLES,
    session: 'none',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INTEGRITY'],
  }),
} as const;
