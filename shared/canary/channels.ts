import { z } from 'zod';
import { FileFingerprint, FileSource, Sha256Hex } from '../base/files';
import { CanaryId, CanaryVerdictId, ModelId, ModelVersionId, StageId } from '../base/ids';
import { ReasonText } from '../base/text';
import { UtcInstant } from '../base/time';
import { InspectedColumn } from '../drift/column';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';
import { ArmRows, CanaryLook } from './canaryEvidence';
import { CanaryJudgement, CanaryVerdictKind } from './canaryJudgement';
import { CanaryPlan, Direction } from './canaryPlan';

const Reason = z.string().trim().min(1).max(2000).pipe(ReasonText);
const VersionNumber = z.number().int().positive();
const Count = z.number().int().nonnegative();
const ColumnName = z.string().min(1).max(1024);

/** A candidate on trial beside a control. */
const CanaryHead = z.strictObject({
  id: CanaryId,
  modelId: ModelId,
  modelName: z.string(),
  candidateVersionId: ModelVersionId,
  candidate: VersionNumber,
  controlVersionId: ModelVersionId,
  control: VersionNumber,
  metric: z.string(),
  createdAtUtc: UtcInstant,
  createdBy: z.string(),
  nLooks: Count,
  /** The newest verdict; null before the first. */
  verdict: CanaryVerdictKind.nullable(),
  judgedAtUtc: UtcInstant.nullable(),
});
export type CanaryHead = z.infer<typeof CanaryHead>;

const PlanRevision = z.strictObject({
  revision: z.number().int().positive(),
  plan: CanaryPlan,
  reason: z.string(),
  setAtUtc: UtcInstant,
  setBy: z.string(),
  /** Looks that were there already; above 0 the promised error rates do not hold. */
  nLooksBefore: Count,
});
export type PlanRevision = z.infer<typeof PlanRevision>;

/** An import without the evidence itself. */
const ImportedLook = z.strictObject({
  ordinal: z.number().int().positive(),
  control: ArmRows,
  candidate: ArmRows,
  windowStartUtc: UtcInstant.nullable(),
  windowEndUtc: UtcInstant.nullable(),
  files: z.array(FileFingerprint).readonly(),
  importedAtUtc: UtcInstant,
  importedBy: z.string(),
});
export type ImportedLook = z.infer<typeof ImportedLook>;

/** A verdict on record; it never changes. */
const CanaryVerdict = z.strictObject({
  id: CanaryVerdictId,
  canaryId: CanaryId,
  ordinal: z.number().int().positive(),
  planRevision: z.number().int().positive(),
  nLooks: z.number().int().positive(),
  judgement: CanaryJudgement,
  /** Of the judgement's canonical JSON. */
  judgementSha256: Sha256Hex,
  judgedAtUtc: UtcInstant,
  judgedBy: z.string(),
});
export type CanaryVerdict = z.infer<typeof CanaryVerdict>;

/** A verdict on record in short. */
const CanaryVerdictHead = z.strictObject({
  id: CanaryVerdictId,
  canaryId: CanaryId,
  candidateVersionId: ModelVersionId,
  candidate: VersionNumber,
  control: VersionNumber,
  verdict: CanaryVerdictKind,
  sentence: z.string(),
  judgedAtUtc: UtcInstant,
  judgedBy: z.string(),
});
export type CanaryVerdictHead = z.infer<typeof CanaryVerdictHead>;

/** How the metric is spread in each arm, for the picture. */
const MetricPicture = z.strictObject({
  /** Inner edges of the bins; null: bars of categories. */
  edges: z.array(z.number()).nullable(),
  labels: z.array(z.string()).readonly(),
  control: z.array(Count).readonly(),
  candidate: z.array(Count).readonly(),
});
export type MetricPicture = z.infer<typeof MetricPicture>;

const Canary = CanaryHead.extend({
  /** A verdict to roll back then means the registry, else the traffic alone. */
  isCandidateLive: z.boolean(),
  plans: z.array(PlanRevision).min(1).readonly(),
  looks: z.array(ImportedLook).readonly(),
  /** Newest first. */
  verdicts: z.array(CanaryVerdict).readonly(),
  /** What the judge says now, not on record; null before the first look. */
  judgement: CanaryJudgement.nullable(),
  picture: MetricPicture.nullable(),
});
export type Canary = z.infer<typeof Canary>;

/** What a plan costs. */
const CanaryForecast = z.strictObject({
  /** Candidate rows for one look at the end. */
  fixedRows: Count,
  /** Candidate rows that suffice however often one looks. */
  alwaysValidRows: Count,
  /** Control rows that come with the larger of the two. */
  controlRows: Count,
  /** Days from the start until the rows are there; null when the traffic is not known. */
  fixedDays: z.number().nonnegative().nullable(),
  alwaysValidDays: z.number().nonnegative().nullable(),
});
export type CanaryForecast = z.infer<typeof CanaryForecast>;

