import { randomUUID } from 'node:crypto';
import type { FileFingerprint, FileSource } from '../../shared/base/files';
import { ExplanationId, type ModelVersionId } from '../../shared/base/ids';
import type { ColumnKind } from '../../shared/drift/column';
import type {
  Explanation,
  explanationChannels,
  ExplanationHead,
  StagedShap,
} from '../../shared/explanation/channels';
import type { ExplainedCase } from '../../shared/explanation/explanation';
import { findShapColumns } from '../../shared/explanation/shapColumns';
import type { InputOf, OutputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, StageKind } from '../app/context';
import { badData } from '../io/badData';
import { pickSourceFile, pickTableFile } from '../io/pickSource';
import { requireVersion } from '../registry/registryService';
import {
  findByFile,
  findExplanation,
  findExplanations,
  insertExplanation,
} from './explanationRepo';
import type { OnnxRef } from './onnxFile';

type Input<K extends keyof typeof explanationChannels> = InputOf<(typeof explanationChannels)[K]>;

interface StagedFile {
  readonly path: string;
  readonly versionId: ModelVersionId;
  readonly sha256: string;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
}

interface OpenedCases {
  readonly path: string;
  readonly sha256: string;
  readonly explanationId: ExplanationId;
  /** Null: the contributions lie in the file. */
  readonly model: OnnxRef | null;
}

const STAGED_SHAP: StageKind<StagedFile> = { name: 'explanation.shap' };
/** Files in which single cases are looked at. */
export const OPENED_CASES: StageKind<OpenedCases> = { name: 'explanation.cases' };

/** Explanations of a model's versions, newest first. */
export function list(
  ctx: AppContext,
  { modelId }: Input<'explanation.list'>,
): readonly ExplanationHead[] {
  return findExplanations(ctx.db, modelId);
}

/** @throws AppFailure NOT_FOUND */
export function get(ctx: AppContext, { explanationId }: Input<'explanation.get'>): Explanation {
  const found = findExplanation(ctx.db, explanationId);
  if (found === null)
    throw new AppFailure('NOT_FOUND', 'There is no such explanation.', { explanationId });
  return found;
}

/**
 * Reads the columns of a file of SHAP values; stores nothing.
 *
 * @throws AppFailure NOT_FOUND (version or file), BAD_DATA (unreadable, or not in the expected form), CANCELLED
 */
export async function inspectShap(
  ctx: AppContext,
  { versionId, source }: Input<'explanation.inspectShap'>,
): Promise<StagedShap> {
  requireVersion(ctx, versionId);
  const path = await pickTableFile(ctx, source, 'SHAP values');
  const { file, nRows, columns, warnings } = await ctx.jobs.run('table.inspect', { path }, ctx);
  const found = findShapColumns(columns.map(({ name }) => name));
  if (typeof found === 'string') throw badData(file.fileName, found);
  const kinds = columns.map(({ name, kind }) => ({ name, kind }));
  const staged = { path, versionId, sha256: file.sha256, columns: kinds };
  return {
    stageId: ctx.stages.put(STAGED_SHAP, staged),
    file,
    nRows,
    outputs: found.outputs.map(({ name }) => name),
    features: found.outputs[0]!.features.map(({ name }) => name),
    warnings,
  };
}

/**
 * Checks that contributions add up and keeps their aggregates; the cases stay in the file.
 *
 * @throws AppFailure NOT_FOUND (staged file), BAD_DATA (changed file, a figure is missing), CONFLICT (this file is on
 *   record for the version), INSUFFICIENT_DATA (fewer than ten cases), CANCELLED
 */
export async function importShap(
  ctx: AppContext,
  { stageId, space }: Input<'explanation.importShap'>,
): Promise<Explanation> {
  const { path, sha256, versionId, columns } = ctx.stages.get(STAGED_SHAP, stageId);
  const version = requireVersion(ctx, versionId);
  refuseTwice(ctx, versionId, sha256);
  const input = { path, expectedSha256: sha256, columns, space };
  const { file, aggregates } = await ctx.jobs.run('explanation.readShap', input, ctx);
  const id = ExplanationId.parse(randomUUID());
  const { modelId } = version.snapshot;
  const nFailed = aggregates.outputs.reduce((sum, one) => sum + one.additivity.nFailed, 0);
  const after = { versionId, fileSha256: file.sha256, nCases: aggregates.nCases, nFailed };
  ctx.write('explanation.shapImported', id, { after }, (db) => {
    refuseTwice({ db }, versionId, sha256);
    const by = { importedAtUtc: ctx.nowUtc(), importedBy: ctx.actor.id };
    insertExplanation(db, { id, modelId, versionId, file, aggregates, ...by });
  });
  ctx.stages.drop(stageId);
  return get(ctx, { explanationId: id });
}

