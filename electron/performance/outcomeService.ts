import { randomUUID } from 'node:crypto';
import type { FileFingerprint } from '../../shared/base/files';
import { OutcomeFileId, type AlertId, type ModelId } from '../../shared/base/ids';
import type { InputOf, OutputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { performanceChannels, StagedOutcomes } from '../../shared/performance/channels';
import type { OutcomeFile, PredictionLog } from '../../shared/performance/performanceReport';
import { proposeOutcomeColumns } from '../../shared/performance/proposeColumns';
import type { AppContext, StageKind } from '../app/context';
import { pickTableFile } from '../io/pickSource';
import type { JobOutput } from '../workers/jobRunner';
import { requireModel } from '../registry/registryService';
import {
  findJoinKey,
  findLogBlob,
  findLogs,
  findOutcomeBlobs,
  findOutcomeFiles,
  insertOutcomes,
} from './performanceRepo';
import { recordReport } from './recordReport';
import { findSettings } from './settingsRepo';

type Input<K extends keyof typeof performanceChannels> = InputOf<(typeof performanceChannels)[K]>;

interface StagedOutcomeFile {
  readonly path: string;
  readonly file: FileFingerprint;
  readonly modelId: ModelId;
}

export const STAGED_OUTCOMES: StageKind<StagedOutcomeFile> = { name: 'performance.outcomes' };

/** Core holds what is kept of this many logs at once, and no more. */
const MAX_JOINED_LOGS = 60;

/**
 * Reads the columns of a file with outcomes and proposes what each is.
 *
 * @throws AppFailure NOT_FOUND (model), BAD_DATA (unreadable), CANCELLED
 */
export async function inspectOutcomes(
  ctx: AppContext,
  input: Input<'performance.inspectOutcomes'>,
): Promise<StagedOutcomes> {
  requireModel(ctx, input.modelId);
  const path = await pickTableFile(ctx, input.source, 'Outcomes');
  const table = await ctx.jobs.run('table.inspect', { path }, ctx);
  const staged = { path, file: table.file, modelId: input.modelId };
  const proposal = proposeOutcomeColumns(table.columns);
  return { stageId: ctx.stages.put(STAGED_OUTCOMES, staged), ...table, proposal };
}

/**
 * Joins staged outcomes to every log of the model that is kept for it, and measures those anew.
 *
 * @returns the outcome file with how many of its rows met a prediction, and how many logs were measured
 * @throws AppFailure NOT_FOUND (model, staged file), BAD_DATA (the file changed or does not fit),
 *   CONFLICT (the same file was imported before), INSUFFICIENT_DATA (nothing is kept to join with),
 *   CANCELLED
 */
export async function importOutcomes(
  ctx: AppContext,
  input: Input<'performance.importOutcomes'>,
): Promise<OutputOf<(typeof performanceChannels)['performance.importOutcomes']>> {
  requireModel(ctx, input.modelId);
  const staged = ctx.stages.get(STAGED_OUTCOMES, input.stageId);
  requireNew(ctx, input.modelId, staged.file);
  const logs = joinableLogs(ctx, input.modelId);
  const key = findJoinKey(ctx.db, input.modelId);
  const [newest] = logs;
  if (newest === undefined || key === null) throw nothingToJoin();
  const { policy: settings } = findSettings(ctx.db, input.modelId);
  const kept = findOutcomeBlobs(ctx.db, input.modelId, newest.task.kind);
  const joined = await ctx.jobs.run(
    'performance.joinOutcomes',
    {
      path: staged.path,
      expectedSha256: staged.file.sha256,
      columns: input.columns,
      task: newest.task,
      rules: { key, lateAfterDays: settings.lateAfterDays, isKept: settings.keepsJoin },
      kept: kept.map(({ blob }) => blob),
      logs: logs.map(({ id, task, sealed }) => ({ id, task, sealed })),
    },
    ctx,
  );
  const file = recordOutcomes(ctx, input.modelId, newest.task.kind, {
    joined,
    logs,
    keptIds: kept.map(({ id }) => id),
  });
  ctx.stages.drop(input.stageId);
  ctx.hooks.evidenceChanged(ctx);
  return { file, nMeasured: joined.measured.length };
}

type JoinableLog = PredictionLog & { readonly sealed: Uint8Array };

/** The newest logs first, all of one kind of task. */
function joinableLogs(ctx: AppContext, modelId: ModelId): readonly JoinableLog[] {
  const logs = findLogs(ctx.db, modelId)
    .toReversed()
    .filter(({ joinState }) => joinState === 'kept');
  return logs
    .filter(({ task }) => task.kind === logs[0]?.task.kind)
    .slice(0, MAX_JOINED_LOGS)
    .flatMap((log) => {
      const sealed = findLogBlob(ctx.db, log.id);
      return sealed === null ? [] : [{ ...log, sealed }];
    });
}

function nothingToJoin(): AppFailure {
  return new AppFailure(
    'INSUFFICIENT_DATA',
    'No prediction log of this model is kept for joining outcomes that come later. Nothing was recorded. Import the log together with its outcomes instead.',
    { n: 0, required: 1 },
  );
}

function requireNew(ctx: AppContext, modelId: ModelId, file: FileFingerprint): void {
  const twin = findOutcomeFiles(ctx.db, modelId).find((one) => one.file.sha256 === file.sha256);
  if (twin === undefined) return;
  throw new AppFailure(
    'CONFLICT',
    `${file.fileName} was imported before, at ${twin.importedAtUtc}, as ${twin.file.fileName}. Nothing was recorded.`,
    { importedAtUtc: twin.importedAtUtc },
  );
}

interface JoinedToRecord {
  readonly joined: JobOutput<'performance.joinOutcomes'>;
  readonly logs: readonly JoinableLog[];
  readonly keptIds: readonly OutcomeFileId[];
}

function recordOutcomes(
  ctx: AppContext,
  modelId: ModelId,
  kind: PredictionLog['task']['kind'],
  { joined, logs, keptIds }: JoinedToRecord,
): OutcomeFile {
  const { file, nRows, nMissing, matched, sealed } = joined.outcomes;
  const facts = {
    id: OutcomeFileId.parse(randomUUID()),
    modelId,
    file,
    nRows,
    nMissing,
    importedAtUtc: ctx.nowUtc(),
    importedBy: ctx.actor.printedName,
  };
  const nMatched = matched.reduce((sum, met) => sum + met, 0);
  const about = {
    modelId,
    fileSha256: file.sha256,
    nRows,
    nMatched,
    measuredLogs: joined.measured.map(({ logId }) => logId),
  };
  const detail = (alertIds: readonly AlertId[]) => ({
    after: { ...about, alertIds: [...alertIds] },
  });
  ctx.write('performance.outcomesImported', facts.id, detail, (db) => {
    insertOutcomes(db, { ...facts, kind }, matched, sealed);
    const outcomeFileIds = [...keptIds, facts.id];
    // Oldest first, so that a rule about several windows in a row sees them in their order.
    return joined.measured.toReversed().flatMap(({ logId, measurement }) => {
      const log = logs.find(({ id }) => id === logId);
      if (log === undefined) throw new Error('a log that was not asked for was measured');
      const measured = { measurement, outcomeFileIds, durationMs: joined.durationMs };
      return recordReport(ctx, db, log, measured).alertIds;
    });
  });
  return { ...facts, nMatched, joinState: sealed === null ? 'notKept' : 'kept' };
}