const InspectedFile = z.strictObject({
  file: FileFingerprint,
  nRows: Count,
  columns: z.array(InspectedColumn).readonly(),
  warnings: z.array(z.string()).readonly(),
});

const StagedArms = z.strictObject({
  stageId: StageId,
  control: InspectedFile,
  /** Null: both arms are in one file. */
  candidate: InspectedFile.nullable(),
});
export type StagedArms = z.infer<typeof StagedArms>;

/** How the arms are told apart. */
const ArmLayout = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('twoFiles') }),
  z.strictObject({
    kind: z.literal('oneFile'),
    assignmentColumn: ColumnName,
    controlLabel: z.string().min(1).max(1000),
    candidateLabel: z.string().min(1).max(1000),
  }),
  /** The same rows, scored by both: `candidateColumn` beside the column of the plan. */
  z.strictObject({ kind: z.literal('paired'), candidateColumn: ColumnName }),
]);
export type ArmLayout = z.infer<typeof ArmLayout>;

const FileComparison = z.strictObject({
  plan: CanaryPlan,
  look: CanaryLook.omit({ primary: true, guardrails: true }),
  judgement: CanaryJudgement,
});
export type CanaryFileComparison = z.infer<typeof FileComparison>;

export const canaryChannels = {
  /** Judges two files by the usual policy; stores nothing and needs no workspace. */
  'canary.compareFiles': channel({
    input: z.strictObject({
      control: FileSource,
      candidate: FileSource,
      column: ColumnName,
      kind: z.enum(['binary', 'continuous']),
      direction: Direction,
      margin: CanaryPlan.shape.margin,
      /** The planned share of rows; null: the split is not checked. */
      candidateShare: CanaryPlan.shape.candidateShare.nullable(),
    }),
    output: FileComparison,
    allow: ROLES,
    session: 'none',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  'canary.list': channel({
    input: z.strictObject({ modelId: ModelId.nullable() }),
    output: z.array(CanaryHead).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Every verdict of a model, newest first. */
  'canary.listVerdicts': channel({
    input: z.strictObject({ modelId: ModelId }),
    output: z.array(CanaryVerdictHead).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  'canary.get': channel({
    input: z.strictObject({ canaryId: CanaryId }),
    output: Canary,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Rows that a plan needs; null while it does not say how much one row varies. */
  'canary.forecast': channel({
    input: z.strictObject({ plan: CanaryPlan }),
    output: CanaryForecast.nullable(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Plans a canary before its data come. CONFLICT: the two versions are not two of one model. */
  'canary.plan': channel({
    input: z.strictObject({
      candidateVersionId: ModelVersionId,
      controlVersionId: ModelVersionId,
      plan: CanaryPlan,
      reason: Reason,
    }),
    output: Canary,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Changes a plan. CONFLICT: somebody was first, or looks are there and the plan would measure something else. */
  'canary.revisePlan': channel({
    input: z.strictObject({
      canaryId: CanaryId,
      plan: CanaryPlan,
      reason: Reason,
      revision: z.number().int().positive(),
    }),
    output: Canary,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Reads the columns of the files of both arms; stores nothing. */
  'canary.inspectData': channel({
    input: z.strictObject({
      canaryId: CanaryId,
      control: FileSource,
      /** Null: one file with a column of assignments, or with both scores. */
      candidate: FileSource.nullable(),
    }),
    output: StagedArms,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND', 'BAD_DATA'],
  }),
  /** Reduces staged rows to aggregates and adds them as the next look. */
  'canary.importLook': channel({
    input: z.strictObject({
      canaryId: CanaryId,
      stageId: StageId,
      layout: ArmLayout,
      idColumn: ColumnName.nullable(),
      timeColumn: ColumnName.nullable(),
    }),
    output: Canary,
    allow: ['analyst'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'BAD_DATA', 'CONFLICT'],
  }),
  /** Puts what the judge says now on record. CONFLICT: there is no look yet. */
  'canary.judge': channel({
    input: z.strictObject({ canaryId: CanaryId }),
    output: Canary,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  /** Judges again from the stored aggregates and compares the bytes. */
  'canary.replay': channel({
    input: z.strictObject({ verdictId: CanaryVerdictId }),
    output: z.strictObject({
      isSame: z.boolean(),
      recordedSha256: Sha256Hex,
      replayedSha256: Sha256Hex,
    }),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
} as const;
