import { randomBytes, randomUUID } from 'node:crypto';
import type { FileFingerprint } from '../../shared/base/files';
import {
  OutcomeFileId,
  PredictionLogId,
  type AlertId,
  type ModelId,
  type ModelVersionId,
} from '../../shared/base/ids';
import type { InspectedColumn } from '../../shared/drift/column';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  performanceChannels,
  PerformanceDetail,
  StagedLog,
} from '../../shared/performance/channels';
import type { PredictionLog } from '../../shared/performance/performanceReport';
import { logObstacle, type LogColumns } from '../../shared/performance/predictionLog';
import { proposeLogColumns } from '../../shared/performance/proposeColumns';
import type { ModelVersion } from '../../shared/registry/model';
import type { AppContext, StageKind } from '../app/context';
import type { Db } from '../db/openDatabase';
import { pickTableFile } from '../io/pickSource';
import { requireVersion } from '../registry/registryService';
import { STAGED_OUTCOMES } from './outcomeService';
import type { LogRead } from './performanceJob';
import {
  addMatched,
  findJoinKey,
  findLogOfFile,
  findOutcomeBlobs,
  findOutcomeFiles,
  insertJoinKey,
  insertLog,
  insertOutcomes,
} from './performanceRepo';
import { getReport } from './performanceService';
import { recordReport } from './recordReport';
import { findSettings } from './settingsRepo';

type Input<K extends keyof typeof performanceChannels> = InputOf<(typeof performanceChannels)[K]>;

interface StagedLogFile {
  readonly path: string;
  readonly file: FileFingerprint;
  readonly versionId: ModelVersionId;
  readonly columns: readonly InspectedColumn[];
}

const STAGED_LOG: StageKind<StagedLogFile> = { name: 'performance.log' };

/**
 * Reads the columns of a prediction log and proposes what each is.
 *
 * @throws AppFailure NOT_FOUND (version), BAD_DATA (unreadable), CANCELLED
 */
export async function inspectLog(
  ctx: AppContext,
  input: Input<'performance.inspectLog'>,
): Promise<StagedLog> {
  requireVersion(ctx, input.versionId);
  const path = await pickTableFile(ctx, input.source, 'Prediction log');
  const table = await ctx.jobs.run('table.inspect', { path }, ctx);
  const { file, columns } = table;
  const stageId = ctx.stages.put(STAGED_LOG, { path, file, columns, versionId: input.versionId });
  const knownAs = findLogOfFile(ctx.db, input.versionId, file.sha256)?.label ?? null;
  return { stageId, ...table, proposal: proposeLogColumns(columns), knownAs };
}

/**
 * Measures a staged prediction log and records it as a window of its version.
 *
 * Only aggregates are stored, and, unless it is switched off or the log is too large, keyed hashes of
 * the identifiers with what is needed to join outcomes that come later (ADR-0017).
 *
 * @returns the log with its first measurement, or the known log with its next one
 * @throws AppFailure NOT_FOUND (version, staged file), BAD_DATA (a file changed or does not fit),
 *   CONFLICT (this file is a window already and no outcomes came with it), INSUFFICIENT_DATA (no
 *   usable prediction), CANCELLED
 */
export async function importLog(
  ctx: AppContext,
  input: Input<'performance.importLog'>,
): Promise<PerformanceDetail> {
  const version = requireVersion(ctx, input.versionId);
  const { modelId } = version.snapshot;
  const staged = ctx.stages.get(STAGED_LOG, input.stageId);
  const known = findLogOfFile(ctx.db, input.versionId, staged.file.sha256);
  const obstacle = logObstacle(input.columns, input.task);
  if (obstacle !== null) throw new AppFailure('INVALID_INPUT', obstacle);
  if (known !== null) requireOutcomes(known, input);
  const { policy: settings } = findSettings(ctx.db, modelId);
  const kept = findOutcomeBlobs(ctx.db, modelId, input.task.kind);
  const key = findJoinKey(ctx.db, modelId) ?? randomBytes(16);
  const read = await ctx.jobs.run(
    'performance.readLog',
    {
      path: staged.path,
      expectedSha256: staged.file.sha256,
      columns: known?.joinState === 'kept' ? { ...input.columns, label: null } : input.columns,
      task: input.task,
      rules: { key, lateAfterDays: settings.lateAfterDays, isKept: settings.keepsJoin },
      kept: kept.map(({ blob }) => blob),
      outcomes: stagedOutcomes(ctx, modelId, input.outcomes),
    },
    ctx,
  );
  requirePredictions(read, staged.file);
  const log = known ?? newLog(ctx, input, version, read);
  recordLog(ctx, { modelId, key, log, isKnown: known !== null, kept, read, input });
  ctx.stages.drop(input.stageId);
  if (input.outcomes !== null) ctx.stages.drop(input.outcomes.stageId);
  ctx.hooks.evidenceChanged(ctx);
  return getReport(ctx, { logId: log.id, reportId: null });
}

