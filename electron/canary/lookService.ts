import type { CanaryLook } from '../../shared/canary/canaryEvidence';
import type { Canary, canaryChannels, StagedArms } from '../../shared/canary/channels';
import type { CanaryId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext, StageKind } from '../app/context';
import type { InspectedTable } from '../io/inspectTable';
import { pickTableFile } from '../io/pickSource';
import type { ArmSource } from './canaryJob';
import { findLooks, findPlans, insertLook } from './canaryRepo';
import { get, requireCanary } from './canaryQueries';

type Input<K extends keyof typeof canaryChannels> = InputOf<(typeof canaryChannels)[K]>;

interface StagedFile {
  readonly path: string;
  readonly sha256: string;
}

interface StagedLook {
  readonly canaryId: CanaryId;
  readonly control: StagedFile;
  readonly candidate: StagedFile | null;
}

const STAGED_LOOK: StageKind<StagedLook> = { name: 'canary.look' };

/**
 * Reads the columns of the files of both arms; stores nothing.
 *
 * @throws AppFailure NOT_FOUND (canary or file), BAD_DATA (unreadable or empty), CANCELLED
 */
export async function inspectData(
  ctx: AppContext,
  input: Input<'canary.inspectData'>,
): Promise<StagedArms> {
  requireCanary(ctx, input.canaryId);
  const path = await pickTableFile(ctx, input.control, 'Rows of the control');
  const otherPath =
    input.candidate === null
      ? null
      : await pickTableFile(ctx, input.candidate, 'Rows of the candidate');
  const paths = otherPath === null ? [path] : [path, otherPath];
  const inspected = await ctx.jobs.run('table.inspectAll', { path, paths }, ctx);
  const [control, candidate = null] = inspected;
  if (control === undefined) throw new Error('the file of the control was not inspected');
  const staged: StagedLook = {
    canaryId: input.canaryId,
    control: stagedFile(path, control),
    candidate: otherPath === null || candidate === null ? null : stagedFile(otherPath, candidate),
  };
  return { stageId: ctx.stages.put(STAGED_LOOK, staged), control, candidate };
}

function stagedFile(path: string, { file }: InspectedTable): StagedFile {
  return { path, sha256: file.sha256 };
}

/**
 * Reduces staged rows to aggregates and adds them as the next look; the rows stay in the file.
 *
 * @throws AppFailure NOT_FOUND (canary or staged file), BAD_DATA (changed file, wrong column, empty arm, no overlap
 *   in time), CONFLICT (the same files were imported already, or the plan changed meanwhile), CANCELLED
 */
export async function importLook(
  ctx: AppContext,
  input: Input<'canary.importLook'>,
): Promise<Canary> {
  const { canaryId, stageId, idColumn, timeColumn } = input;
  const staged = ctx.stages.get(STAGED_LOOK, stageId);
  requireCanary(ctx, canaryId);
  if (staged.canaryId !== canaryId)
    throw new AppFailure('NOT_FOUND', 'These files were chosen for another canary. Choose again.');
  const { plan, revision } = findPlans(ctx.db, canaryId).at(-1)!;
  const source = sourceOf(staged, input.layout);
  const { path } = staged.candidate ?? staged.control;
  const look = await ctx.jobs.run(
    'canary.readLook',
    { path, source, plan, idColumn, timeColumn },
    ctx,
  );
  recordLook(ctx, canaryId, look, revision);
  ctx.stages.drop(stageId);
  ctx.hooks.evidenceChanged(ctx);
  return get(ctx, { canaryId });
}

function sourceOf(
  { control, candidate }: StagedLook,
  layout: Input<'canary.importLook'>['layout'],
): ArmSource {
  const expected = ({ path, sha256 }: StagedFile) => ({ path, expectedSha256: sha256 });
  if (layout.kind !== 'twoFiles') return { ...layout, file: expected(control) };
  if (candidate === null)
    throw new AppFailure(
      'BAD_DATA',
      'Only one file was chosen. Nothing was recorded. Choose the candidate’s file too, or name the column that tells the arms apart.',
    );
  return { kind: 'twoFiles', control: expected(control), candidate: expected(candidate) };
}

function recordLook(ctx: AppContext, canaryId: CanaryId, look: CanaryLook, revision: number): void {
  ctx.write(
    'canary.lookImported',
    canaryId,
    (ordinal: number) => ({
      after: {
        ordinal,
        fileSha256: look.files.map(({ sha256 }) => sha256),
        controlRows: look.control.rows,
        candidateRows: look.candidate.rows,
        planRevision: revision,
      },
    }),
    (db) => {
      const looks = findLooks(db, canaryId);
      refuseTwice(look, looks);
      if (findPlans(db, canaryId).at(-1)!.revision !== revision)
        throw new AppFailure(
          'CONFLICT',
          'The plan was changed while the files were read. Nothing was recorded. Import them again.',
        );
      const ordinal = looks.length + 1;
      const by = { importedAtUtc: ctx.nowUtc(), importedBy: ctx.actor.id };
      insertLook(db, { canaryId, ordinal, look, ...by });
      return ordinal;
    },
  );
}

/** The same rows twice would count as twice the evidence. */
function refuseTwice(look: CanaryLook, looks: ReturnType<typeof findLooks>): void {
  const known = new Map(
    looks.flatMap(({ ordinal, look: { files } }) =>
      files.map(({ sha256 }) => [sha256, ordinal] as const),
    ),
  );
  const twice = look.files.find(({ sha256 }) => known.has(sha256));
  if (twice !== undefined)
    throw new AppFailure(
      'CONFLICT',
      `${twice.fileName} is part of look ${known.get(twice.sha256)} already. Nothing was recorded. Choose the rows that came since.`,
      { file: twice.fileName },
    );
}
