import { randomUUID } from 'node:crypto';
import type { FileFingerprint } from '../../shared/base/files';
import { DriftReportId, type AlertId, type ModelVersionId } from '../../shared/base/ids';
import type {
  DriftComparison,
  driftChannels,
  Reference,
  StagedTable,
} from '../../shared/drift/channels';
import { DEFAULT_DRIFT_POLICY, type DriftPolicy } from '../../shared/drift/driftPolicy';
import { matchColumns } from '../../shared/drift/columnMatch';
import type { InspectedColumn } from '../../shared/drift/column';
import type { ColumnMatch, DriftReport, FeatureDetail } from '../../shared/drift/driftReport';
import type { DomainDrift } from '../../shared/drift/multivariate';
import { summariseDrift } from '../../shared/drift/driftSummary';
import { judgeFeatures } from '../../shared/drift/driftVerdict';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, CoreContext, StageKind } from '../app/context';
import { pickTableFile } from '../io/pickSource';
import { requireVersion } from '../registry/registryService';
import type { DriftComputation } from './driftJob';
import { insertReport } from './driftRepo';
import { findPolicy } from './policyRepo';
import { findReferenceProfile } from './referenceRepo';
import { requireReference } from './referenceService';

export { getPolicy, setPolicy, signablePolicy } from './policyService';
export { freezeReference, getReference, inspectReference } from './referenceService';
export { getFeature, getReport, history, latestReports, listReports } from './reportService';

type Input<K extends keyof typeof driftChannels> = InputOf<(typeof driftChannels)[K]>;

interface StagedBatch {
  readonly path: string;
  readonly file: FileFingerprint;
  readonly versionId: ModelVersionId;
  readonly columns: readonly InspectedColumn[];
}

const STAGED_BATCH: StageKind<StagedBatch> = { name: 'drift.batch' };

/**
 * Reads the columns of a live batch and matches them to the version's reference.
 *
 * @throws AppFailure NOT_FOUND (version or reference), BAD_DATA (unreadable), CANCELLED
 */
export async function inspectBatch(
  ctx: AppContext,
  input: Input<'drift.inspectBatch'>,
): Promise<StagedTable & { readonly match: ColumnMatch }> {
  requireVersion(ctx, input.versionId);
  const reference = requireReference(ctx, input.versionId);
  const path = await pickTableFile(ctx, input.source, 'Live batch');
  const table = await ctx.jobs.run('table.inspect', { path }, ctx);
  const staged: StagedBatch = {
    path,
    file: table.file,
    versionId: input.versionId,
    columns: table.columns,
  };
  const match = matchColumns(reference.columns, table.columns);
  return { stageId: ctx.stages.put(STAGED_BATCH, staged), ...table, match };
}

/**
 * Measures how far a staged live batch drifted from its version's reference, and records it.
 *
 * Only aggregates and the file's SHA-256 are stored, never rows. An alert is raised in the same
 * transaction when the policy is broken.
 *
 * @param input.referenceFile the file of the reference, for the domain classifier; without it that is not run
 * @returns the report, features ranked by verdict and by how far they are above the threshold
 * @throws AppFailure NOT_FOUND (version, reference or staged file), BAD_DATA (the file changed or is
 *   damaged), INSUFFICIENT_DATA (no column in common), CANCELLED
 */
export async function importBatch(
  ctx: AppContext,
  input: Input<'drift.importBatch'>,
): Promise<DriftReport> {
  const staged = ctx.stages.get(STAGED_BATCH, input.stageId);
  const reference = requireReference(ctx, input.versionId);
  const match = matchColumns(reference.columns, staged.columns);
  requireCommonColumn(match, staged.file);
  const { policy, revision } = findPolicy(ctx.db, reference.modelId);
  const referencePath =
    input.referenceFile && (await pickTableFile(ctx, input.referenceFile, 'Reference data'));
  const computation = await ctx.jobs.run(
    'drift.compute',
    {
      path: staged.path,
      expectedSha256: staged.file.sha256,
      reference: findReferenceProfile(ctx.db, reference),
      alpha: policy.alpha,
    },
    ctx,
  );
  const domain = await domainOf(ctx, staged, reference, referencePath);
  const features = judgeFeatures(computation.features, policy);
  const report: DriftReport = {
    ...reportFacts(ctx, input, reference, computation),
    policy,
    policyRevision: revision,
    match: { ...match, changedType: computation.changedType },
    features,
    summary: summariseDrift(features, policy),
    multivariate: { reconstruction: computation.reconstruction, domain },
  };
  recordReport(ctx, report, computation.details);
  ctx.stages.drop(input.stageId);
  ctx.hooks.evidenceChanged(ctx);
  return report;
}

