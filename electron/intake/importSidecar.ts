import { join } from 'node:path';
import type { SigningAct } from '../../shared/audit/signature';
import type { FileFingerprint, FileSource } from '../../shared/base/files';
import type { ModelId, ModelVersionId } from '../../shared/base/ids';
import type { ResultOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import { AppFailure } from '../../shared/ipc/errors';
import type { NamedFile, Sidecar, SidecarOf } from '../../shared/intake/sidecar';
import type { AppContext, InnerCall, WriteRider } from '../app/context';
import {
  findModelNamed,
  findVersionNumbered,
  stageStatedDigests,
} from '../registry/registryService';

/** One sidecar with its files, out of reach of the pipeline. */
export interface ClaimedSidecar {
  readonly claim: string;
  readonly sidecar: Sidecar;
  readonly files: readonly NamedFile[];
  readonly modelId: ModelId;
  /** Null: new versions wait. */
  readonly signing: SigningAct | null;
}

/** What an import needs beside the sidecar. */
export interface ImportTools {
  readonly ctx: AppContext;
  readonly progress: NonNullable<InnerCall['progress']>;
  /** Checks the files against the sidecar and the records; the write that follows carries the answer. */
  riderFor(files: readonly FileFingerprint[]): WriteRider;
}

/**
 * Imports a sidecar's file by the same calls that a window makes, through the gate.
 *
 * @throws AppFailure whatever the calls answer, and NOT_FOUND (model, version, canary), BAD_DATA (another
 *   content than the sidecar names)
 */
export function importSidecar(tools: ImportTools, claimed: ClaimedSidecar): Promise<unknown> {
  const { sidecar } = claimed;
  switch (sidecar.kind) {
    case 'reference':
      return freezeReference(tools, claimed, sidecar);
    case 'liveBatch':
      return importBatch(tools, claimed, sidecar);
    case 'predictions':
      return importPredictions(tools, claimed, sidecar);
    case 'outcomes':
      return importOutcomes(tools, claimed, sidecar);
    case 'canaryArms':
      return importArms(tools, claimed, sidecar);
    case 'newVersion':
      return registerVersion(tools, claimed, sidecar);
  }
}

/** @throws AppFailure NOT_FOUND */
export function requireNamedModel({ db }: AppContext, name: string): ModelId {
  const modelId = findModelNamed(db, name);
  if (modelId !== null) return modelId;
  throw new AppFailure(
    'NOT_FOUND',
    'No model has the name that the sidecar gives. Nothing was recorded. Register the model, or correct the name: capital letters count.',
  );
}

async function freezeReference(
  { ctx, progress, riderFor }: ImportTools,
  claimed: ClaimedSidecar,
  { version, columns = {} }: SidecarOf<'reference'>,
): Promise<void> {
  const versionId = requireNumbered(ctx, claimed.modelId, version);
  const staged = valueOf<'drift.inspectReference'>(
    await ctx.call(
      'drift.inspectReference',
      { versionId, source: dataOf(ctx, claimed) },
      { progress },
    ),
  );
  const unknown = Object.keys(columns).find((name) => !staged.columns.some((c) => c.name === name));
  if (unknown !== undefined)
    throw new AppFailure(
      'BAD_DATA',
      `The sidecar describes the column "${unknown}", which the file does not have. Nothing was recorded.`,
      { column: unknown },
    );
  const specs = staged.columns.map(({ name, kind, role }) => ({
    name,
    kind: columns[name]?.kind ?? kind,
    role: columns[name]?.role ?? role,
  }));
  const input = { versionId, stageId: staged.stageId, columns: specs };
  const rider = riderFor([staged.file]);
  valueOf(await ctx.call('drift.freezeReference', input, { progress, rider }));
}

async function importBatch(
  { ctx, progress, riderFor }: ImportTools,
  claimed: ClaimedSidecar,
  { version, window }: SidecarOf<'liveBatch'>,
): Promise<void> {
  const versionId = requireNumbered(ctx, claimed.modelId, version);
  const { stageId, file } = valueOf<'drift.inspectBatch'>(
    await ctx.call('drift.inspectBatch', { versionId, source: dataOf(ctx, claimed) }, { progress }),
  );
  const { label, start: periodStart, end: periodEnd } = window;
  const input = { versionId, stageId, label, periodStart, periodEnd };
  valueOf(await ctx.call('drift.importBatch', input, { progress, rider: riderFor([file]) }));
}

async function importPredictions(
  { ctx, progress, riderFor }: ImportTools,
  claimed: ClaimedSidecar,
  { version, window, isBaseline, columns, task, currency }: SidecarOf<'predictions'>,
): Promise<void> {
  const versionId = requireNumbered(ctx, claimed.modelId, version);
  const { stageId, file, proposal } = valueOf<'performance.inspectLog'>(
    await ctx.call(
      'performance.inspectLog',
      { versionId, source: dataOf(ctx, claimed) },
      { progress },
    ),
  );
  const input = {
    versionId,
    stageId,
    label: window.label,
    periodStart: window.start,
    periodEnd: window.end,
    isBaseline,
    columns: { ...proposal.columns, ...columns },
    task: { ...proposal.task, ...task },
    currency: currency ?? null,
    outcomes: null,
  };
  valueOf(await ctx.call('performance.importLog', input, { progress, rider: riderFor([file]) }));
}

async function importOutcomes(
  { ctx, progress, riderFor }: ImportTools,
  claimed: ClaimedSidecar,
  { columns }: SidecarOf<'outcomes'>,
): Promise<void> {
  const { modelId } = claimed;
  const { stageId, file, proposal } = valueOf<'performance.inspectOutcomes'>(
    await ctx.call(
      'performance.inspectOutcomes',
      { modelId, source: dataOf(ctx, claimed) },
      { progress },
    ),
  );
  const input = { modelId, stageId, columns: { ...proposal, ...columns } };
  valueOf(
    await ctx.call('performance.importOutcomes', input, { progress, rider: riderFor([file]) }),
  );
}

async function importArms(
  { ctx, progress, riderFor }: ImportTools,
  claimed: ClaimedSidecar,
  sidecar: SidecarOf<'canaryArms'>,
): Promise<void> {
  const canaryId = await requireTrial(ctx, claimed.modelId, sidecar);
  const { layout, idColumn, timeColumn } = sidecar;
  const [data, beside] = claimed.files.map(({ name }) => sourceOf(ctx, join(claimed.claim, name)));
  const isTwoFiles = layout.kind === 'twoFiles';
  const arms = valueOf<'canary.inspectData'>(
    await ctx.call(
      'canary.inspectData',
      {
        canaryId,
        control: isTwoFiles ? beside! : data!,
        candidate: isTwoFiles ? data! : null,
      },
      { progress },
    ),
  );
  const files =
    arms.candidate === null ? [arms.control.file] : [arms.candidate.file, arms.control.file];
  const input = {
    canaryId,
    stageId: arms.stageId,
    layout: isTwoFiles ? { kind: 'twoFiles' as const } : layout,
    idColumn,
    timeColumn,
  };
  valueOf(await ctx.call('canary.importLook', input, { progress, rider: riderFor(files) }));
}

/** The canary that the sidecar names, or the newest one of its candidate. */
async function requireTrial(
  ctx: AppContext,
  modelId: ModelId,
  { canaryId, version }: SidecarOf<'canaryArms'>,
) {
  const trials = valueOf<'canary.list'>(await ctx.call('canary.list', { modelId }));
  const trial = trials.find(
    (one) => one.candidate === version && (canaryId === undefined || one.id === canaryId),
  );
  if (trial !== undefined) return trial.id;
  throw new AppFailure(
    'NOT_FOUND',
    `No canary of version ${version} is planned${canaryId === undefined ? '' : ' under the identifier that the sidecar gives'}. Nothing was recorded. Plan it first.`,
    { version },
  );
}

async function registerVersion(
  { ctx, riderFor }: ImportTools,
  { modelId, signing }: ClaimedSidecar,
  sidecar: SidecarOf<'newVersion'>,
): Promise<void> {
  if (signing === null) throw new Error('a version was taken without a signature');
  const { description, hyperparameters, metrics, schema, runLink, ...stated } = sidecar;
  const { datasets, artefacts, fromPacket } = stated;
  const { stageId } = valueOf<'registry.previewVersion'>(
    await ctx.call('registry.previewVersion', {
      modelId,
      description,
      hyperparameters,
      metrics,
      schema,
      trainingDataStageId: null,
      runLink,
      packetId: await packetNumbered(ctx, modelId, fromPacket),
      statedStageId: stageStatedDigests(ctx, { datasets, artefacts }),
    }),
  );
  const rider = riderFor([]);
  valueOf(await ctx.call('registry.registerVersion', { stageId, signing }, { rider }));
}

/** The packet that the sidecar says the version came from; whether it is approved, the registry judges. */
async function packetNumbered(ctx: AppContext, modelId: ModelId, number: number | undefined) {
  if (number === undefined) return null;
  const packets = valueOf<'handoff.listPackets'>(
    await ctx.call('handoff.listPackets', { modelId }),
  );
  const packet = packets.find((one) => one.number === number);
  if (packet !== undefined) return packet.id;
  throw new AppFailure(
    'NOT_FOUND',
    `The model has no hand-off packet ${number}. Nothing was recorded. Correct the number, or leave it out.`,
    { fromPacket: number },
  );
}

/** @throws AppFailure NOT_FOUND */
function requireNumbered({ db }: AppContext, modelId: ModelId, version: number): ModelVersionId {
  const versionId = findVersionNumbered(db, modelId, version);
  if (versionId !== null) return versionId;
  throw new AppFailure(
    'NOT_FOUND',
    `The model has no version ${version}. Nothing was recorded. Register it first, or correct the sidecar.`,
    { version },
  );
}

function dataOf(ctx: AppContext, { claim, files }: ClaimedSidecar): FileSource {
  return sourceOf(ctx, join(claim, files[0]!.name));
}

function sourceOf({ ports }: AppContext, path: string): FileSource {
  return { token: ports.tokenFor(path) };
}

function valueOf<K extends ChannelName>(
  result: ResultOf<Contract[K]>,
): Extract<ResultOf<Contract[K]>, { ok: true }>['value'] {
  if (result.ok) return result.value;
  const { code, message, details } = result.error;
  throw new AppFailure(code, message, details);
}
