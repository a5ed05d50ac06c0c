import { randomUUID } from 'node:crypto';
import { FileFingerprint } from '../../shared/base/files';
import { ReferenceId, type ModelVersionId } from '../../shared/base/ids';
import type { driftChannels, Reference, StagedTable } from '../../shared/drift/channels';
import type { ColumnSpec } from '../../shared/drift/column';
import { defaultChunkChoice } from '../../shared/drift/variability';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, StageKind } from '../app/context';
import { pickTableFile } from '../io/pickSource';
import { requireVersion } from '../registry/registryService';
import { findReference, insertReference } from './referenceRepo';

type Input<K extends keyof typeof driftChannels> = InputOf<(typeof driftChannels)[K]>;

interface StagedReference {
  readonly path: string;
  readonly file: FileFingerprint;
  readonly versionId: ModelVersionId;
}

const STAGED_REFERENCE: StageKind<StagedReference> = { name: 'drift.reference' };

/**
 * Reads the columns of a reference file and proposes kind and role for each.
 *
 * @throws AppFailure NOT_FOUND (version), CONFLICT (it has a reference), BAD_DATA (unreadable), CANCELLED
 */
export async function inspectReference(
  ctx: AppContext,
  input: Input<'drift.inspectReference'>,
): Promise<StagedTable> {
  requireVersion(ctx, input.versionId);
  refuseSecondReference(ctx, input.versionId);
  const path = await pickTableFile(ctx, input.source, 'Reference data');
  const table = await ctx.jobs.run('table.inspect', { path }, ctx);
  const staged: StagedReference = { path, file: table.file, versionId: input.versionId };
  return { stageId: ctx.stages.put(STAGED_REFERENCE, staged), ...table };
}

/**
 * Freezes the reference profile of a version: per column a distribution, never rows.
 *
 * @param input.columns kind and role of every column, as the person confirmed them
 * @param input.chunks how the rows are cut to measure how much each column differs within the reference
 * @throws AppFailure NOT_FOUND, CONFLICT (it has a reference), BAD_DATA (the file changed since it was
 *   looked at, or a column cannot be read as its kind), INSUFFICIENT_DATA (no column to compare), CANCELLED
 */
export async function freezeReference(
  ctx: AppContext,
  input: Input<'drift.freezeReference'>,
): Promise<Reference> {
  const staged = ctx.stages.get(STAGED_REFERENCE, input.stageId);
  const version = requireVersion(ctx, input.versionId);
  refuseSecondReference(ctx, input.versionId);
  requireComparableColumn(input.columns);
  const { profile } = await ctx.jobs.run(
    'drift.profile',
    {
      path: staged.path,
      columns: input.columns,
      expectedSha256: staged.file.sha256,
      chunks: input.chunks ?? defaultChunkChoice(input.columns),
    },
    ctx,
  );
  const reference: Reference = {
    id: ReferenceId.parse(randomUUID()),
    modelId: version.snapshot.modelId,
    versionId: input.versionId,
    file: staged.file,
    nRows: profile.nRows,
    columns: input.columns,
    frozenAtUtc: ctx.nowUtc(),
  };
  const after = {
    versionId: input.versionId,
    sha256: staged.file.sha256,
    nRows: profile.nRows,
    nColumns: input.columns.length,
  };
  ctx.write('drift.referenceFrozen', reference.id, { after }, (db) => {
    refuseSecondReference({ db }, input.versionId);
    insertReference(db, reference, profile);
  });
  ctx.stages.drop(input.stageId);
  return reference;
}

/** The reference of a version, or null while there is none. @throws AppFailure NOT_FOUND (version) */
export function getReference(
  ctx: AppContext,
  input: Input<'drift.getReference'>,
): Reference | null {
  requireVersion(ctx, input.versionId);
  return findReference(ctx.db, input.versionId);
}

/** @throws AppFailure NOT_FOUND when the version has no frozen reference yet */
export function requireReference(
  ctx: Pick<AppContext, 'db'>,
  versionId: ModelVersionId,
): Reference {
  const reference = findReference(ctx.db, versionId);
  if (reference === null) {
    throw new AppFailure(
      'NOT_FOUND',
      'This version has no reference profile yet. Freeze one first.',
      { versionId },
    );
  }
  return reference;
}

function refuseSecondReference(ctx: Pick<AppContext, 'db'>, versionId: ModelVersionId): void {
  const existing = findReference(ctx.db, versionId);
  if (existing !== null) {
    throw new AppFailure(
      'CONFLICT',
      `This version has a frozen reference already (${existing.file.fileName}). Register a new version to use another one.`,
      { referenceId: existing.id },
    );
  }
}

function requireComparableColumn(columns: readonly ColumnSpec[]): void {
  if (!columns.some(({ role }) => role === 'feature')) {
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      'No column is marked as a feature, so there is nothing to compare later.',
      {
        n: 0,
        required: 1,
      },
    );
  }
}
