import { z } from 'zod';
import { FileFingerprint, Sha256Hex } from '../base/files';
import { IntakeId, ModelId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { ERROR_CODES } from '../ipc/errors';
import { SIDECAR_KINDS } from './sidecar';

/** What became of a sidecar with its file; `repeated`: the same bytes had been imported before. */
export const INTAKE_OUTCOMES = ['imported', 'repeated', 'failed'] as const;
export const IntakeOutcome = z.enum(INTAKE_OUTCOMES);
export type IntakeOutcome = z.infer<typeof IntakeOutcome>;

export const IntakeKind = z.enum(SIDECAR_KINDS);
export type IntakeKind = z.infer<typeof IntakeKind>;

/** Why a file was not imported, without any value of its rows. */
export const IntakeProblem = z.strictObject({ code: z.enum(ERROR_CODES), message: z.string() });
export type IntakeProblem = z.infer<typeof IntakeProblem>;

/** One sidecar that was taken, on record. */
export const IntakeRecord = z.strictObject({
  id: IntakeId,
  sidecarName: z.string(),
  /** Null where the sidecar could not be read. */
  kind: IntakeKind.nullable(),
  modelId: ModelId.nullable(),
  /** As the sidecar names it. */
  modelName: z.string().nullable(),
  outcome: IntakeOutcome,
  sidecarSha256: Sha256Hex.nullable(),
  files: z.array(FileFingerprint).readonly(),
  problem: IntakeProblem.nullable(),
  /** Event and subject that the import left; null unless imported. */
  action: z.string().nullable(),
  subject: z.string().nullable(),
  takenAtUtc: UtcInstant,
  takenBy: z.string(),
});
export type IntakeRecord = z.infer<typeof IntakeRecord>;

/** Something in the folder that is not taken yet, and what it waits for. */
export const WaitingItem = z.strictObject({
  name: z.string(),
  kind: IntakeKind.nullable(),
  modelName: z.string().nullable(),
  sidecarSha256: Sha256Hex.nullable(),
  waitsFor: z.enum(['sidecar', 'file', 'whole', 'earlier', 'signature', 'turn']),
  /** In words. */
  reason: z.string(),
});
export type WaitingItem = z.infer<typeof WaitingItem>;

/** What one pass over the folder did. */
export const IntakePass = z.strictObject({
  taken: z.array(IntakeRecord).readonly(),
  waiting: z.array(WaitingItem).readonly(),
  /** Why nothing (more) could be taken; null when all is well. */
  problem: z.string().nullable(),
});
export type IntakePass = z.infer<typeof IntakePass>;
