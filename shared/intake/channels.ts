import { z } from 'zod';
import { SigningAct } from '../audit/signature';
import { FileSource, Sha256Hex } from '../base/files';
import { ReasonText } from '../base/text';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { IntakePass, IntakeRecord, WaitingItem } from './intake';

const Reason = z.string().trim().min(1).max(2000).pipe(ReasonText);
const Revision = z.number().int().nonnegative();

const IntakeSetting = z.strictObject({
  revision: Revision,
  /** Null until somebody has chosen one. */
  folder: z.string().nullable(),
  isOn: z.boolean(),
  reason: z.string(),
  setAtUtc: UtcInstant.nullable(),
  setBy: z.string().nullable(),
});
export type IntakeSetting = z.infer<typeof IntakeSetting>;

/** How far the file that is being imported is. */
const IntakeProgress = z.strictObject({
  name: z.string(),
  fraction: z.number().nullable(),
  activity: z.string(),
});
export type IntakeProgress = z.infer<typeof IntakeProgress>;

export const IntakeState = z.strictObject({
  setting: IntakeSetting,
  /** Until it is resumed, or until lock. */
  isPaused: z.boolean(),
  progress: IntakeProgress.nullable(),
  lookedAtUtc: UtcInstant.nullable(),
  problem: z.string().nullable(),
  waiting: z.array(WaitingItem).readonly(),
  nWaiting: z.number().int().nonnegative(),
  counts: z.strictObject({
    imported: z.number().int().nonnegative(),
    repeated: z.number().int().nonnegative(),
    failed: z.number().int().nonnegative(),
  }),
});
export type IntakeState = z.infer<typeof IntakeState>;

export const intakeChannels = {
  'intake.getState': channel({
    input: z.strictObject({}),
    output: IntakeState,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** What was taken, newest first. */
  'intake.listRecords': channel({
    input: z.strictObject({
      onlyFailed: z.boolean(),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.strictObject({
      records: z.array(IntakeRecord).readonly(),
      nTotal: z.number().int().nonnegative(),
    }),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Chooses the folder that is watched, in a dialog or by a token. CONFLICT when the revision is stale. */
  'intake.setFolder': channel({
    input: z.strictObject({ source: FileSource, reason: Reason, revision: Revision }),
    output: IntakeSetting,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'BAD_DATA'],
  }),
  /** Switches the watch on or off. CONFLICT: the revision is stale, or no folder is chosen. */
  'intake.setWatch': channel({
    input: z.strictObject({ isOn: z.boolean(), reason: Reason, revision: Revision }),
    output: IntakeSetting,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['CONFLICT'],
  }),
  /** Takes no further file until it is resumed or the workspace is locked; changes no record. */
  'intake.pause': channel({
    input: z.strictObject({ isPaused: z.boolean() }),
    output: IntakeState,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /**
   * One pass: imports every file that is whole, in order. New versions wait unless a signature comes
   * with the call: a version is signed by a person, never by a folder.
   */
  'intake.take': channel({
    input: z.strictObject({
      signing: SigningAct.nullable(),
      /** SHA-256 of the sidecars that the person was shown; null: whatever is there. */
      versions: z.array(Sha256Hex).max(200).readonly().nullable(),
    }),
    output: IntakePass,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['CONFLICT'],
  }),
} as const;