function refuseTwice({ db }: Pick<AppContext, 'db'>, id: ModelVersionId, sha256: string): void {
  const explanationId = findByFile(db, id, sha256);
  if (explanationId !== null)
    throw new AppFailure(
      'CONFLICT',
      'This file is on record for this version already. Nothing was recorded. Open that explanation instead.',
      { explanationId },
    );
}

/**
 * Finds the file of an explanation again, and the model where it was computed from one, to look at single cases.
 *
 * @throws AppFailure NOT_FOUND (explanation or file), BAD_DATA (unreadable, or another file), CANCELLED
 */
export async function openCases(
  ctx: AppContext,
  { explanationId, source, modelSource }: Input<'explanation.openCases'>,
): Promise<OutputOf<(typeof explanationChannels)['explanation.openCases']>> {
  const explanation = get(ctx, { explanationId });
  const { file: expected, aggregates } = explanation;
  const model =
    aggregates.computed === undefined
      ? null
      : await openModelOf(ctx, explanation, aggregates.computed.model, modelSource ?? null);
  const path = await pickTableFile(ctx, source, `The cases of ${expected.fileName}`);
  const { file } = await ctx.jobs.run('table.inspect', { path }, ctx);
  requireSame(file, expected);
  const opened = { path, sha256: file.sha256, explanationId, model };
  return { stageId: ctx.stages.put(OPENED_CASES, opened), file };
}

async function openModelOf(
  ctx: AppContext,
  { versionId }: Explanation,
  expected: FileFingerprint,
  source: FileSource | null,
): Promise<OnnxRef> {
  const title = `The model ${expected.fileName}`;
  const request = { title, extensions: ['onnx'] };
  const modelPath = await pickSourceFile(ctx, source ?? { token: null }, request);
  const { schema } = requireVersion(ctx, versionId).snapshot;
  const schemaNames = schema.flatMap(({ direction, name }) =>
    direction === 'input' ? [name] : [],
  );
  const input = { path: modelPath, modelPath, schemaNames };
  const { file } = await ctx.jobs.run('explanation.readModel', input, ctx);
  requireSame(file, expected);
  return { modelPath, modelSha256: file.sha256, schemaNames };
}

function requireSame(file: FileFingerprint, expected: FileFingerprint): void {
  if (file.sha256 !== expected.sha256)
    throw badData(
      file.fileName,
      `this is not the file that the explanation was made from (${expected.fileName}, SHA-256 ${expected.sha256.slice(0, 12)}…). Choose that file.`,
    );
}

/**
 * Reads one case from an opened file; it is shown and not stored.
 *
 * @throws AppFailure NOT_FOUND (opened file, output or case), BAD_DATA (changed file, ambiguous case), CANCELLED
 */
export async function explainCase(
  ctx: AppContext,
  input: Input<'explanation.explainCase'>,
): Promise<ExplainedCase> {
  return (await readOpenedCase(ctx, input)).explained;
}

/** As {@link explainCase}, with the explanation that the case belongs to. */
export async function readOpenedCase(
  ctx: AppContext,
  { stageId, caseId, output }: Input<'explanation.explainCase'>,
): Promise<{ readonly explanation: Explanation; readonly explained: ExplainedCase }> {
  const { path, sha256, explanationId, model } = ctx.stages.get(OPENED_CASES, stageId);
  const explanation = get(ctx, { explanationId });
  const { outputs, computed } = explanation.aggregates;
  const found = outputs.find(({ name }) => name === output);
  if (found === undefined) throw new AppFailure('NOT_FOUND', 'The explanation has no such output.');
  if (model !== null && computed !== undefined) {
    const { settings } = computed;
    const input = { ...model, path, expectedSha256: sha256, caseId, settings };
    return { explanation, explained: await ctx.jobs.run('explanation.readModelCase', input, ctx) };
  }
  const { space } = found.additivity;
  const input = { path, expectedSha256: sha256, caseId, output, space };
  return { explanation, explained: await ctx.jobs.run('explanation.readCase', input, ctx) };
}