async function domainOf(
  ctx: AppContext,
  { path, file }: StagedBatch,
  reference: Reference,
  referencePath: string | undefined,
): Promise<DomainDrift> {
  if (referencePath === undefined) {
    return {
      status: 'notAssessed',
      reason: `It needs the rows of the reference file (${reference.file.fileName}), which are not kept: bring the file with the batch.`,
    };
  }
  return ctx.jobs.run(
    'drift.domain',
    {
      reference: { path: referencePath, expectedSha256: reference.file.sha256 },
      path,
      expectedSha256: file.sha256,
      columns: reference.columns,
    },
    ctx,
  );
}

function reportFacts(
  ctx: AppContext,
  input: Input<'drift.importBatch'>,
  reference: Reference,
  computation: DriftComputation,
) {
  return {
    id: DriftReportId.parse(randomUUID()),
    modelId: reference.modelId,
    versionId: input.versionId,
    version: requireVersion(ctx, input.versionId).snapshot.version,
    label: input.label,
    periodStart: input.periodStart,
    periodEnd: input.periodEnd,
    computedAtUtc: ctx.nowUtc(),
    file: computation.file,
    nRows: computation.nRows,
    referenceId: reference.id,
    referenceFile: reference.file,
    nReferenceRows: reference.nRows,
    durationMs: computation.durationMs,
    appVersion: ctx.ports.appVersion,
  };
}

function recordReport(
  ctx: AppContext,
  report: DriftReport,
  details: ReadonlyMap<string, FeatureDetail>,
): void {
  const { summary, file } = report;
  ctx.write(
    'drift.batchImported',
    report.id,
    (alertId: AlertId | null) => ({
      after: {
        modelId: report.modelId,
        versionId: report.versionId,
        label: report.label,
        fileSha256: file.sha256,
        nRows: report.nRows,
        nDrifted: summary.nDrifted,
        policyRevision: report.policyRevision,
        alertId,
      },
    }),
    (db) => {
      insertReport(db, report, details);
      return ctx.hooks.driftReported(db, report);
    },
  );
}

function requireCommonColumn(match: ColumnMatch, file: FileFingerprint): void {
  if (match.matched.length === 0) {
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      `${file.fileName} has no column in common with the reference. Nothing was recorded. Check that this is the right file, and that its first row names the columns.`,
      { n: 0, required: 1, file: file.fileName },
    );
  }
}

/**
 * Compares two files by the default policy, without a workspace; nothing is stored.
 *
 * @throws AppFailure NOT_FOUND (token), BAD_DATA (unreadable), INSUFFICIENT_DATA (no column in common)
 */
export async function compareFiles(
  ctx: CoreContext,
  input: Input<'drift.compareFiles'>,
): Promise<DriftComparison> {
  const path = await pickTableFile(ctx, input.reference, 'Reference data');
  const livePath = await pickTableFile(ctx, input.live, 'Live batch');
  const { thresholdFrom = 'fixed', isMultivariate = false } = input;
  const policy: DriftPolicy =
    thresholdFrom === 'fixed' ? DEFAULT_DRIFT_POLICY : { ...DEFAULT_DRIFT_POLICY, thresholdFrom };
  const { reference, live, computation, multivariate, ignored } = await ctx.jobs.run(
    'drift.compareFiles',
    { path, livePath, alpha: policy.alpha, isCut: thresholdFrom === 'reference', isMultivariate },
    ctx,
  );
  const features = judgeFeatures(computation.features, policy);
  const summary = summariseDrift(features, policy);
  return {
    reference,
    live,
    policy,
    summary,
    features,
    multivariate,
    ignored,
    durationMs: computation.durationMs,
  };
}