function requireOutcomes(
  known: PredictionLog,
  { columns, outcomes }: { readonly columns: LogColumns; readonly outcomes: unknown },
): void {
  if (outcomes !== null || (columns.label !== null && known.columns.label === null)) return;
  throw new AppFailure(
    'CONFLICT',
    `This file was imported before as "${known.label}". Nothing was recorded. To measure it anew, choose its outcomes with it.`,
    { label: known.label },
  );
}

function stagedOutcomes(
  ctx: AppContext,
  modelId: ModelId,
  chosen: Input<'performance.importLog'>['outcomes'],
) {
  if (chosen === null) return null;
  const { path, file } = ctx.stages.get(STAGED_OUTCOMES, chosen.stageId);
  const isAtHand = findOutcomeFiles(ctx.db, modelId).some(
    (one) => one.joinState === 'kept' && one.file.sha256 === file.sha256,
  );
  // Joined with the others that are kept; twice would count every row as repeated.
  if (isAtHand) return null;
  return { path, expectedSha256: file.sha256, columns: chosen.columns };
}

function requirePredictions({ counts }: LogRead, file: FileFingerprint): void {
  if (counts.nPredictions > 0) return;
  throw new AppFailure(
    'INSUFFICIENT_DATA',
    `${file.fileName} holds no usable prediction: of ${counts.nRows} rows, ${counts.nMissingId} have no identifier and ${counts.nWithoutPrediction} no prediction. Nothing was recorded. Check which column is which.`,
    { n: 0, required: 1, file: file.fileName },
  );
}

function newLog(
  ctx: AppContext,
  input: Input<'performance.importLog'>,
  version: ModelVersion,
  read: LogRead,
): PredictionLog {
  const { label, periodStart, periodEnd, isBaseline, columns, task, currency } = input;
  return {
    id: PredictionLogId.parse(randomUUID()),
    modelId: version.snapshot.modelId,
    versionId: input.versionId,
    version: version.snapshot.version,
    label,
    periodStart,
    periodEnd,
    isBaseline,
    file: read.file,
    columns,
    task,
    currency: columns.cost === null ? null : currency,
    counts: read.counts,
    operations: [...read.operations],
    importedAtUtc: ctx.nowUtc(),
    importedBy: ctx.actor.printedName,
    joinState: read.sealed === null ? 'notKept' : 'kept',
    droppedAtUtc: null,
  };
}

interface LogToRecord {
  readonly modelId: ModelId;
  readonly key: Uint8Array;
  readonly log: PredictionLog;
  readonly isKnown: boolean;
  readonly kept: ReturnType<typeof findOutcomeBlobs>;
  readonly read: LogRead;
  readonly input: Input<'performance.importLog'>;
}

interface Recorded {
  readonly outcomeFiles: readonly OutcomeFileId[];
  readonly alertIds: readonly AlertId[];
}

function recordLog(ctx: AppContext, toRecord: LogToRecord): void {
  const { log, isKnown, kept, read, input } = toRecord;
  ctx.write(
    isKnown ? 'performance.logMeasured' : 'performance.logImported',
    log.id,
    ({ outcomeFiles, alertIds }: Recorded) => ({
      after: {
        modelId: log.modelId,
        versionId: log.versionId,
        label: log.label,
        fileSha256: log.file.sha256,
        nPredictions: log.counts.nPredictions,
        nLabelled: read.measurement.join.nLabelled,
        joinState: log.joinState,
        outcomeFiles: [...outcomeFiles],
        alertIds: [...alertIds],
      },
    }),
    (db) => {
      if (!isKnown) {
        keepJoinKey(db, log.modelId, toRecord.key);
        const { joinState: _state, droppedAtUtc: _dropped, ...frozen } = log;
        insertLog(db, frozen, read.sealed);
      }
      for (const [i, { id }] of kept.entries()) addMatched(db, id, read.matchedBefore[i]!);
      const fresh = read.outcomes.map((outcomes) => insertFresh(ctx, db, log, outcomes, input));
      const outcomeFileIds = [...kept.map(({ id }) => id), ...fresh];
      const { alertIds } = recordReport(ctx, db, log, { ...read, outcomeFileIds });
      return { outcomeFiles: fresh, alertIds };
    },
  );
}

/** @throws AppFailure CONFLICT when another first log was imported at the same time, with another key */
function keepJoinKey(db: Db, modelId: ModelId, key: Uint8Array): void {
  const stored = findJoinKey(db, modelId);
  if (stored === null) insertJoinKey(db, modelId, key);
  else if (Buffer.compare(stored, key) !== 0) {
    throw new AppFailure(
      'CONFLICT',
      'Another log of this model was imported at the same moment. Nothing was recorded. Import this one again.',
    );
  }
}

function insertFresh(
  ctx: AppContext,
  db: Db,
  log: PredictionLog,
  { file, nRows, nMissing, matched, sealed }: LogRead['outcomes'][number],
  { task }: Input<'performance.importLog'>,
): OutcomeFileId {
  const id = OutcomeFileId.parse(randomUUID());
  const facts = { id, modelId: log.modelId, kind: task.kind, file, nRows, nMissing };
  const by = { importedAtUtc: ctx.nowUtc(), importedBy: ctx.actor.printedName };
  insertOutcomes(db, { ...facts, ...by }, matched, sealed);
  return id;
}
