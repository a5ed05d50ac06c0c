import { z } from 'zod';
import { FileSource, Sha256Hex } from '../base/files';
import { StageId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { vaultChannels } from './channels';
import { Person, ROLES } from './person';

const { personId, passphrase } = vaultChannels['vault.unlock'].input.shape;
const Count = z.number().int().nonnegative();

/** A backup that was written, read again and verified. */
const WrittenBackup = z.strictObject({
  /** Where it lies, for people to read. */
  path: z.string(),
  fileName: z.string(),
  sha256: Sha256Hex,
  sizeBytes: Count,
  createdAtUtc: UtcInstant,
  nEvents: Count,
});
export type WrittenBackup = z.infer<typeof WrittenBackup>;

/** The newest backup that the log knows of. */
const LastBackup = z.strictObject({
  fileName: z.string(),
  sha256: Sha256Hex,
  backedUpAtUtc: UtcInstant,
});
export type LastBackup = z.infer<typeof LastBackup>;

/** What a backup says about itself; that it is genuine only the passphrase can prove. */
const InspectedBackup = z.strictObject({
  stageId: StageId,
  fileName: z.string(),
  sizeBytes: Count,
  sha256: Sha256Hex,
  workspaceName: z.string(),
  people: z.array(Person.pick({ id: true, printedName: true })).readonly(),
  createdAtUtc: UtcInstant,
  appVersion: z.string(),
  schemaVersion: Count,
  nEvents: Count,
});
export type InspectedBackup = z.infer<typeof InspectedBackup>;

export const backupChannels = {
  /** Writes the whole workspace into one encrypted file, where the person says, and verifies it. */
  'vault.backUp': channel({
    input: z.strictObject({ passphrase }),
    output: WrittenBackup,
    allow: ROLES,
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'BAD_DATA', 'INTEGRITY'],
  }),
  /** The newest backup in the log; null when there was none. */
  'vault.lastBackup': channel({
    input: z.strictObject({}),
    output: LastBackup.nullable(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Looks at a backup before anyone signs in. BAD_DATA: not a backup, damaged, or of a newer Assay. */
  'vault.inspectBackup': channel({
    input: z.strictObject({ source: FileSource }),
    output: InspectedBackup,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Restores an inspected backup into an empty folder, and signs the person in to it. */
  'vault.restore': channel({
    input: z.strictObject({ stageId: StageId, folderToken: z.uuid(), personId, passphrase }),
    output: vaultChannels['vault.unlock'].output,
    allow: ROLES,
    session: 'none',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT', 'INTEGRITY'],
  }),
} as const;
