import { randomUUID } from 'node:crypto';
import { ExplanationId, type ModelVersionId } from '../../shared/base/ids';
import type { ExplanationAggregates } from '../../shared/explanation/computed';
import type {
  modelExplanationChannels,
  StagedModel,
  StagedModelData,
} from '../../shared/explanation/modelChannels';
import { schemaMismatch, type OnnxFacts } from '../../shared/explanation/onnxModel';
import { proposeSettings } from '../../shared/explanation/proposeSettings';
import type { InputOf, OutputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, StageKind } from '../app/context';
import { badData } from '../io/badData';
import { pickSourceFile, pickTableFile } from '../io/pickSource';
import { requireVersion } from '../registry/registryService';
import { insertExplanation } from './explanationRepo';
import { get, OPENED_CASES } from './explanationService';
import type { OnnxRef } from './onnxFile';

type Channels = typeof modelExplanationChannels;
type Input<K extends keyof Channels> = InputOf<Channels[K]>;

interface StagedOnnx {
  readonly versionId: ModelVersionId;
  readonly model: OnnxRef;
  readonly facts: OnnxFacts;
  readonly isArtefact: boolean | null;
}

interface StagedData extends StagedOnnx {
  readonly path: string;
  readonly sha256: string;
  readonly offered: Pick<StagedModelData, 'outputs' | 'otherColumns' | 'targets'>;
}

const STAGED_MODEL: StageKind<StagedOnnx> = { name: 'explanation.model' };
const STAGED_DATA: StageKind<StagedData> = { name: 'explanation.modelData' };
/** Columns beside the features that are offered as outcome or identifier. */
const MOST_OTHERS = 200;
const MOST_OUTPUTS = 200;

/**
 * Reads an ONNX model of a version in a process of its own; stores nothing.
 *
 * @throws AppFailure NOT_FOUND (version or file), BAD_DATA (not fit to run, or not of this version's inputs), CANCELLED
 */
export async function inspectModel(
  ctx: AppContext,
  { versionId, source }: Input<'explanation.inspectModel'>,
): Promise<StagedModel> {
  const { snapshot } = requireVersion(ctx, versionId);
  const path = await pickSourceFile(ctx, source, { title: 'ONNX model', extensions: ['onnx'] });
  const inputs = snapshot.schema.filter(({ direction }) => direction === 'input');
  const schemaNames = inputs.map(({ name }) => name);
  const facts = await ctx.jobs.run(
    'explanation.readModel',
    { path, modelPath: path, schemaNames },
    ctx,
  );
  const mismatch = schemaMismatch(facts.features, inputs);
  if (mismatch !== null) throw badData(facts.file.fileName, mismatch);
  const { sha256 } = facts.file;
  const isArtefact = snapshot.artefacts?.some((one) => one.sha256 === sha256) ?? null;
  const model = { modelPath: path, modelSha256: sha256, schemaNames };
  const staged = { versionId, model, facts, isArtefact };
  return { stageId: ctx.stages.put(STAGED_MODEL, staged), facts, isArtefact };
}

/**
 * Checks that a file holds what the model takes, and proposes how to explain it; stores nothing.
 *
 * @throws AppFailure NOT_FOUND (staged model or file), BAD_DATA (unreadable, or a feature is missing), CANCELLED
 */
export async function inspectModelData(
  ctx: AppContext,
  { stageId, source }: Input<'explanation.inspectModelData'>,
): Promise<StagedModelData> {
  const staged = ctx.stages.get(STAGED_MODEL, stageId);
  const { facts, model } = staged;
  const path = await pickTableFile(ctx, source, 'Inputs of the model');
  const table = await ctx.jobs.run('table.inspect', { path }, ctx);
  const features = new Set(facts.features.map(({ name }) => name));
  const others = table.columns.filter(({ name }) => !features.has(name)).slice(0, MOST_OTHERS);
  const twoValued = others.flatMap((column) => (column.nDistinct === 2 ? [column.name] : []));
  const input = { ...model, path, expectedSha256: table.file.sha256, twoValued };
  const data = await ctx.jobs.run('explanation.readModelData', input, ctx);
  const outputs = facts.outputs
    .flatMap((name, at) =>
      Array.from({ length: Math.min(MOST_OUTPUTS, data.widths[at]!) }, (_none, column) => ({
        name,
        column,
      })),
    )
    .slice(0, MOST_OUTPUTS);
  const valuesOf = new Map(data.twoValued.map(({ column, values }) => [column, values]));
  const targets = others.flatMap(({ name, kind }) => {
    const values = valuesOf.get(name) ?? null;
    return values === null && kind !== 'numeric' ? [] : [{ column: name, values }];
  });
  const otherColumns = others.map(({ name }) => name);
  const offered = { outputs, otherColumns, targets };
  const { file, nRows, nIncomplete } = data;
  const next = { ...staged, path, sha256: file.sha256, offered };
  return {
    stageId: ctx.stages.put(STAGED_DATA, next),
    file,
    nRows,
    nIncomplete,
    ...offered,
    proposed: proposeSettings(facts, offered, others),
    warnings: table.warnings,
  };
}

/**
 * Computes an explanation from the staged model and data, and keeps its aggregates; the cases stay in the file.
 *
 * @throws AppFailure NOT_FOUND (staged files, or a choice that was not offered), BAD_DATA (changed, or the model fails),
 *   INSUFFICIENT_DATA (fewer than ten complete rows, or outcomes of one kind), CANCELLED
 */
export async function compute(
  ctx: AppContext,
  { stageId, settings }: Input<'explanation.compute'>,
): Promise<OutputOf<Channels['explanation.compute']>> {
  const staged = ctx.stages.get(STAGED_DATA, stageId);
  requireOffered(staged.offered, settings);
  const { path, sha256, model, versionId, isArtefact } = staged;
  const version = requireVersion(ctx, versionId);
  const input = { ...model, path, expectedSha256: sha256, settings };
  const { file, nCases, output, facts } = await ctx.jobs.run('explanation.compute', input, ctx);
  const aggregates: ExplanationAggregates = {
    nCases,
    outputs: [output],
    computed: { ...facts, isArtefact },
  };
  const id = ExplanationId.parse(randomUUID());
  const { modelId } = version.snapshot;
  const { nFailed } = output.additivity;
  const { method } = facts;
  const modelSha256 = facts.model.sha256;
  const after = { versionId, modelSha256, fileSha256: file.sha256, method, nCases, nFailed };
  ctx.write('explanation.computed', id, { after }, (db) => {
    const by = { importedAtUtc: ctx.nowUtc(), importedBy: ctx.actor.id };
    insertExplanation(db, { id, modelId, versionId, file, aggregates, ...by });
  });
  const opened = { path, sha256, explanationId: id, model };
  return {
    explanation: get(ctx, { explanationId: id }),
    casesStageId: ctx.stages.put(OPENED_CASES, opened),
  };
}

function requireOffered(
  { outputs, otherColumns, targets }: StagedData['offered'],
  { output, idColumn, target }: Input<'explanation.compute'>['settings'],
): void {
  const isOutput = outputs.some((one) => one.name === output.name && one.column === output.column);
  const isId = idColumn === null || otherColumns.includes(idColumn);
  const found = targets.find(({ column }) => column === target?.column);
  const isTarget =
    target === null ||
    (target.positive === null
      ? found?.values === null
      : (found?.values?.includes(target.positive) ?? false));
  if (!isOutput || !isId || !isTarget)
    throw new AppFailure(
      'NOT_FOUND',
      'The model or the file has no such output or column. Nothing was recorded. Choose one that is offered.',
    );
}
