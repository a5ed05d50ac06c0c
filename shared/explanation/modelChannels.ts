import { z } from 'zod';
import { FileFingerprint, FileSource } from '../base/files';
import { ModelVersionId, StageId } from '../base/ids';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { Explanation } from './channels';
import { ComputeSettings } from './computed';
import { InputChange, ModelCase, OtherOutcome, OutcomeWish } from './modelCase';
import { ModelOutput, OnnxFacts } from './onnxModel';

const Count = z.number().int().nonnegative();

const StagedModel = z.strictObject({
  stageId: StageId,
  facts: OnnxFacts,
  /** Whether the version's signed manifest names the file; null: the version has none. */
  isArtefact: z.boolean().nullable(),
});
export type StagedModel = z.infer<typeof StagedModel>;

const TargetColumn = z.strictObject({
  column: z.string(),
  /** Both values; null: the column holds numbers. */
  values: z.array(z.string()).length(2).readonly().nullable(),
});
export type TargetColumn = z.infer<typeof TargetColumn>;

const StagedModelData = z.strictObject({
  stageId: StageId,
  file: FileFingerprint,
  nRows: Count,
  /** Rows without a value of some feature; they are left out. */
  nIncomplete: Count,
  outputs: z.array(ModelOutput).min(1).readonly(),
  /** Columns that are no feature. */
  otherColumns: z.array(z.string()).readonly(),
  /** Columns that may hold the outcome. */
  targets: z.array(TargetColumn).readonly(),
  proposed: ComputeSettings,
  warnings: z.array(z.string()).readonly(),
});
export type StagedModelData = z.infer<typeof StagedModelData>;

/** A case of an opened explanation that was computed from a model. */
const CaseRef = z.strictObject({ stageId: StageId, caseId: z.string().min(1).max(1000) });

/** Explanations that Assay computes from an ONNX model, on this machine. */
export const modelExplanationChannels = {
  /** Reads an ONNX model in a process of its own; stores nothing. */
  'explanation.inspectModel': channel({
    input: z.strictObject({ versionId: ModelVersionId, source: FileSource }),
    output: StagedModel,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Checks that a file holds what the model takes; stores nothing. */
  'explanation.inspectModelData': channel({
    input: z.strictObject({ stageId: StageId, source: FileSource }),
    output: StagedModelData,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Computes contributions and permutation importance, and keeps their aggregates. */
  'explanation.compute': channel({
    input: z.strictObject({ stageId: StageId, settings: ComputeSettings }),
    output: z.strictObject({
      explanation: Explanation,
      /** The opened cases, as `explanation.openCases` gives them. */
      casesStageId: StageId,
    }),
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'INSUFFICIENT_DATA'],
  }),
  /** What can be asked of the model about one case; shown and not stored. */
  'explanation.readCaseInputs': channel({
    input: CaseRef,
    output: ModelCase,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Runs the model on a case with some inputs changed; shown and not stored. */
  'explanation.tryInputs': channel({
    input: CaseRef.extend({ changes: z.array(InputChange).max(500).readonly() }),
    output: z.strictObject({ before: z.number(), after: z.number() }),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Finds small changes that would have led to another outcome; shown and not stored. */
  'explanation.findOtherOutcome': channel({
    input: CaseRef.extend({ wish: OutcomeWish }),
    output: OtherOutcome,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
} as const;
