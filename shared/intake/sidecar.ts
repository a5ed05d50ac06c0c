import { z } from 'zod';
import { Sha256Hex } from '../base/files';
import { CanaryId } from '../base/ids';
import { PlainText } from '../base/text';
import { CalendarDay } from '../base/time';
import { ColumnKind, ColumnRole } from '../drift/column';
import { Currency, LogColumns, OutcomeColumns, PredictionTask } from '../performance/predictionLog';
import { VersionSnapshot } from '../registry/model';

/** What a sidecar's name ends with; what stands before it is the name of the data file. */
export const SIDECAR_SUFFIX = '.assay.json';
/** A sidecar describes a file and holds no rows: anything larger is something else. */
export const MAX_SIDECAR_BYTES = 1024 ** 2;

/** A file beside the sidecar, by its bare name: no path leads out of the folder. */
export const BesideName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?!\.)[^/\\:\p{C}]+$/u, 'must be the bare name of a file in the same folder');

const Wholeness = {
  /** Size of the whole file: with it Assay takes the file at once, without it after two equal looks. */
  sizeBytes: z.number().int().nonnegative().optional(),
  /** SHA-256 of the whole file, lowercase hex: another content is refused. */
  sha256: Sha256Hex.optional(),
};

const base = {
  /** Version of this format. */
  assay: z.literal(1),
  /** Name of the model, exactly as it is registered. */
  model: z.string().min(1).max(120),
  /** Files are taken in this order; without it by time, then by name. */
  sequence: z.number().int().nonnegative().optional(),
  /** When the pipeline wrote it. */
  producedAtUtc: z.iso.datetime({ offset: true }).optional(),
};

const ofVersion = { version: z.number().int().positive() };
const ColumnName = z.string().min(1).max(1024);

/** The time that the rows cover. */
const Window = z.strictObject({
  label: z.string().trim().min(1).max(200).pipe(PlainText),
  start: CalendarDay.nullable().default(null),
  end: CalendarDay.nullable().default(null),
});

const ReferenceSidecar = z.strictObject({
  ...base,
  ...Wholeness,
  ...ofVersion,
  kind: z.literal('reference'),
  /** Only columns that are not what Assay would take them for. */
  columns: z
    .record(
      ColumnName,
      z.strictObject({ kind: ColumnKind.optional(), role: ColumnRole.optional() }),
    )
    .optional(),
});

const LiveBatchSidecar = z.strictObject({
  ...base,
  ...Wholeness,
  ...ofVersion,
  kind: z.literal('liveBatch'),
  window: Window,
});

const PredictionsSidecar = z.strictObject({
  ...base,
  ...Wholeness,
  ...ofVersion,
  kind: z.literal('predictions'),
  window: Window,
  isBaseline: z.boolean().default(false),
  columns: LogColumns.partial().optional(),
  task: PredictionTask.partial().optional(),
  currency: Currency.optional(),
});

const OutcomesSidecar = z.strictObject({
  ...base,
  ...Wholeness,
  kind: z.literal('outcomes'),
  columns: OutcomeColumns.partial().optional(),
});

const CanaryArmsSidecar = z.strictObject({
  ...base,
  ...Wholeness,
  /** The candidate. */
  ...ofVersion,
  kind: z.literal('canaryArms'),
  /** The newest canary of the candidate, unless it is named. */
  canaryId: CanaryId.optional(),
  /** How the arms are told apart; `twoFiles`: the data file is the candidate's. */
  layout: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('twoFiles'),
      control: z.strictObject({ file: BesideName, ...Wholeness }),
    }),
    z.strictObject({
      kind: z.literal('oneFile'),
      assignmentColumn: ColumnName,
      controlLabel: z.string().min(1).max(1000),
      candidateLabel: z.string().min(1).max(1000),
    }),
    z.strictObject({ kind: z.literal('paired'), candidateColumn: ColumnName }),
  ]),
  idColumn: ColumnName.nullable().default(null),
  timeColumn: ColumnName.nullable().default(null),
});

const NewVersionSidecar = z.strictObject({
  ...base,
  kind: z.literal('newVersion'),
  description: VersionSnapshot.shape.description.default(''),
  hyperparameters: VersionSnapshot.shape.hyperparameters.default({}),
  metrics: VersionSnapshot.shape.metrics.default({}),
  schema: VersionSnapshot.shape.schema.default([]),
  /** Digests of the data it was made with, as the pipeline knows them. */
  datasets: VersionSnapshot.shape.datasets,
  /** Digests of its files; Assay compares them when it is given the files. */
  artefacts: VersionSnapshot.shape.artefacts,
  runLink: VersionSnapshot.shape.runLink,
  /** Number of the approved hand-off packet that asked for this version. */
  fromPacket: z.number().int().positive().optional(),
});

/** What lies beside a file in the watched folder and says what it is; `docs/intake-sidecar.schema.json`. */
export const Sidecar = z.discriminatedUnion('kind', [
  ReferenceSidecar,
  LiveBatchSidecar,
  PredictionsSidecar,
  OutcomesSidecar,
  CanaryArmsSidecar,
  NewVersionSidecar,
]);
export type Sidecar = z.infer<typeof Sidecar>;
export type SidecarOf<K extends Sidecar['kind']> = Extract<Sidecar, { readonly kind: K }>;

export const SIDECAR_KINDS = [
  'reference',
  'liveBatch',
  'predictions',
  'outcomes',
  'canaryArms',
  'newVersion',
] as const satisfies readonly Sidecar['kind'][];

/** A file that a sidecar asks for, and how it can be told that it is whole. */
export interface NamedFile {
  readonly name: string;
  readonly sizeBytes: number | undefined;
  readonly sha256: string | undefined;
}

/** A name that is nothing but the ending describes nothing and is no sidecar. */
export function isSidecarName(name: string): boolean {
  return name.endsWith(SIDECAR_SUFFIX) && name.length > SIDECAR_SUFFIX.length;
}

/** What a sidecar's own name says: the name of its data file, or of what it describes. */
export function dataNameOf(sidecarName: string): string {
  return sidecarName.slice(0, -SIDECAR_SUFFIX.length);
}

/**
 * The files that belong to a sidecar, the data file first.
 *
 * @param sidecarName name of the sidecar itself, which ends with {@link SIDECAR_SUFFIX}
 */
export function filesOfSidecar(sidecar: Sidecar, sidecarName: string): readonly NamedFile[] {
  if (sidecar.kind === 'newVersion') return [];
  const { sizeBytes, sha256 } = sidecar;
  const data = { name: dataNameOf(sidecarName), sizeBytes, sha256 };
  if (sidecar.kind !== 'canaryArms' || sidecar.layout.kind !== 'twoFiles') return [data];
  const { file, ...control } = sidecar.layout.control;
  return [data, { name: file, sizeBytes: control.sizeBytes, sha256: control.sha256 }];
}

/** The text of `docs/intake-sidecar.schema.json`. */
export function sidecarJsonSchema(): string {
  const schema = z.toJSONSchema(Sidecar, { target: 'draft-2020-12', io: 'input' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
